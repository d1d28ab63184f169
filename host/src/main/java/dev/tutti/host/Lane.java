package dev.tutti.host;

import dev.tutti.host.Backlog.Waiting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One target's queue. Keeps at most {@value #AT_HAND} waiting calls in memory, the rest in its
 * backlog. Used under the lock of {@link Lanes}.
 */
final class Lane implements AutoCloseable {
  private static final int AT_HAND = 1024;

  /** Calls under way at once that nothing is learned from. */
  private static final int WIDTH = 256;

  private final Name name;
  private final Backlog.Source source;
  private final Deque<Waiting> atHand = new ArrayDeque<>();
  private final Limit limit = new Limit();
  private final Breaker breaker = new Breaker();
  private final Pace pace;
  private @Nullable Backlog backlog;
  private long spooled;

  /** Whether nothing but its pace keeps the next call waiting. */
  private boolean paced;

  private int underWay;
  private long earliestEndMillis = Long.MAX_VALUE;

  /**
   * Names a lane.
   *
   * @param patient whether its calls wait while the target is down; those that may not wait, to the
   *     same target, have a lane of their own
   */
  record Name(String target, boolean patient) {}

  Lane(Name name, Backlog.Source source, Pace pace) {
    this.name = name;
    this.pace = pace;
    this.source = source;
  }

  Name name() {
    return name;
  }

  boolean isIdle() {
    return underWay == 0 && isEmpty() && !breaker.isOpen();
  }

  boolean isEmpty() {
    return atHand.isEmpty() && spooled == 0;
  }

  boolean isOpen() {
    return breaker.isOpen();
  }

  int underWay() {
    return underWay;
  }

  void add(Waiting waiting) {
    if (spooled == 0 && atHand.size() < AT_HAND) {
      atHand.add(waiting);
      earliestEndMillis = Math.min(earliestEndMillis, waiting.patientUntilMillis());
      return;
    }
    Backlog rest = backlog;
    if (rest == null) {
      rest = source.open();
      backlog = rest;
    }
    rest.add(waiting);
    spooled++;
  }

  /** Whether another call may begin as far as this target is concerned. */
  boolean admits(long nowMillis) {
    boolean free =
        name.patient() ? underWay < limit.now() && breaker.admits(nowMillis) : underWay < WIDTH;
    paced = free && !pace.admits(nowMillis);
    return free && !paced;
  }

  /** When to look at it again if nothing happens, epoch milliseconds. */
  long dueMillis() {
    if (isEmpty()) {
      return Long.MAX_VALUE;
    }
    if (paced) {
      return Math.min(pace.nextMillis(), earliestEndMillis);
    }
    if (!breaker.isOpen()) {
      return Long.MAX_VALUE;
    }
    // where calls that hang use up the limit, the end of one lets the probe go
    long probeMillis = underWay < limit.now() ? breaker.probeMillis() : Long.MAX_VALUE;
    return Math.min(probeMillis, earliestEndMillis);
  }

  /** Takes the one that has waited longest; null where none waits. */
  @Nullable Waiting poll() {
    Waiting first = atHand.poll();
    refill();
    return first;
  }

  private void refill() {
    Backlog rest = backlog;
    while (rest != null && spooled > 0 && atHand.size() < AT_HAND / 2) {
      Waiting next = rest.poll();
      if (next == null) {
        throw new IllegalStateException(spooled + " calls are missing from the backlog of " + name);
      }
      spooled--;
      atHand.add(next);
      earliestEndMillis = Math.min(earliestEndMillis, next.patientUntilMillis());
    }
    if (rest != null && spooled == 0) {
      rest.close();
      backlog = null;
    }
  }

  /** Takes those at hand whose patience is at its end. */
  List<OwedId> expired(long nowMillis) {
    List<OwedId> expired = new ArrayList<>();
    while (earliestEndMillis <= nowMillis) {
      long earliest = Long.MAX_VALUE;
      for (Iterator<Waiting> each = atHand.iterator(); each.hasNext(); ) {
        Waiting waiting = each.next();
        if (waiting.patientUntilMillis() <= nowMillis) {
          expired.add(waiting.id());
          each.remove();
        } else {
          earliest = Math.min(earliest, waiting.patientUntilMillis());
        }
      }
      earliestEndMillis = earliest;
      refill();
    }
    return expired;
  }

  /** A call begins; returns what {@link #end} has to be told. */
  int begin(long nowMillis) {
    underWay++;
    pace.begin(nowMillis);
    breaker.begin();
    return limit.round();
  }

  /**
   * A call has ended.
   *
   * @param health null where it was not performed
   */
  Breaker.Change end(@Nullable Health health, int round, long tookMillis, long nowMillis) {
    boolean full = underWay >= limit.now();
    underWay--;
    if (health == null) {
      breaker.forget();
      return Breaker.Change.NONE;
    }
    limit.learn(health, round, full, tookMillis);
    if (!name.patient()) {
      return Breaker.Change.NONE;
    }
    Breaker.Change change = breaker.learn(health, nowMillis);
    if (change == Breaker.Change.CLOSED) {
      limit.restart();
    }
    return change;
  }

  @Override
  public void close() {
    if (backlog != null) {
      backlog.close();
    }
  }
}
