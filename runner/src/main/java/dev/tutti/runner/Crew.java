package dev.tutti.runner;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Pool} knows of one function: how many processes it has, who waits for one, and how
 * long an invocation keeps one. Guarded by the pool's lock.
 *
 * <p>A process costs far more to start than a short invocation to wait for. So the next one is
 * started only where waiting would take longer than a start, by what is known of the function or
 * because somebody has waited so long; and no more are under way at a time than have been started
 * already, so that a burst finds out what it needs before the machine is full of processes that
 * start. How long a start takes is measured. Where the processors have no time left, another
 * process would only take it from those that are there: then it has to be worth far more.
 */
final class Crew {
  /** The least that a start is taken to last: what nothing is known of, and what is quick. */
  static final long LEAST_START_NANOS = 150_000_000;

  /** How many starts' time it is worth to wait while the processors have no time left. */
  private static final int WHILE_BUSY = 10;

  /** The most, so that a slow start doesn't keep a whole queue waiting for one process. */
  private static final long MOST_START_NANOS = 3_000_000_000L;

  /** Weight of the newest in the mean: about the last eight count. */
  private static final double NEWEST = 0.125;

  /** An invocation that waits, and what it was given at last. */
  static final class Waiter {
    final Function function;
    final Condition changed;
    final long sinceNanos = System.nanoTime();
    @Nullable Grant grant;

    Waiter(Function function, Condition changed) {
      this.function = function;
      this.changed = changed;
    }
  }

  private final Deque<Waiter> waiters = new ArrayDeque<>();
  private int places;
  private double keptNanos;
  private double startNanos;

  int places() {
    return places;
  }

  /** A place becomes the function's, whether or not its process runs yet. */
  void add() {
    places++;
  }

  void remove() {
    places--;
  }

  boolean isForgettable() {
    return places == 0 && waiters.isEmpty();
  }

  /** An invocation kept a warm process for so long. */
  void kept(long nanos) {
    keptNanos = mean(keptNanos, nanos);
  }

  /** A process asked for work for the first time so long after it was started. */
  void started(long nanos) {
    startNanos = mean(startNanos, nanos);
  }

  private static double mean(double before, long newest) {
    return before == 0 ? newest : before + NEWEST * (newest - before);
  }

  /**
   * How long it is worth to wait for a process.
   *
   * @param busy whether the processors have no time left
   */
  long patienceNanos(boolean busy) {
    long start = Math.clamp((long) startNanos, LEAST_START_NANOS, MOST_START_NANOS);
    return busy ? WHILE_BUSY * start : start;
  }

  boolean hasPatience(Waiter waiter, long now, boolean busy) {
    return now - waiter.sinceNanos < patienceNanos(busy);
  }

  /** Whether one who comes now would probably wait longer than a start takes. */
  boolean isShort(boolean busy) {
    return places == 0 || keptNanos * (waiters.size() + 1) / places > patienceNanos(busy);
  }

  /** Whether another start is allowed beside those under way. */
  boolean mayGrow(int starting) {
    return starting < Math.max(1, places - starting);
  }

  @Nullable Waiter first() {
    return waiters.peekFirst();
  }

  void queue(Waiter waiter) {
    waiters.addLast(waiter);
  }

  /** Leaves the queue; who is first then looks after itself. */
  void leave(Waiter waiter) {
    boolean wasFirst = waiter.equals(waiters.peekFirst());
    waiters.remove(waiter);
    Waiter next = waiters.peekFirst();
    if (wasFirst && next != null) {
      next.changed.signal();
    }
  }

  void wakeAll() {
    waiters.forEach(waiter -> waiter.changed.signal());
  }
}
