package dev.tutti.core.kernel;

import java.util.SplittableRandom;

/**
 * When a decision is taken, and the chance that it may use. Time and randomness reach the core only
 * as this argument.
 *
 * @param millis epoch milliseconds; never less than that of an earlier decision of the same shard
 * @param seed from which all randomness of the decision follows
 */
public record Moment(long millis, long seed) {

  /** A generator at the start of this moment's sequence; make one per decision. */
  public SplittableRandom random() {
    return new SplittableRandom(seed);
  }
}
