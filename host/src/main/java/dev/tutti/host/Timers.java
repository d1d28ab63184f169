package dev.tutti.host;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands out unsettled timers when they are due, never early, on one thread of its own. What it
 * holds is a copy of the store: a timer is gone only with the commit that consumes it.
 */
final class Timers implements AutoCloseable {
  /** A clock that was set forward is noticed within this time. */
  private static final long LONGEST_NAP_MILLIS = 500;

  private final LongSupplier clock;
  private final Consumer<Entry> due;
  private final TreeSet<Entry> queue =
      new TreeSet<>(
          Comparator.comparingLong(Entry::atMillis)
              .thenComparing(entry -> entry.id().owner().toString())
              .thenComparing(entry -> entry.id().name()));
  private final Map<OwedId, Entry> byId = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Thread thread;
  private boolean closed;

  record Entry(OwedId id, long atMillis, Owed.Timer timer) {}

  Timers(LongSupplier clock, Consumer<Entry> due) {
    this.clock = clock;
    this.due = due;
  }

  void start() {
    thread = Thread.ofPlatform().name("tutti-timers").daemon().start(this::run);
  }

  void add(OwedId id, Owed.Timer timer) {
    lock.lock();
    try {
      Entry entry = new Entry(id, timer.atMillis(), timer);
      Entry before = byId.put(id, entry);
      if (before != null) {
        queue.remove(before);
      }
      queue.add(entry);
      if (queue.first().equals(entry)) {
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  void cancel(OwedId id) {
    lock.lock();
    try {
      Entry entry = byId.remove(id);
      if (entry != null) {
        queue.remove(entry);
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (true) {
      Entry next = awaitDue();
      if (next == null) {
        return;
      }
      due.accept(next);
    }
  }

  /** Returns the next entry once it is due; null when closed. */
  private @Nullable Entry awaitDue() {
    lock.lock();
    try {
      while (!closed) {
        long wait =
            queue.isEmpty() ? LONGEST_NAP_MILLIS : queue.first().atMillis() - clock.getAsLong();
        if (wait <= 0) {
          Entry next = queue.first();
          queue.remove(next);
          byId.remove(next.id());
          return next;
        }
        long unusedRest =
            changed.awaitNanos(TimeUnit.MILLISECONDS.toNanos(Math.min(wait, LONGEST_NAP_MILLIS)));
      }
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (thread != null) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
