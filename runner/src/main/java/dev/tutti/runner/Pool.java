package dev.tutti.runner;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shares a bounded number of processes among functions.
 *
 * <p>Who comes gets, in this order: an idle process of the function's revision; a new one while the
 * bound allows it; the place of the process that has been idle longest; a place in a queue that is
 * first come, first served, over all functions, and bounded in length and in time.
 *
 * <p>Processes are ended outside of the lock, and count until they are gone.
 */
final class Pool {
  private static final Logger LOG = LoggerFactory.getLogger(Pool.class);

  /** What somebody who asked for a process gets. */
  sealed interface Grant {
    record Warm(Sandbox sandbox) implements Grant {}

    /** The right to start one, after ending another where one is given. */
    record Place(@Nullable Sandbox instead) implements Grant {}

    record None(String message) implements Grant {}
  }

  private static final class Waiter {
    final Function function;
    @Nullable Grant grant;

    Waiter(Function function) {
      this.function = function;
    }
  }

  private final int maxProcesses;
  private final int maxWaiting;
  private final Duration maxWait;
  private final Duration idleTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition granted = lock.newCondition();
  private final Map<String, String> revisions = new HashMap<>();
  private final Deque<Sandbox> idle = new ArrayDeque<>();
  private final Deque<Waiter> waiters = new ArrayDeque<>();
  private final Set<Sandbox> all = new HashSet<>();
  private int places;
  private boolean closed;

  Pool(RunnerOptions options) {
    this.maxProcesses = options.maxProcesses();
    this.maxWaiting = options.maxWaiting();
    this.maxWait = options.maxWait();
    this.idleTime = options.idle();
  }

  /** Waits for a process or for the right to start one. Who gets a place must use or return it. */
  Grant take(Function function) throws InterruptedException {
    List<Sandbox> replaced;
    lock.lock();
    try {
      replaced = replace(function);
    } finally {
      lock.unlock();
    }
    replaced.forEach(this::discard);
    lock.lock();
    try {
      if (closed) {
        return new Grant.None("The runner has been closed.");
      }
      Grant grant = waiters.isEmpty() ? grant(function) : null;
      if (grant != null) {
        return grant;
      }
      if (waiters.size() >= maxWaiting) {
        return new Grant.None(
            "Rate Exceeded: all "
                + maxProcesses
                + " processes are busy and "
                + maxWaiting
                + " invocations wait for one.");
      }
      return queue(new Waiter(function));
    } finally {
      lock.unlock();
    }
  }

  /** Makes the function's revision the present one; returns the idle processes of others. */
  private List<Sandbox> replace(Function function) {
    String before = revisions.put(function.arn(), function.revision());
    return before == null || before.equals(function.revision())
        ? List.of()
        : removeIdle(function.arn());
  }

  private List<Sandbox> removeIdle(String arn) {
    List<Sandbox> removed = new ArrayList<>();
    for (Iterator<Sandbox> each = idle.iterator(); each.hasNext(); ) {
      Sandbox sandbox = each.next();
      if (sandbox.function().arn().equals(arn)) {
        each.remove();
        removed.add(sandbox);
      }
    }
    return removed;
  }

  private @Nullable Grant grant(Function function) {
    for (Iterator<Sandbox> each = idle.descendingIterator(); each.hasNext(); ) {
      Sandbox sandbox = each.next();
      if (isOf(sandbox, function) && sandbox.isReady()) {
        each.remove();
        return new Grant.Warm(sandbox);
      }
    }
    if (places < maxProcesses) {
      places++;
      return new Grant.Place(null);
    }
    Sandbox oldest = idle.pollFirst();
    return oldest == null ? null : new Grant.Place(oldest);
  }

  private static boolean isOf(Sandbox sandbox, Function function) {
    return sandbox.function().arn().equals(function.arn())
        && sandbox.function().revision().equals(function.revision());
  }

