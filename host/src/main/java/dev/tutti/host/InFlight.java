package dev.tutti.host;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * What a shard has decided and its store has not written yet, oldest first. Only whoever drives the
 * shard touches it; the futures are completed by the store.
 */
final class InFlight {
  private static final long MOST_BYTES = 16L << 20;

  private final Deque<Entry> entries = new ArrayDeque<>();
  private long bytes;
  private long written;
  private long added;

  private record Entry(Decided decided, CompletableFuture<Void> whenWritten) {}

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Whether nothing more had better be decided for now. */
  boolean isFull() {
    return bytes > MOST_BYTES;
  }

  /** The number of what is added next; they count from 1. */
  long next() {
    return added + 1;
  }

  /** The number of the last that was carried out; all before it were too. */
  long written() {
    return written;
  }

  void add(Decided decided, CompletableFuture<Void> whenWritten) {
    entries.addLast(new Entry(decided, whenWritten));
    bytes += decided.batch().bytes();
    added++;
  }

  /** When all that was added is written. */
  CompletableFuture<Void> last() {
    return entries.isEmpty()
        ? CompletableFuture.completedFuture(null)
        : entries.getLast().whenWritten();
  }

  /** Whether the oldest is written, or could not be. */
  boolean isOldestSettled() {
    return !entries.isEmpty() && entries.getFirst().whenWritten().isDone();
  }

  /**
   * Carries out all that is written, in order.
   *
   * @throws java.util.concurrent.CompletionException where one could not be written
   */
  void carryOut(Consumer<Work.Dispatch> dispatcher) {
    while (isOldestSettled()) {
      Entry oldest = entries.getFirst();
      oldest.whenWritten().join();
      entries.removeFirst();
      bytes -= oldest.decided().batch().bytes();
      written++;
      oldest.decided().carryOut(dispatcher);
    }
  }

  void fail(Throwable failure) {
    entries.forEach(entry -> entry.decided().fail(failure));
    entries.clear();
  }
}
