package dev.tutti.host;

/**
 * How many calls of one target are under way at once: additive increase, multiplicative decrease.
 *
 * <p>It starts at {@value #START} and stays between {@value #LEAST} and {@value #MOST}. While all
 * of it is in use it grows: by one with every good answer until the first cut, then by one with
 * every round of good answers. A target that asks for less or is down cuts it to 7 tenths; one that
 * answers {@value #SLOWER} times as slowly as at its best, and more than {@value #SLACK_MILLIS} ms
 * later, to 9 tenths, though not below the start. It is cut once a round: a call that began before
 * the last cut says nothing about what the cut did.
 */
final class Limit {
  static final int START = 16;
  static final int LEAST = 1;
  static final int MOST = 256;
  private static final int SLOWER = 4;
  private static final int SLACK_MILLIS = 250;
  private static final double CUT = 0.7;
  private static final double SLOW_CUT = 0.9;

  /** By how much the best time is forgotten with every answer. */
  private static final double FORGETTING = 1.001;

  private double limit = START;
  private boolean wasCut;
  private double bestMillis = Double.MAX_VALUE;
  private int round;

  int now() {
    return (int) limit;
  }

  /** The number of the round in which a call begins. */
  int round() {
    return round;
  }

  /**
   * Learns from an answer.
   *
   * @param begun the round in which the call began
   * @param full whether all that was allowed was under way
   */
  void learn(Health health, int begun, boolean full, long tookMillis) {
    switch (health) {
      case BUSY, DOWN -> cut(begun, Math.max(LEAST, limit * CUT));
      case WELL -> {
        bestMillis = Math.min(bestMillis * FORGETTING, Math.max(1.0, (double) tookMillis));
        if (tookMillis > bestMillis * SLOWER + SLACK_MILLIS) {
          cut(begun, limit <= START ? limit : Math.max(START, limit * SLOW_CUT));
        } else if (full) {
          limit = Math.min(MOST, limit + (wasCut ? 1 / limit : 1));
        }
      }
    }
  }

  private void cut(int begun, double to) {
    if (begun == round) {
      limit = to;
      wasCut = true;
      round++;
    }
  }

  /** Begins anew with little, for a target that has just come back. */
  void restart() {
    limit = LEAST;
    wasCut = false;
    round++;
  }
}
