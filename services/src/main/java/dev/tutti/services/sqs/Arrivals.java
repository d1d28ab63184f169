package dev.tutti.services.sqs;

import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.queues.QueueFact;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wakes those who wait for a queue's messages. Follows the queues' facts; who waits takes the
 * queue's count first, looks for messages, and then waits until the count has changed: so nothing
 * that comes in between is missed.
 */
public final class Arrivals {
  private final Map<String, Bell> bells = new ConcurrentHashMap<>();

  private static final class Bell {
    final ReentrantLock lock = new ReentrantLock();
    final Condition rung = lock.newCondition();
    long count;
  }

  /** Takes in a committed fact: rings where it may have made a message visible. */
  public void on(Recorded<QueueFact> recorded) {
    boolean rings =
        switch (recorded.fact()) {
          case QueueFact.Sent _,
              QueueFact.Hidden _,
              QueueFact.Removed _,
              QueueFact.Taken _,
              QueueFact.TakenBack _,
              QueueFact.Deleted _ ->
              true;
          case QueueFact.Created _,
              QueueFact.AttributesSet _,
              QueueFact.Tagged _,
              QueueFact.Untagged _,
              QueueFact.Purged _,
              QueueFact.Received _,
              QueueFact.Dropped _,
              QueueFact.GivenUp _,
              QueueFact.MoveStarted _,
              QueueFact.MovedOn _,
              QueueFact.MoveStepped _,
              QueueFact.MoveEnded _,
              QueueFact.NotTaken _,
              QueueFact.Forgotten _ ->
              false;
        };
    Bell bell = rings ? bells.get(recorded.key().id()) : null;
    if (bell != null) {
      bell.lock.lock();
      try {
        bell.count++;
        bell.rung.signalAll();
      } finally {
        bell.lock.unlock();
      }
    }
  }

  /** How often a queue's bell has rung. */
  long count(String queueArn) {
    Bell bell = bells.computeIfAbsent(queueArn, arn -> new Bell());
    bell.lock.lock();
    try {
      return bell.count;
    } finally {
      bell.lock.unlock();
    }
  }

  /** Waits until a queue's bell has rung more often than {@code count}, or the time is over. */
  void await(String queueArn, long count, long nanos) throws InterruptedException {
    Bell bell = bells.computeIfAbsent(queueArn, arn -> new Bell());
    bell.lock.lock();
    try {
      long left = nanos;
      while (bell.count == count && left > 0) {
        left = bell.rung.awaitNanos(left);
      }
    } finally {
      bell.lock.unlock();
    }
  }

  /** Time in nanoseconds until then; at least a millisecond, so that nobody turns in circles. */
  static long until(long atMillis, long nowMillis) {
    return TimeUnit.MILLISECONDS.toNanos(Math.max(1, atMillis - nowMillis));
  }
}
