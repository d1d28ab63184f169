/** Who is calling, and whether the signature proves it. */
@NullMarked
package dev.tutti.wire.auth;

import org.jspecify.annotations.NullMarked;
