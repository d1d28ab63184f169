package dev.tutti.runner;

import java.time.Duration;

/**
 * How many processes there may be, and who waits for one.
 *
 * @param most busy and idle ones together
 * @param maxWaiting how many invocations may wait for a process; over it they are throttled
 * @param maxWait how long one may wait before it is throttled
 * @param idle how long an idle process is kept
 */
public record ProcessBounds(int most, int maxWaiting, Duration maxWait, Duration idle) {
  private static final int LEAST_STANDARD = 32;
  private static final int STANDARD_OF_A_CORE = 16;

  public ProcessBounds {
    if (most < 1 || maxWaiting < 0) {
      throw new IllegalArgumentException("at least one process, and no fewer than 0 waiting");
    }
  }

  /** 16 processes a core and at least 32, 10,000 waiting for 60 s, 5 min idle. */
  public static ProcessBounds standard() {
    int cores = Runtime.getRuntime().availableProcessors();
    return new ProcessBounds(
        Math.max(LEAST_STANDARD, STANDARD_OF_A_CORE * cores),
        10_000,
        Duration.ofSeconds(60),
        Duration.ofMinutes(5));
  }
}
