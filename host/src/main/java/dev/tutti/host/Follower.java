package dev.tutti.host;

import dev.tutti.core.kernel.Fact;
import dev.tutti.core.kernel.Recorded;

/**
 * Sees every committed fact of a kind: those in the store when the engine opens, then each new one
 * before its command is answered. Facts of one aggregate come in order; different aggregates' may
 * come on different threads.
 */
@FunctionalInterface
public interface Follower<F extends Fact> {
  void on(Recorded<F> recorded);
}
