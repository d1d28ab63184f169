/** Measures a running server over the wire, beside the machine's own limits. */
@NullMarked
package dev.tutti.bench;

import org.jspecify.annotations.NullMarked;
