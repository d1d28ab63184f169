package dev.tutti.host;

/**
 * Keeps calls from a target that is down. Closed, it lets all through; after {@value #FAILURES}
 * answers in a row that say {@link Health#DOWN} it opens and lets none through; when its time has
 * come it lets one through, the probe: an answer closes it, a failure opens it for twice as long,
 * from {@value #FIRST_MILLIS} ms up to {@value #LONGEST_MILLIS} ms.
 */
final class Breaker {
  static final int FAILURES = 5;
  static final long FIRST_MILLIS = 1000;
  static final long LONGEST_MILLIS = 30_000;

  private int failures;
  private boolean open;
  private boolean probing;
  private long waitMillis = FIRST_MILLIS;
  private long untilMillis;

  /** What a call's end did. */
  enum Change {
    NONE,
    OPENED,
    CLOSED
  }

  boolean isOpen() {
    return open;
  }

  /** When a probe may go, epoch milliseconds; {@link Long#MAX_VALUE} where none is waited for. */
  long probeMillis() {
    return open && !probing ? untilMillis : Long.MAX_VALUE;
  }

  /** Whether a call may begin; a clock that was set back makes nobody wait longer than before. */
  boolean admits(long nowMillis) {
    untilMillis = Math.min(untilMillis, nowMillis + waitMillis);
    return !open || (!probing && nowMillis >= untilMillis);
  }

  /** A call begins that {@link #admits} let through. */
  void begin() {
    probing = open;
  }

  /** The call that began was not performed, and says nothing. */
  void forget() {
    probing = false;
  }

  Change learn(Health health, long nowMillis) {
    if (health != Health.DOWN) {
      Change change = open ? Change.CLOSED : Change.NONE;
      failures = 0;
      open = false;
      probing = false;
      waitMillis = FIRST_MILLIS;
      return change;
    }
    if (open && !probing) {
      return Change.NONE; // it began before the breaker opened, and says nothing new
    }
    if (probing) {
      waitMillis = Math.min(LONGEST_MILLIS, 2 * waitMillis);
    } else if (++failures < FAILURES) {
      return Change.NONE;
    }
    open = true;
    probing = false;
    untilMillis = nowMillis + waitMillis;
    return Change.OPENED;
  }
}
