package dev.tutti.core.delivery;

import java.util.SplittableRandom;

/** How long a delivery waits before its next attempt. All times in milliseconds. */
public sealed interface Backoff {

  /**
   * The wait before a retry.
   *
   * @param retry which, from 1
   */
  long delayMillis(int retry, SplittableRandom random);

  /**
   * A random time between nothing and a bound that doubles from one retry to the next ("full
   * jitter"), so that what failed together doesn't return together.
   */
  record Exponential(long firstMillis, long capMillis) implements Backoff {
    public Exponential {
      if (firstMillis <= 0 || capMillis < firstMillis) {
        throw new IllegalArgumentException("not a range: " + firstMillis + " to " + capMillis);
      }
    }

    @Override
    public long delayMillis(int retry, SplittableRandom random) {
      return random.nextLong(boundMillis(retry) + 1);
    }

    private long boundMillis(int retry) {
      int doublings = retry - 1;
      return doublings >= Long.numberOfLeadingZeros(firstMillis) - 1
          ? capMillis
          : Math.min(capMillis, firstMillis << doublings);
    }
  }

  /**
   * SNS's four phases: at once, at the least delay, rising, at the greatest delay (AWS's page
   * "Amazon SNS message delivery retries").
   *
   * @param immediate retries without delay
   * @param atMinimum retries after the least delay
   * @param rising retries whose delay rises from the least to the greatest
   * @param atMaximum retries after the greatest delay; those beyond wait as long
   */
  record Phased(
      int immediate,
      int atMinimum,
      int rising,
      int atMaximum,
      long minimumMillis,
      long maximumMillis,
      Curve curve)
      implements Backoff {
    @Override
    public long delayMillis(int retry, SplittableRandom random) {
      int within = retry;
      if (within <= immediate) {
        return 0;
      }
      within -= immediate;
      if (within <= atMinimum) {
        return minimumMillis;
      }
      within -= atMinimum;
      return within >= rising ? maximumMillis : rise((double) (within - 1) / (rising - 1));
    }

    /** The delay a part of the way from the least (0) to the greatest (1). */
    private long rise(double way) {
      double part =
          switch (curve) {
            case LINEAR -> way;
            case ARITHMETIC -> way * (way + 1) / 2;
            case GEOMETRIC -> way * way;
            case EXPONENTIAL -> Math.expm1(way * 4) / Math.expm1(4);
          };
      return minimumMillis + Math.round((maximumMillis - minimumMillis) * part);
    }
  }

  /** How a {@link Phased} delay rises. AWS names the curves and not their formulas. */
  enum Curve {
    LINEAR,
    ARITHMETIC,
    GEOMETRIC,
    EXPONENTIAL
  }
}
