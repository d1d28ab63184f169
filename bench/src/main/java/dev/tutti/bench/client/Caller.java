package dev.tutti.bench.client;

/**
 * One caller with one connection and at most one request under way: what it sends next, when, and
 * what it makes of the answer. All callers of a {@link Loop} live on its one thread.
 */
public interface Caller {
  /** Doesn't send until it is woken. */
  long NEVER = Long.MAX_VALUE;

  /**
   * Returns in how many nanoseconds it sends; 0 for at once, {@link #NEVER} for not until {@link
   * Loop#wake}. Asked after each answer and each waking.
   *
   * @param now of {@link System#nanoTime}
   */
  default long waitNanos(long now) {
    return 0;
  }

  /** Whether what it has under way may be hung up on at the end of a run. */
  default boolean isPatient() {
    return false;
  }

  /** Returns the whole request; it is written before the next is asked for. */
  byte[] next();

  /**
   * Takes an answer.
   *
   * @param sent when the request was begun, of {@link System#nanoTime}
   * @param now when the answer was whole
   */
  void answered(Answer answer, long sent, long now);
}
