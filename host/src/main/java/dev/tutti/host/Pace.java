package dev.tutti.host;

import java.util.function.IntSupplier;

/**
 * Spaces the calls of one target, so that no more than some begin in a second. Time that was not
 * used is lost but for a moment of {@value #SLACK_MILLIS} ms, which makes up for late wakings.
 * Where the clock is set back, what was to be waited for is so much sooner. Safe to use from any
 * thread.
 */
final class Pace {
  private static final double SLACK_MILLIS = 50;
  private static final double SECOND_MILLIS = 1000;

  /** Clocks of two threads may differ, and be corrected, by less. */
  private static final long SET_BACK_MILLIS = 1000;

  private final IntSupplier perSecond;
  private double nextMillis;

  /** The latest time that was seen. */
  private long latestMillis;

  /**
   * A pace that may change.
   *
   * @param perSecond most calls that begin in a second; 0 is no bound
   */
  Pace(IntSupplier perSecond) {
    this.perSecond = perSecond;
  }

  static Pace unbounded() {
    return new Pace(() -> 0);
  }

  synchronized boolean admits(long nowMillis) {
    see(nowMillis);
    return nowMillis >= nextMillis;
  }

  /** The first millisecond at which another call may begin. */
  synchronized long nextMillis() {
    return (long) Math.ceil(nextMillis);
  }

  synchronized void begin(long nowMillis) {
    see(nowMillis);
    take(nowMillis);
  }

  private void see(long nowMillis) {
    if (nowMillis < latestMillis - SET_BACK_MILLIS) {
      nextMillis -= latestMillis - nowMillis;
    } else if (nowMillis < latestMillis) {
      return;
    }
    latestMillis = nowMillis;
  }

  private void take(long atMillis) {
    int bound = perSecond.getAsInt();
    if (bound > 0) {
      nextMillis = Math.max(nextMillis, atMillis - SLACK_MILLIS) + SECOND_MILLIS / bound;
    }
  }

  /** Begins a call at the first millisecond at which it may, which is now or later. */
  synchronized long reserve(long nowMillis) {
    see(nowMillis);
    long atMillis = Math.max(nowMillis, nextMillis());
    take(atMillis);
    return atMillis;
  }
}
