package dev.tutti.core.delivery;

/**
 * How long a delivery is tried.
 *
 * @param maximumRetries attempts after the first; 0 tries once
 * @param maximumAgeMillis from the beginning (or the redrive) on; no attempt is planned later
 */
public record RetryPolicy(int maximumRetries, long maximumAgeMillis, Backoff backoff) {
  private static final long SECOND = 1000;
  private static final long DAY = 24 * 60 * 60 * SECOND;

  /** EventBridge's most retries a rule's target may ask for, and the default. */
  public static final int EVENTS_RETRIES = 185;

  /** EventBridge's greatest age a rule's target may ask for, and the default, in milliseconds. */
  public static final long EVENTS_AGE_MILLIS = DAY;

  public RetryPolicy {
    if (maximumRetries < 0 || maximumAgeMillis < 0) {
      throw new IllegalArgumentException("a bound is negative");
    }
  }

  /** What EventBridge does by default: 185 retries within 24 hours. */
  public static RetryPolicy events() {
    return events(EVENTS_RETRIES, EVENTS_AGE_MILLIS);
  }

  /**
   * A rule's target with a RetryPolicy of its own. With full jitter up to 15 minutes, 185 retries
   * take a little under 24 hours on average.
   */
  public static RetryPolicy events(int maximumRetries, long maximumAgeMillis) {
    return new RetryPolicy(
        maximumRetries, maximumAgeMillis, new Backoff.Exponential(SECOND, 15 * 60 * SECOND));
  }

  /** What SNS does for HTTP and HTTPS by default: three retries, twenty seconds apart. */
  public static RetryPolicy http() {
    return new RetryPolicy(
        3, DAY, new Backoff.Phased(0, 0, 3, 0, 20 * SECOND, 20 * SECOND, Backoff.Curve.LINEAR));
  }

  /**
   * What SNS does for mail: two retries ten seconds apart, ten rising from ten seconds to ten
   * minutes, then every ten minutes, fifty in all.
   */
  public static RetryPolicy mail() {
    return new RetryPolicy(
        50,
        DAY,
        new Backoff.Phased(0, 2, 10, 38, 10 * SECOND, 600 * SECOND, Backoff.Curve.EXPONENTIAL));
  }

  /**
   * What SNS does for functions and queues: three retries at once, two a second apart, ten rising
   * from one second to twenty, then every twenty seconds for 23 days.
   */
  public static RetryPolicy managed() {
    return new RetryPolicy(
        100_015,
        23 * DAY,
        new Backoff.Phased(3, 2, 10, 100_000, SECOND, 20 * SECOND, Backoff.Curve.EXPONENTIAL));
  }
}
