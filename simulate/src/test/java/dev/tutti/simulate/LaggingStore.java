package dev.tutti.simulate;

import dev.tutti.host.Batch;
import dev.tutti.host.MemoryStore;
import dev.tutti.host.Store;
import org.jspecify.annotations.Nullable;

/** Says that a batch is on disk when it isn't: it gets there with the next one. */
final class LaggingStore implements Store {
  private final Store disk;
  private final MemoryStore memory = new MemoryStore();
  private Batch pending = new Batch();

  LaggingStore(Store disk) {
    this.disk = disk;
    Batch all = new Batch();
    for (Table table : Table.values()) {
      disk.scan(
          table,
          new byte[0],
          new byte[] {(byte) 0xff},
          (key, value) -> {
            all.put(table, key, value);
            return true;
          });
    }
    memory.commit(all);
  }

  @Override
  public byte @Nullable [] get(Table table, byte[] key) {
    return memory.get(table, key);
  }

  @Override
  public void scan(Table table, byte[] from, byte[] to, Visitor visitor) {
    memory.scan(table, from, to, visitor);
  }

  @Override
  public @Nullable Entry last(Table table, byte[] from, byte[] to) {
    return memory.last(table, from, to);
  }

  @Override
  public void commit(Batch batch) {
    disk.commit(pending);
    memory.commit(batch);
    pending = batch;
  }

  @Override
  public void close() {}
}
