package dev.tutti.store.rocksdb;

import dev.tutti.host.StoreFailure;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keeps native memory alive while somebody uses it: a call on a freed handle would crash the
 * process. Whoever is inside may enter again; closing turns new ones away at once and waits until
 * those inside have left.
 */
final class Gate {
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final AtomicBoolean closing = new AtomicBoolean();

  /**
   * Enters; each entry is followed by one {@link #leave}.
   *
   * @throws StoreFailure where the gate is closed
   */
  void enter() {
    check();
    lock.readLock().lock();
    if (closing.get() && !lock.isWriteLockedByCurrentThread()) {
      lock.readLock().unlock();
      check();
    }
  }

  void leave() {
    lock.readLock().unlock();
  }

  /** Tells somebody who stays long that it is time to leave. */
  void check() {
    if (closing.get() && !lock.isWriteLockedByCurrentThread()) {
      throw new StoreFailure("the store is closed");
    }
  }

  /**
   * Turns new ones away, waits until nobody is inside, and frees; only the first call frees. What
   * frees may still enter.
   */
  void close(Runnable free) {
    if (lock.getReadHoldCount() > 0) {
      throw new IllegalStateException("a store can't be closed by its own visitor");
    }
    boolean first = closing.compareAndSet(false, true);
    lock.writeLock().lock();
    try {
      if (first) {
        free.run();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
