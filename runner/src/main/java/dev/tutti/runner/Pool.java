package dev.tutti.runner;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shares a bounded number of processes among functions.
 *
 * <p>Who comes gets, in this order: an idle process of the function's revision; a new one, or the
 * place of the process that has been idle longest, where waiting would take longer ({@link Crew});
 * a place in the function's queue, which is first come, first served, and bounded in length and in
 * time. A process that gets idle goes to its own function's queue, unless a function that can't get
 * a place has somebody who has waited longer.
 *
 * <p>Processes are ended outside of the lock, and count until they are gone.
 */
final class Pool {
  private static final Logger LOG = LoggerFactory.getLogger(Pool.class);

  private final ProcessBounds bounds;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, String> revisions = new HashMap<>();
  private final Map<String, Crew> crews = new HashMap<>();
  private final Deque<Sandbox> idle = new ArrayDeque<>();
  private final Set<Sandbox> all = new HashSet<>();
  private int places;
  private int waiting;
  private boolean closed;
  private volatile boolean busy;

  Pool(ProcessBounds bounds) {
    this.bounds = bounds;
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
      Crew crew = crew(function.arn());
      Grant grant = crew.first() == null ? warm(function) : null;
      if (grant == null && (crew.isShort(busy) || waiting >= bounds.maxWaiting())) {
        grant = place(function.arn(), crew);
      }
      if (grant != null) {
        return grant;
      }
      if (waiting >= bounds.maxWaiting()) {
        return new Grant.None(
            "Rate Exceeded: all "
                + bounds.most()
                + " processes are busy and "
                + bounds.maxWaiting()
                + " invocations wait for one.");
      }
      return queue(crew, new Crew.Waiter(function, lock.newCondition()));
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

  private Crew crew(String arn) {
    return crews.computeIfAbsent(arn, a -> new Crew());
  }

  private @Nullable Grant warm(Function function) {
    for (Iterator<Sandbox> each = idle.descendingIterator(); each.hasNext(); ) {
      Sandbox sandbox = each.next();
      if (isOf(sandbox, function) && sandbox.isReady()) {
        each.remove();
        sandbox.markTaken();
        return new Grant.Warm(sandbox);
      }
    }
    return null;
  }

  /** A place for a function, where there is one and no more start than should. */
  private @Nullable Grant place(String arn, Crew crew) {
    if (!crew.mayGrow(starting(arn, crew))) {
      return null;
    }
    if (places < bounds.most()) {
      places++;
      crew.add();
      return new Grant.Place(null);
    }
    Sandbox oldest = idle.pollFirst();
    if (oldest == null) {
      return null;
    }
    crew.add();
    left(oldest.function().arn());
    return new Grant.Place(oldest);
  }

  /** How many of a function's places have no process yet, or one that isn't ready for work. */
  private int starting(String arn, Crew crew) {
    int ready = 0;
    for (Sandbox sandbox : all) {
      if (sandbox.function().arn().equals(arn) && !sandbox.isStarting()) {
        ready++;
      }
    }
    return crew.places() - ready;
  }

  /** One process less is the function's. */
  private void left(String arn) {
    Crew crew = crew(arn);
    crew.remove();
    forgetIfUnused(arn, crew);
  }

  private void forgetIfUnused(String arn, Crew crew) {
    if (crew.isForgettable()) {
      crews.remove(arn);
    }
  }

  private static boolean isOf(Sandbox sandbox, Function function) {
    return sandbox.function().arn().equals(function.arn())
        && sandbox.function().revision().equals(function.revision());
  }

  private Grant queue(Crew crew, Crew.Waiter waiter) throws InterruptedException {
    crew.queue(waiter);
    waiting++;
    try {
      await(crew, waiter);
    } catch (InterruptedException e) {
      if (waiter.grant != null) {
        giveBack(waiter.grant, waiter.function);
      }
      throw e;
    } finally {
      waiting--;
      crew.leave(waiter);
      forgetIfUnused(waiter.function.arn(), crew);
    }
    if (waiter.grant != null) {
      return waiter.grant;
    }
    return new Grant.None(
        closed
            ? "The runner has been closed."
            : "Rate Exceeded: all "
                + bounds.most()
                + " processes have been busy for "
                + bounds.maxWait().toSeconds()
                + " s.");
  }

  /** The first of a queue looks from time to time whether there is a place; all wait for grants. */
  private void await(Crew crew, Crew.Waiter waiter) throws InterruptedException {
    long end = waiter.sinceNanos + bounds.maxWait().toNanos();
    while (waiter.grant == null && !closed) {
      long now = System.nanoTime();
      boolean first = waiter.equals(crew.first());
      if (first && (crew.places() == 0 || !crew.hasPatience(waiter, now, busy))) {
        waiter.grant = place(waiter.function.arn(), crew);
      }
      if (waiter.grant != null || end - now <= 0) {
        return;
      }
      long nanos = first ? Math.min(end - now, crew.patienceNanos(busy)) : end - now;
      var _ = waiter.changed.awaitNanos(nanos);
    }
  }

  private void giveBack(Grant grant, Function to) {
    switch (grant) {
      case Grant.Warm(Sandbox sandbox) -> offer(sandbox);
      case Grant.Place(Sandbox instead) -> {
        left(to.arn());
        if (instead == null) {
          places--;
          offerPlace();
        } else {
          crew(instead.function().arn()).add();
          offer(instead);
        }
      }
      case Grant.None none -> LOG.trace("nothing to give back: {}", none.message());
    }
  }

  /** Gives a process that has nothing to do to who needs it most, or lets it be idle. */
  private void offer(Sandbox sandbox) {
    String arn = sandbox.function().arn();
    Crew own = crew(arn);
    Crew.Waiter mine = own.first();
    Crew.Waiter other = places < bounds.most() ? null : neediest(arn);
    if (other != null && (mine == null || other.sinceNanos - mine.sinceNanos < 0)) {
      idle.addFirst(sandbox);
      give(other, place(other.function.arn(), crew(other.function.arn())));
    } else if (mine != null && isOf(sandbox, mine.function)) {
      sandbox.markTaken();
      give(mine, new Grant.Warm(sandbox));
    } else {
      sandbox.markIdle();
      idle.addLast(sandbox);
    }
  }

  /** A place is free: who waits longest for one may have it. */
  private void offerPlace() {
    Crew.Waiter neediest = neediest("");
    if (neediest != null) {
      give(neediest, place(neediest.function.arn(), crew(neediest.function.arn())));
    }
  }

  private void give(Crew.Waiter waiter, @Nullable Grant grant) {
    if (grant != null) {
      waiter.grant = grant;
      crew(waiter.function.arn()).leave(waiter);
      waiter.changed.signal();
    }
  }

  /** Of the functions but one, who has waited longest and too long for a process. */
  private Crew.@Nullable Waiter neediest(String but) {
    long now = System.nanoTime();
    Crew.Waiter neediest = null;
    for (Map.Entry<String, Crew> entry : crews.entrySet()) {
      Crew crew = entry.getValue();
      Crew.Waiter first = crew.first();
      if (first == null || entry.getKey().equals(but)) {
        continue;
      }
      boolean needs = crew.places() == 0 || !crew.hasPatience(first, now, busy);
      boolean longest = neediest == null || first.sinceNanos - neediest.sinceNanos < 0;
      if (needs && longest && crew.mayGrow(starting(entry.getKey(), crew))) {
        neediest = first;
      }
    }
    return neediest;
  }

  /** A place that was granted did not become a process. */
  void returnPlace(Function of) {
    lock.lock();
    try {
      places--;
      left(of.arn());
      offerPlace();
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
        learn(crew(sandbox.function().arn()), sandbox);
        offer(sandbox);
        return;
      }
    } finally {
      lock.unlock();
    }
    discard(sandbox);
  }

  private static void learn(Crew crew, Sandbox sandbox) {
    if (sandbox.isTaken()) {
      crew.kept(sandbox.takenNanos());
    } else {
      crew.started(sandbox.startNanos()); // for who had it: how long it was kept says nothing
    }
  }

  /** Ends a process that nobody has, and frees its place. */
  void discard(Sandbox sandbox) {
    sandbox.close();
    lock.lock();
    try {
      if (all.remove(sandbox)) {
        places--;
        left(sandbox.function().arn());
        offerPlace();
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
      while (!idle.isEmpty() && now - idle.getFirst().idleSinceNanos() > bounds.idle().toNanos()) {
        old.add(idle.removeFirst());
      }
    } finally {
      lock.unlock();
    }
    old.forEach(this::discard);
  }

  /** Whether the machine's processors have no time left. */
  void setBusy(boolean now) {
    busy = now;
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
      crews.values().forEach(Crew::wakeAll);
    } finally {
      lock.unlock();
    }
    processes().forEach(this::discard);
  }
}
