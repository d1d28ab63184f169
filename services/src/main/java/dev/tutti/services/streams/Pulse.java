package dev.tutti.services.streams;

import dev.tutti.core.events.EventFact;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.host.Reader;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Says to all streams when there may be something new, and how far a log may be read. Asks the
 * engine at most every {@value #OFTEN_MILLIS} ms, however many streams there are.
 */
public final class Pulse {
  private static final int OFTEN_MILLIS = 10;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition beat = lock.newCondition();

  /** Held while the engine is asked, which waits for those that {@link #beat}: never the other. */
  private final ReentrantLock asking = new ReentrantLock();

  private long beats;
  private long askedNanos = System.nanoTime() - TimeUnit.SECONDS.toNanos(1);
  private long askedAtBeat = -1;
  private long horizonMillis;

  /** To be shown every event that is accepted. */
  public void on(Recorded<EventFact> recorded) {
    beat();
  }

  void beat() {
    lock.lock();
    try {
      beats++;
      beat.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** See {@link Reader#horizonMillis}; at least as new as the last beat before the call. */
  long horizonMillis(Reader reader) {
    long seen = beats();
    asking.lock();
    try {
      boolean old = System.nanoTime() - askedNanos > TimeUnit.MILLISECONDS.toNanos(OFTEN_MILLIS);
      if (old || askedAtBeat < seen) {
        askedAtBeat = beats();
        horizonMillis = reader.horizonMillis();
        askedNanos = System.nanoTime();
      }
      return horizonMillis;
    } finally {
      asking.unlock();
    }
  }

  long beats() {
    lock.lock();
    try {
      return beats;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a beat after those that were seen, or for a time. */
  void await(long seen, long millis) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(millis);
      while (beats == seen && left > 0) {
        left = beat.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
