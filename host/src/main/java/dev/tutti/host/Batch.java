package dev.tutti.host;

import dev.tutti.host.Store.Table;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes that are committed together. The last change of a key wins. Not thread-safe. */
public final class Batch {
  private final Map<Slot, Entry> changes = new LinkedHashMap<>();
  private long bytes;

  public void put(Table table, byte[] key, byte[] value) {
    changes.put(new Slot(table, ByteBuffer.wrap(key)), new Entry(table, key, value));
    bytes += key.length + value.length;
  }

  public void delete(Table table, byte[] key) {
    changes.put(new Slot(table, ByteBuffer.wrap(key)), new Entry(table, key, null));
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

  /** This batch's change of a key; null where it doesn't change it. */
  @Nullable Entry pending(Table table, byte[] key) {
    return changes.get(new Slot(table, ByteBuffer.wrap(key)));
  }

  /** Hands each change to a store. */
  public void forEach(Change change) {
    changes.values().forEach(entry -> change.accept(entry.table, entry.key, entry.value));
  }

  /** Takes one change; a null value deletes. */
  @FunctionalInterface
  public interface Change {
    void accept(Table table, byte[] key, byte @Nullable [] value);
  }

  record Entry(Table table, byte[] key, byte @Nullable [] value) {}

  private record Slot(Table table, ByteBuffer key) {}
}
