package dev.tutti.store.rocksdb;

import dev.tutti.host.MemoryStore;
import dev.tutti.host.Store;

/** The store in memory is what the others are compared with. */
final class MemoryStoreTest extends StoreContract {
  private final MemoryStore memory = new MemoryStore();

  @Override
  Store open() {
    return memory;
  }
}
