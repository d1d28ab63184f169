/**
 * Judges what an engine did by what is in its store and by what its clients saw. Written apart from
 * the engine: it knows the facts and the language's expressions, no decider's rules and nothing of
 * the host but {@link dev.tutti.host.Store}.
 */
@NullMarked
package dev.tutti.simulate.judge;

import org.jspecify.annotations.NullMarked;
