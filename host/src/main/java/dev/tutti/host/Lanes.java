package dev.tutti.host;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Unsettled calls on their way out, a queue per lane, so that a slow target delays nobody else.
 * What waits is only an id: the call itself stays in the store until its turn.
 */
final class Lanes implements AutoCloseable {
  /** Calls of one lane under way at once. */
  private static final int WIDTH = 256;

  private final Map<String, Lane> lanes = new HashMap<>();
  private final Drive drive;
  private final BiFunction<OwedId, Owed.@Nullable Outgoing, Runnable> perform;
  private boolean closed;

  private static final class Lane {
    private final Deque<OwedId> waiting = new ArrayDeque<>();
    private final Set<OwedId> underWay = new HashSet<>();
  }

  /**
   * Lanes without calls.
   *
   * @param perform performs a call, which is null where it waited and has to be read; what it
   *     returns hands the outcome over
   */
  Lanes(Drive drive, BiFunction<OwedId, Owed.@Nullable Outgoing, Runnable> perform) {
    this.drive = drive;
    this.perform = perform;
  }

  synchronized void add(OwedId id, Owed.Outgoing call) {
    Lane lane = lanes.computeIfAbsent(call.lane(), name -> new Lane());
    if (!closed && lane.waiting.isEmpty() && lane.underWay.size() < WIDTH) {
      begin(call.lane(), lane, id, call);
    } else {
      lane.waiting.add(id);
    }
  }

  private void begin(String name, Lane lane, OwedId id, Owed.@Nullable Outgoing call) {
    lane.underWay.add(id);
    drive.perform(() -> {
      Runnable handOver = perform.apply(id, call);
      return () -> {
        leave(name, id);
        handOver.run();
      };
    });
  }

  private void admit(String name) {
    Lane lane = lanes.get(name);
    if (lane == null) {
      return;
    }
    while (!closed && lane.underWay.size() < WIDTH && !lane.waiting.isEmpty()) {
      begin(name, lane, lane.waiting.remove(), null);
    }
    if (lane.underWay.isEmpty() && lane.waiting.isEmpty()) {
      lanes.remove(name);
    }
  }

  private synchronized void leave(String name, OwedId id) {
    Lane lane = lanes.get(name);
    if (lane != null) {
      lane.underWay.remove(id);
      admit(name);
    }
  }

  /** Starts no further call; the store still owes those that wait. */
  @Override
  public synchronized void close() {
    closed = true;
  }
}
