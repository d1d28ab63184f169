package dev.tutti.host;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Calls that wait beyond those that a lane keeps at hand, first in, first out. What the store owes
 * is the truth; this only says in which order to read it, and is made anew at every start.
 */
interface Backlog extends AutoCloseable {
  void add(Waiting waiting);

  /** Takes the one that has waited longest; null where none waits. */
  @Nullable Waiting poll();

  @Override
  void close();

  /**
   * A call that waits.
   *
   * @param patientUntilMillis see {@link dev.tutti.core.kernel.Effect.Call}; {@link Long#MAX_VALUE}
   *     where it waits as long as it takes
   */
  record Waiting(OwedId id, long patientUntilMillis) {}

  /** Where the backlog of a lane comes from. */
  interface Source {
    Backlog open();
  }

  /** Holds all in memory: for stores that do so too. */
  final class InMemory implements Backlog {
    private final Deque<Waiting> queue = new ArrayDeque<>();

    @Override
    public void add(Waiting waiting) {
      queue.add(waiting);
    }

    @Override
    public @Nullable Waiting poll() {
      return queue.poll();
    }

    @Override
    public void close() {
      queue.clear();
    }
  }
}
