package dev.tutti.runner;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What one process and the runner say to each other, as a machine of few states.
 *
 * <p>{@code STARTING → READY → BUSY → ANSWERED → READY …}, and from anywhere to {@code OVER}. The
 * process moves it by asking for work and by answering; the runner by handing work over and by
 * ending it. Of an answer and a timeout, whichever comes first counts: the other is refused and
 * changes nothing.
 */
final class Conversation {
  private enum Phase {
    STARTING,
    READY,
    BUSY,
    ANSWERED,
    OVER
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Phase phase = Phase.STARTING;
  private @Nullable Work work;
  private @Nullable Answer answer;
  private long poll;

  /** Work as the process gets it. */
  record Work(Invocation invocation, long deadlineMillis) {}

  /** The process asks for work. Blocks until there is some. A later question replaces this one. */
  Work next() throws Refusal, InterruptedException {
    lock.lock();
    try {
      if (phase == Phase.BUSY) {
        throw Refusal.transition("Running", "Ready");
      }
      enter(Phase.READY);
      long mine = ++poll;
      while (phase == Phase.READY && poll == mine) {
        changed.await();
      }
      if (phase != Phase.BUSY || poll != mine || work == null) {
        throw Refusal.gone();
      }
      return work;
    } finally {
      lock.unlock();
    }
  }

  /** The process answers the invocation that it has. */
  void answer(String requestId, Answer given) throws Refusal {
    lock.lock();
    try {
      if (work == null || !work.invocation().requestId().equals(requestId)) {
        throw Refusal.unknownRequest();
      }
      if (phase != Phase.BUSY) {
        throw Refusal.transition(phase == Phase.READY ? "Ready" : "Responded", "Responded");
      }
      answer = given;
      enter(Phase.ANSWERED);
    } finally {
      lock.unlock();
    }
  }

  /** The process says that it can't start. */
  void initFailed(Answer given) throws Refusal {
    lock.lock();
    try {
      if (phase != Phase.STARTING) {
        throw Refusal.transition("Started", "InitError");
      }
      answer = given;
      enter(Phase.OVER);
    } finally {
      lock.unlock();
    }
  }

  /** The process has ended. An answer that it gave before still counts. */
  void exited(int status) {
    lock.lock();
    try {
      if (phase != Phase.ANSWERED && phase != Phase.OVER) {
        answer = new Answer.Exited(status);
      }
      if (phase != Phase.OVER) {
        enter(Phase.OVER);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The runner ends it. Later words of the process are refused. */
  void end() {
    lock.lock();
    try {
      if (phase != Phase.OVER) {
        enter(Phase.OVER);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the process asks for work; {@link Answer.TimedOut} ends the conversation. */
  Answer awaitReady(long nanos) throws InterruptedException {
    return await(Phase.STARTING, nanos);
  }

  /** Waits for the answer; {@link Answer.TimedOut} ends the conversation. */
  Answer awaitAnswer(long nanos) throws InterruptedException {
    return await(Phase.BUSY, nanos);
  }

  private Answer await(Phase left, long nanos) throws InterruptedException {
    lock.lock();
    try {
      long remaining = nanos;
      while (phase == left) {
        if (remaining <= 0) {
          enter(Phase.OVER);
          return new Answer.TimedOut();
        }
        remaining = changed.awaitNanos(remaining);
      }
      if (answer != null) {
        return answer;
      }
      return phase == Phase.OVER ? new Answer.Exited(137) : new Answer.Ready();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until it asks for work again after an answer; false where it didn't within the bound. */
  boolean awaitReadyAgain(long millis) throws InterruptedException {
    lock.lock();
    try {
      long remaining = TimeUnit.MILLISECONDS.toNanos(millis);
      while (phase == Phase.ANSWERED && remaining > 0) {
        remaining = changed.awaitNanos(remaining);
      }
      return phase == Phase.READY;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Hands work over.
   *
   * @param first done before the process sees the work
   * @return false where the process isn't waiting for any
   */
  boolean begin(Work next, Runnable first) {
    lock.lock();
    try {
      if (phase != Phase.READY) {
        return false;
      }
      first.run();
      work = next;
      answer = null;
      enter(Phase.BUSY);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether it has answered and does something else before it asks for work again. */
  boolean isFinishing() {
    return is(Phase.ANSWERED);
  }

  boolean isStarting() {
    return is(Phase.STARTING);
  }

  boolean isReady() {
    return is(Phase.READY);
  }

  boolean isOver() {
    return is(Phase.OVER);
  }

  private boolean is(Phase asked) {
    lock.lock();
    try {
      return phase == asked;
    } finally {
      lock.unlock();
    }
  }

  private void enter(Phase next) {
    if (phase != Phase.OVER) {
      phase = next;
    }
    changed.signalAll();
  }
}
