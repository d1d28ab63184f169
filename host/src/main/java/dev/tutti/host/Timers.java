package dev.tutti.host;

import dev.tutti.core.kernel.Key;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Hands out unsettled timers when they are due, never early. What it holds is a copy of the store:
 * a timer is gone only with the commit that consumes it.
 */
final class Timers implements Part {
  /** A clock that was set forward is noticed within this time. */
  private static final long LONGEST_NAP_MILLIS = 500;

  /** So many timers are held with all that they carry. */
  private static final int WHOLE = 10_000;

  private final LongSupplier clock;
  private final Consumer<Entry> due;
  private final Predicate<Key> standing;
  private final TreeSet<Entry> queue =
      new TreeSet<>(
          Comparator.comparingLong(Entry::atMillis)
              .thenComparing(entry -> entry.id().owner().toString())
              .thenComparing(entry -> entry.id().name()));
  private final Map<OwedId, Entry> byId = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean closed;

  /**
   * A timer that waits.
   *
   * @param timer null where there are so many that it is read from the store when it is due
   */
  record Entry(OwedId id, long atMillis, Owed.@Nullable Timer timer) {}

  Timers(LongSupplier clock, Consumer<Entry> due, Predicate<Key> standing) {
    this.clock = clock;
    this.due = due;
    this.standing = standing;
  }

  void add(OwedId id, Owed.Timer timer) {
    lock.lock();
    try {
      Entry entry = new Entry(id, timer.atMillis(), queue.size() < WHOLE ? timer : null);
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

  @Override
  public String name() {
    return "timers";
  }

  @Override
  public long dueMillis() {
    lock.lock();
    try {
      return queue.isEmpty() ? Long.MAX_VALUE : queue.first().atMillis();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long awaitedMillis() {
    lock.lock();
    try {
      for (Entry entry : queue) {
        if (!standing.test(entry.id().owner())) {
          return entry.atMillis();
        }
      }
      return Long.MAX_VALUE;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void step() {
    for (Entry next = takeDue(); next != null; next = takeDue()) {
      due.accept(next);
    }
  }

  private @Nullable Entry takeDue() {
    lock.lock();
    try {
      if (closed || queue.isEmpty() || queue.first().atMillis() > clock.getAsLong()) {
        return null;
      }
      Entry next = queue.removeFirst();
      byId.remove(next.id());
      return next;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean await() throws InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        long wait =
            queue.isEmpty() ? LONGEST_NAP_MILLIS : queue.first().atMillis() - clock.getAsLong();
        if (wait <= 0) {
          return true;
        }
        var _ =
            changed.awaitNanos(TimeUnit.MILLISECONDS.toNanos(Math.min(wait, LONGEST_NAP_MILLIS)));
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void stop() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
