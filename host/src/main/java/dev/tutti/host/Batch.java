package dev.tutti.host;

import dev.tutti.host.Store.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes that are committed together. The last change of a key wins. Not thread-safe. */
public final class Batch {
  private final List<Entry> changes = new ArrayList<>();
  private long bytes;

  public void put(Table table, byte[] key, byte[] value) {
    changes.add(new Entry(table, key, value));
    bytes += key.length + value.length;
  }

  public void delete(Table table, byte[] key) {
    changes.add(new Entry(table, key, null));
    bytes += key.length;
  }

  /** Adds all changes of another batch, after those of this one. */
  void addAll(Batch other) {
    changes.addAll(other.changes);
    bytes += other.bytes;
  }

  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /** Size of all keys and values put so far, in bytes. */
  public long bytes() {
    return bytes;
  }

  /** Hands each change to a store, in the order in which they were made. */
  public void forEach(Change change) {
    changes.forEach(entry -> change.accept(entry.table, entry.key, entry.value));
  }

  /** Takes one change; a null value deletes. */
  @FunctionalInterface
  public interface Change {
    void accept(Table table, byte[] key, byte @Nullable [] value);
  }

  private record Entry(Table table, byte[] key, byte @Nullable [] value) {}
}
