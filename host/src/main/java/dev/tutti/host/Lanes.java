package dev.tutti.host;

import dev.tutti.host.Backlog.Waiting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Unsettled calls on their way out, a queue per target, so that a slow one delays nobody else.
 *
 * <p>A patient call (a delivery's attempt) waits while its target is down, which is no attempt, and
 * its target decides how many are under way ({@link Limit}, {@link Breaker}). All patient lanes
 * together have at most {@value #PATIENT_CALLS} calls under way, and one more each; those that wait
 * for a share of it get it in turn. Other calls (a Task's) are performed whatever is known.
 *
 * <p>What waits is only an id, at most a thousand a lane in memory, the rest in a {@link Backlog}:
 * the call itself stays in the store until its turn.
 */
final class Lanes implements Part, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);
  private static final int PATIENT_CALLS = 1024;
  private static final long LONGEST_NAP_MILLIS = 500;

  /** Clocks of two threads may differ, and be corrected, by less. */
  private static final long SET_BACK_MILLIS = 1000;

  private final Map<Lane.Name, Lane> lanes = new HashMap<>();

  /** Lanes that wait for a share of what all have together, in turn. */
  private final SequencedSet<Lane> inTurn = new LinkedHashSet<>();

  private final Drive drive;
  private final LongSupplier clock;
  private final Backlog.Source backlogs;
  private final Paces paces;
  private final Calls calls;
  private int patientUnderWay;

  /** The latest time that was seen. */
  private long latestMillis;

  private boolean closed;
  private boolean stopped;

  /** What lanes do with a call whose turn has come. */
  interface Calls {
    /**
     * Performs a call.
     *
     * @param call null where it waited and has to be read
     */
    Performed perform(OwedId id, Owed.@Nullable Outgoing call);

    /** Ends a call that was not performed in time; what it returns hands that over. */
    Runnable expire(OwedId id);
  }

  /**
   * What came of a call.
   *
   * @param health null where it was not performed, as nobody owes it any more
   * @param handOver hands the outcome to the call's owner
   */
  record Performed(@Nullable Health health, Runnable handOver) {}

  /**
   * Lanes without calls.
   *
   * @param paces how often targets may be called
   */
  Lanes(Drive drive, LongSupplier clock, Backlog.Source backlogs, Paces paces, Calls calls) {
    this.drive = drive;
    this.clock = clock;
    this.backlogs = backlogs;
    this.paces = paces;
    this.calls = calls;
  }

  synchronized void add(OwedId id, Owed.Outgoing call) {
    Long until = call.patientUntilMillis();
    Lane.Name name = new Lane.Name(call.lane(), until != null);
    Lane lane = lanes.computeIfAbsent(name, this::open);
    if (!closed && lane.isEmpty() && admits(lane)) {
      begin(lane, id, call);
    } else {
      boolean wasEmpty = lane.isEmpty();
      lane.add(new Waiting(id, until == null ? Long.MAX_VALUE : until));
      if (wasEmpty && lane.dueMillis() != Long.MAX_VALUE) {
        notifyAll();
      }
    }
  }

  private Lane open(Lane.Name name) {
    return new Lane(name, backlogs, paces.of(name.target()));
  }

  /** Whether a lane may begin a call; one that only the others keep from it waits in turn. */
  private boolean admits(Lane lane) {
    if (!lane.admits(clock.getAsLong())) {
      return false;
    }
    if (!lane.name().patient()
        || patientUnderWay < PATIENT_CALLS
        || lane.underWay() == 0
        || lane.isOpen()) {
      return true;
    }
    inTurn.add(lane);
    return false;
  }

  private void begin(Lane lane, OwedId id, Owed.@Nullable Outgoing call) {
    int round = lane.begin(clock.getAsLong());
    patientUnderWay += lane.name().patient() ? 1 : 0;
    drive.perform(() -> {
      long since = clock.getAsLong();
      Performed performed = calls.perform(id, call);
      end(lane, performed.health(), round, clock.getAsLong() - since);
      return performed.handOver();
    });
  }

  private synchronized void end(Lane lane, @Nullable Health health, int round, long tookMillis) {
    patientUnderWay -= lane.name().patient() ? 1 : 0;
    Breaker.Change change = lane.end(health, round, tookMillis, clock.getAsLong());
    switch (change) {
      case OPENED -> {
        LOG.info("{} does not answer; deliveries to it wait", lane.name().target());
        notifyAll();
      }
      case CLOSED -> LOG.info("{} answers again", lane.name().target());
      case NONE -> {}
    }
    serveInTurn();
    admit(lane);
  }

  /** Gives what is free to those who waited for it, before the lane that has just let go of it. */
  private void serveInTurn() {
    while (!closed && !inTurn.isEmpty() && patientUnderWay < PATIENT_CALLS) {
      Lane next = inTurn.removeFirst();
      beginNext(next);
      if (!next.isEmpty() && next.admits(clock.getAsLong())) {
        inTurn.add(next);
      }
    }
  }

  private void admit(Lane lane) {
    expire(lane);
    while (!closed && !lane.isEmpty() && admits(lane)) {
      beginNext(lane);
    }
    if (lane.dueMillis() != Long.MAX_VALUE) {
      notifyAll();
    }
    if (lane.isIdle()) {
      lane.close();
      lanes.remove(lane.name(), lane);
    }
  }

  private void beginNext(Lane lane) {
    Waiting next = closed || !lane.admits(clock.getAsLong()) ? null : lane.poll();
    if (next != null) {
      begin(lane, next.id(), null);
    }
  }

  private void expire(Lane lane) {
    if (!closed) {
      lane.expired(clock.getAsLong()).forEach(id -> drive.perform(() -> calls.expire(id)));
    }
  }

  @Override
  public String name() {
    return "lanes";
  }

  @Override
  public synchronized long dueMillis() {
    if (isSetBack()) {
      return Long.MIN_VALUE;
    }
    long due = Long.MAX_VALUE;
    if (!closed) {
      for (Lane lane : lanes.values()) {
        due = Math.min(due, lane.dueMillis());
      }
    }
    return due;
  }

  /** Whether the clock was: then nobody knows who is due, and all are looked at. */
  private boolean isSetBack() {
    return clock.getAsLong() < latestMillis - SET_BACK_MILLIS;
  }

  /** Sends probes that are due, and ends calls that waited too long. */
  @Override
  public synchronized void step() {
    boolean setBack = isSetBack();
    long now = clock.getAsLong();
    latestMillis = now;
    List<Lane> due = new ArrayList<>();
    for (Lane lane : lanes.values()) {
      if (setBack || lane.dueMillis() <= now) {
        due.add(lane);
      }
    }
    due.forEach(this::admit);
  }

  @Override
  public synchronized boolean await() throws InterruptedException {
    while (!stopped) {
      long now = clock.getAsLong();
      long due = dueMillis();
      if (due <= now) {
        return true;
      }
      latestMillis = Math.max(latestMillis, now);
      wait(Math.min(due - now, LONGEST_NAP_MILLIS));
    }
    return false;
  }

  @Override
  public synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  /** Starts no further call; the store still owes those that wait. */
  @Override
  public synchronized void close() {
    closed = true;
    lanes.values().forEach(Lane::close);
  }
}
