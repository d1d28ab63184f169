package dev.tutti.simulate;

import dev.tutti.host.Batch;
import dev.tutti.host.Part;
import dev.tutti.host.Store;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A store that writes a batch when it is handed over, or later, as its disk has time: whoever
 * handed it over has gone on by then, and may die before.
 */
final class LateStore implements Store, Part {
  private final Store store;
  private final BooleanSupplier atOnce;
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  private record Waiting(Batch batch, CompletableFuture<Void> whenWritten) {}

  /**
   * Before another store.
   *
   * @param atOnce whether the next batch is written at once, where nothing waits
   */
  LateStore(Store store, BooleanSupplier atOnce) {
    this.store = store;
    this.atOnce = atOnce;
  }

  @Override
  public CompletableFuture<Void> submit(Batch batch) {
    if (waiting.isEmpty() && atOnce.getAsBoolean()) {
      store.commit(batch);
      return CompletableFuture.completedFuture(null);
    }
    Waiting added = new Waiting(batch, new CompletableFuture<>());
    waiting.addLast(added);
    return added.whenWritten();
  }

  /** Shows what was handed over and is not written. */
  void forEachWaiting(Consumer<Batch> each) {
    waiting.forEach(unwritten -> each.accept(unwritten.batch()));
  }

  /** Writes all that waits. */
  void writeAll() {
    while (!waiting.isEmpty()) {
      step();
    }
  }

  @Override
  public String name() {
    return "disk";
  }

  @Override
  public long dueMillis() {
    return waiting.isEmpty() ? Long.MAX_VALUE : Long.MIN_VALUE;
  }

  /** Writes what has waited longest. */
  @Override
  public void step() {
    Waiting oldest = waiting.removeFirst();
    store.commit(oldest.batch());
    oldest.whenWritten().complete(null);
  }

  @Override
  public boolean await() {
    throw new UnsupportedOperationException("in virtual time nobody waits");
  }

  @Override
  public void stop() {
    writeAll();
  }

  @Override
  public byte @Nullable [] get(Table table, byte[] key) {
    return store.get(table, key);
  }

  @Override
  public void scan(Table table, byte[] from, byte[] to, Visitor visitor) {
    store.scan(table, from, to, visitor);
  }

  @Override
  public @Nullable Entry last(Table table, byte[] from, byte[] to) {
    return store.last(table, from, to);
  }

  @Override
  public void commit(Batch batch) {
    writeAll();
    store.commit(batch);
  }

  @Override
  public void close() {
    store.close();
  }
}
