package dev.tutti.host;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What comes to a shard, in order, and where the shard sleeps until something does. */
final class Inbox {
  private static final long LONGEST_NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Deque<Envelope> waiting = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition woken = lock.newCondition();
  private volatile int size;
  private volatile boolean stopping;
  private volatile @Nullable Throwable failure;
  private boolean asleep;

  /** Adds an envelope; fails it where the shard has failed. */
  void add(Envelope envelope) {
    Throwable refused;
    lock.lock();
    try {
      refused = failure;
      if (refused == null) {
        waiting.addLast(envelope);
        size = waiting.size();
        wakeIfAsleep();
      }
    } finally {
      lock.unlock();
    }
    if (refused != null) {
      envelope.fail(refused);
    }
  }

  int size() {
    return size;
  }

  /** Moves the oldest into a list, as long as it has fewer than so many. */
  void drainTo(List<Envelope> taken, int most) {
    if (size == 0) {
      return;
    }
    lock.lock();
    try {
      while (taken.size() < most && !waiting.isEmpty()) {
        taken.add(waiting.removeFirst());
      }
      size = waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** Has the shard look again. */
  void wake() {
    lock.lock();
    try {
      wakeIfAsleep();
    } finally {
      lock.unlock();
    }
  }

  private void wakeIfAsleep() {
    if (asleep) {
      asleep = false;
      woken.signal();
    }
  }

  void stop() {
    stopping = true;
    wake();
  }

  @Nullable Throwable failure() {
    return failure;
  }

  /** Fails what waits, and all that comes from now on. */
  void fail(Throwable because) {
    List<Envelope> left;
    lock.lock();
    try {
      failure = because;
      left = List.copyOf(waiting);
      waiting.clear();
      size = 0;
    } finally {
      lock.unlock();
    }
    left.forEach(envelope -> envelope.fail(because));
  }

  /**
   * Sleeps until there is something to do.
   *
   * @param isReady whether there is; asked again whenever something came or {@link #wake} was
   *     called
   * @param isIdle whether nothing will come of what was done before
   * @return false once there will never be: the shard has failed, or was stopped and is idle
   */
  boolean await(BooleanSupplier isReady, BooleanSupplier isIdle) throws InterruptedException {
    lock.lock();
    try {
      while (failure == null) {
        if (isReady.getAsBoolean()) {
          return true;
        }
        if (stopping && isIdle.getAsBoolean()) {
          return false;
        }
        asleep = true;
        var _ = woken.awaitNanos(LONGEST_NAP_NANOS);
        asleep = false;
      }
      return false;
    } finally {
      lock.unlock();
    }
  }
}
