package dev.tutti.host;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Unsettled calls on their way out, a queue per lane, so that a slow target delays nobody else.
 * What waits is only an id: the call itself stays in the store until its turn.
 */
final class Lanes implements AutoCloseable {
  /** Calls of one lane under way at once. */
  private static final int WIDTH = 256;

  private final Map<String, Lane> lanes = new HashMap<>();
  private final Drive drive;
  private final Function<OwedId, Runnable> perform;
  private boolean closed;

  private static final class Lane {
    private final Deque<OwedId> waiting = new ArrayDeque<>();
    private final Set<OwedId> underWay = new HashSet<>();
  }

  /**
   * Lanes without calls.
   *
   * @param perform performs a call; what it returns hands the outcome over
   */
  Lanes(Drive drive, Function<OwedId, Runnable> perform) {
    this.drive = drive;
    this.perform = perform;
  }

  synchronized void add(String lane, OwedId id) {
    lanes.computeIfAbsent(lane, name -> new Lane()).waiting.add(id);
    admit(lane);
  }

  private void admit(String name) {
    Lane lane = lanes.get(name);
    if (lane == null) {
      return;
    }
    while (!closed && lane.underWay.size() < WIDTH && !lane.waiting.isEmpty()) {
      OwedId id = lane.waiting.remove();
      lane.underWay.add(id);
      drive.perform(() -> {
        Runnable handOver = perform.apply(id);
        return () -> {
          leave(name, id);
          handOver.run();
        };
      });
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
