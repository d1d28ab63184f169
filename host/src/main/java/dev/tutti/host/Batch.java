package dev.tutti.host;

import dev.tutti.host.Store.Table;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes that are committed together. The last change of a key wins. Not thread-safe. */
public final class Batch {
  private final Map<Slot, Optional<byte[]>> changes = new LinkedHashMap<>();
  private long bytes;

  public void put(Table table, byte[] key, byte[] value) {
    changes.put(new Slot(table, ByteBuffer.wrap(key)), Optional.of(value));
    bytes += key.length + value.length;
  }

  public void delete(Table table, byte[] key) {
    changes.put(new Slot(table, ByteBuffer.wrap(key)), Optional.empty());
    bytes += key.length;
  }

  /** Adds all changes of another batch, after those of this one. */
  void addAll(Batch other) {
    changes.putAll(other.changes);
    bytes += other.bytes;
  }

  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /** Size of all keys and values put so far, in bytes. */
  public long bytes() {
    return bytes;
  }

  /** The value that a key will have, where this batch changes it; empty means deleted. */
  @Nullable Optional<byte[]> pending(Table table, byte[] key) {
    return changes.get(new Slot(table, ByteBuffer.wrap(key)));
  }

  /** Hands each change to a store, in order. */
  public void forEach(Change change) {
    changes.forEach(
        (slot, value) -> change.accept(slot.table, slot.key.array(), value.orElse(null)));
  }

  /** Takes one change; a null value deletes. */
  @FunctionalInterface
  public interface Change {
    void accept(Table table, byte[] key, byte @Nullable [] value);
  }

  private record Slot(Table table, ByteBuffer key) {}
}
