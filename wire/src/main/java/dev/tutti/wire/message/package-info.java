/** HTTP messages as the protocols see them: whole, in memory, without a server library's types. */
@NullMarked
package dev.tutti.wire.message;

import org.jspecify.annotations.NullMarked;
