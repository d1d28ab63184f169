package dev.tutti.host;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps everything in memory: for tests and virtual time. Readers never see half a batch of one
 * key.
 */
public final class MemoryStore implements Store {
  private final Map<Table, ConcurrentSkipListMap<byte[], byte[]>> tables =
      new EnumMap<>(Table.class);

  public MemoryStore() {
    for (Table table : Table.values()) {
      tables.put(table, new ConcurrentSkipListMap<>(Arrays::compareUnsigned));
    }
  }

  private ConcurrentSkipListMap<byte[], byte[]> table(Table table) {
    return java.util.Objects.requireNonNull(tables.get(table));
  }

  @Override
  public byte @Nullable [] get(Table table, byte[] key) {
    return table(table).get(key);
  }

  @Override
  public void scan(Table table, byte[] from, byte[] to, Visitor visitor) {
    for (var entry : table(table).subMap(from, to).entrySet()) {
      if (!visitor.visit(entry.getKey(), entry.getValue())) {
        return;
      }
    }
  }

  @Override
  public @Nullable Entry last(Table table, byte[] from, byte[] to) {
    var entry = table(table).subMap(from, to).lastEntry();
    return entry == null ? null : new Entry(entry.getKey(), entry.getValue());
  }

  @Override
  public synchronized void commit(Batch batch) {
    batch.forEach((table, key, value) -> {
      if (value == null) {
        table(table).remove(key);
      } else {
        table(table).put(key, value);
      }
    });
  }

  /** Nothing to release: what it held stays readable, so that a test can open it again. */
  @Override
  public void close() {}
}
