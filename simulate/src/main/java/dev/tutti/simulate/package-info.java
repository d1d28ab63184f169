/**
 * The whole engine in virtual time, on one thread, from one seed: random state machines, rules and
 * clients; functions that fail, answer late, twice or never; crashes and a clock that jumps. {@link
 * dev.tutti.simulate.judge} judges what it did.
 */
@NullMarked
package dev.tutti.simulate;

import org.jspecify.annotations.NullMarked;
