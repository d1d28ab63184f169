package dev.tutti.host;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Unsettled calls on their way out, a queue per lane, so that a slow target delays nobody else.
 * What waits is only an id: the call itself stays in the store until its turn.
 */
final class Lanes implements AutoCloseable {
  /** Calls of one lane under way at once. */
  private static final int WIDTH = 256;

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Map<String, Lane> lanes = new HashMap<>();
  private final ExecutorService executor =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("tutti-call-", 0).factory());
  private final Consumer<OwedId> perform;
  private boolean closed;

  private static final class Lane {
    private final Deque<OwedId> waiting = new ArrayDeque<>();
    private int underWay;
  }

  Lanes(Consumer<OwedId> perform) {
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
    while (!closed && lane.underWay < WIDTH && !lane.waiting.isEmpty()) {
      OwedId id = lane.waiting.remove();
      lane.underWay++;
      executor.execute(() -> {
        try {
          perform.accept(id);
        } finally {
          leave(name);
        }
      });
    }
    if (lane.underWay == 0 && lane.waiting.isEmpty()) {
      lanes.remove(name);
    }
  }

  private synchronized void leave(String name) {
    Lane lane = lanes.get(name);
    if (lane != null) {
      lane.underWay--;
      admit(name);
    }
  }

  /** Starts no further call and gives those under way a moment; the store still owes the others. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    executor.shutdown();
    try {
      if (!executor.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
