package dev.tutti.simulate;

import dev.tutti.host.MemoryStore;
import dev.tutti.host.Store;

/** What outlives the processes of one run. */
public interface Disk extends AutoCloseable {
  /** Opens the store for the next process; the one before is gone, and its store isn't used. */
  Store open();

  /** The run is over. */
  @Override
  void close();

  /** A disk in memory. */
  static Disk inMemory() {
    MemoryStore store = new MemoryStore();
    return new Disk() {
      @Override
      public Store open() {
        return store;
      }

      @Override
      public void close() {
        store.close();
      }
    };
  }
}
