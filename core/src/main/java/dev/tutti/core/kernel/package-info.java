/**
 * What every domain shares: the words {@link dev.tutti.core.kernel.Command}, {@link
 * dev.tutti.core.kernel.Fact}, {@link dev.tutti.core.kernel.Effect}, and the {@link
 * dev.tutti.core.kernel.Decider} that turns the first into the others.
 *
 * <p>Nothing here, nor in any domain, knows a clock, a thread, a file or a socket: the host loads
 * an aggregate, lets it decide, applies the facts, commits them, and only then replies and
 * performs.
 */
@NullMarked
package dev.tutti.core.kernel;

import org.jspecify.annotations.NullMarked;
