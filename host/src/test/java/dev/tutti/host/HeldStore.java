package dev.tutti.host;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A store that writes what was handed over when it is told to. */
final class HeldStore implements Store {
  private final MemoryStore store = new MemoryStore();
  private final Deque<Held> held = new ArrayDeque<>();

  private record Held(Batch batch, CompletableFuture<Void> whenWritten) {}

  /** How many batches wait to be written. */
  int waiting() {
    return held.size();
  }

  void writeOne() {
    Held oldest = held.removeFirst();
    store.commit(oldest.batch());
    oldest.whenWritten().complete(null);
  }

  void failOne() {
    held.removeFirst().whenWritten().completeExceptionally(new StoreFailure("planted"));
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
    store.commit(batch);
  }

  @Override
  public CompletableFuture<Void> submit(Batch batch) {
    Held added = new Held(batch, new CompletableFuture<>());
    held.addLast(added);
    return added.whenWritten();
  }

  @Override
  public void close() {
    store.close();
  }
}
