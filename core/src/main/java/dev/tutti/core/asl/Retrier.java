package dev.tutti.core.asl;

import dev.tutti.core.asl.data.Entropy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When and how often a failed state is tried again (specification, "Retrying after error").
 *
 * @param intervalSeconds before the first retry, default 1
 * @param maxAttempts retries, default 3; 0 for never
 * @param backoffRate by which the interval grows with each retry, default 2.0
 * @param maxDelaySeconds bound on the interval, null for none
 */
public record Retrier(
    ErrorMatch errors,
    long intervalSeconds,
    long maxAttempts,
    double backoffRate,
    @Nullable Long maxDelaySeconds,
    Jitter jitter) {
  public static final long DEFAULT_INTERVAL_SECONDS = 1;
  public static final long DEFAULT_MAX_ATTEMPTS = 3;
  public static final double DEFAULT_BACKOFF_RATE = 2.0;

  /** Longest delay, in seconds, that any arithmetic here gives. */
  private static final double LONGEST_SECONDS = 31_622_400;

  /** JitterStrategy. */
  public enum Jitter {
    NONE,
    /** Anything between nothing and the whole interval. */
    FULL
  }

  /** Whether a retry is left after this many. */
  public boolean allows(long retriesSoFar) {
    return retriesSoFar < maxAttempts;
  }

  /**
   * How long to wait before the next retry.
   *
   * @param retriesSoFar by this retrier, 0 before the first
   * @return milliseconds
   */
  public long delayMillis(long retriesSoFar, Entropy entropy) {
    double seconds = (double) intervalSeconds * Math.pow(backoffRate, (double) retriesSoFar);
    if (maxDelaySeconds != null) {
      seconds = Math.min(seconds, maxDelaySeconds.doubleValue());
    }
    seconds = Math.min(seconds, LONGEST_SECONDS);
    double share = jitter == Jitter.FULL ? entropy.fraction() : 1.0;
    return Math.round(seconds * 1000.0 * share);
  }

  /** The first retrier that takes this error, as an index into the list; -1 for none. */
  public static int matching(List<Retrier> retriers, String error, ErrorMatch.Source source) {
    for (int i = 0; i < retriers.size(); i++) {
      if (retriers.get(i).errors().matches(error, source)) {
        return i;
      }
    }
    return -1;
  }
}