  private Grant queue(Waiter waiter) throws InterruptedException {
    waiters.addLast(waiter);
    long left = maxWait.toNanos();
    try {
      while (waiter.grant == null && left > 0 && !closed) {
        left = granted.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      if (waiter.grant != null) {
        giveBack(waiter.grant);
      }
      throw e;
    } finally {
      waiters.remove(waiter);
    }
    if (waiter.grant != null) {
      return waiter.grant;
    }
    return new Grant.None(
        closed
            ? "The runner has been closed."
            : "Rate Exceeded: all "
                + maxProcesses
                + " processes have been busy for "
                + maxWait.toSeconds()
                + " s.");
  }

  private void giveBack(Grant grant) {
    switch (grant) {
      case Grant.Warm(Sandbox sandbox) -> idle.addLast(sandbox);
      case Grant.Place(Sandbox instead) -> {
        if (instead == null) {
          places--;
        } else {
          idle.addFirst(instead);
        }
      }
      case Grant.None none -> LOG.trace("nothing to give back: {}", none.message());
    }
    serveWaiters();
  }

  private void serveWaiters() {
    while (!waiters.isEmpty()) {
      Grant grant = grant(waiters.getFirst().function);
      if (grant == null) {
        return;
      }
      waiters.removeFirst().grant = grant;
      granted.signalAll();
    }
  }

  /** A place that was granted did not become a process. */
  void returnPlace() {
    lock.lock();
    try {
      places--;
      serveWaiters();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the process whose place was granted, keeping the place. */
  void end(Sandbox instead) {
    instead.close();
    lock.lock();
    try {
      all.remove(instead);
    } finally {
      lock.unlock();
    }
  }

  /** A place that was granted has become this process, which its starter now has. */
  void started(Sandbox sandbox) {
    boolean late;
    lock.lock();
    try {
      late = closed;
      all.add(sandbox);
    } finally {
      lock.unlock();
    }
    sandbox.onExit(() -> exited(sandbox));
    if (late) {
      sandbox.close();
    }
  }

  private void exited(Sandbox sandbox) {
    boolean wasIdle;
    lock.lock();
    try {
      wasIdle = idle.remove(sandbox);
    } finally {
      lock.unlock();
    }
    if (wasIdle) {
      discard(sandbox);
    }
  }

  /** Whoever had the process has done with it. It is idle once it asks for work again. */
  void release(Sandbox sandbox) {
    if (sandbox.isFinishing()) {
      Thread.ofVirtual().name("finishing").start(() -> finish(sandbox));
    } else {
      idle(sandbox);
    }
  }

  /** Gives a process that has answered its function's timeout to do the rest. */
  private void finish(Sandbox sandbox) {
    try {
      if (sandbox.awaitReadyAgain(1000L * sandbox.function().timeoutSeconds())) {
        idle(sandbox);
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    discard(sandbox);
  }

  private void idle(Sandbox sandbox) {
    lock.lock();
    try {
      String revision = revisions.get(sandbox.function().arn());
      if (!closed && sandbox.isReady() && sandbox.function().revision().equals(revision)) {
        sandbox.markIdle();
        idle.addLast(sandbox);
        serveWaiters();
        return;
      }
    } finally {
      lock.unlock();
    }
    discard(sandbox);
  }

  /** Ends a process that nobody has, and frees its place. */
  void discard(Sandbox sandbox) {
    sandbox.close();
    lock.lock();
    try {
      if (all.remove(sandbox)) {
        places--;
        serveWaiters();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the idle processes of a function, and the busy ones when they have done. */
  void forget(String arn) {
    List<Sandbox> removed;
    lock.lock();
    try {
      revisions.remove(arn);
      removed = removeIdle(arn);
    } finally {
      lock.unlock();
    }
    removed.forEach(this::discard);
  }

  /** Ends what has been idle for too long. */
  void sweep() {
    List<Sandbox> old = new ArrayList<>();
    lock.lock();
    try {
      long now = System.nanoTime();
      while (!idle.isEmpty() && now - idle.getFirst().idleSinceNanos() > idleTime.toNanos()) {
        old.add(idle.removeFirst());
      }
    } finally {
      lock.unlock();
    }
    old.forEach(this::discard);
  }

  /** Every process, for a look at its memory. */
  List<Sandbox> processes() {
    lock.lock();
    try {
      return List.copyOf(all);
    } finally {
      lock.unlock();
    }
  }

  /** Ends every process; who waits for one gets none. */
  void close() {
    lock.lock();
    try {
      closed = true;
      idle.clear();
      granted.signalAll();
    } finally {
      lock.unlock();
    }
    processes().forEach(this::discard);
  }
}
