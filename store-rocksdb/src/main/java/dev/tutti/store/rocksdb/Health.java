package dev.tutti.store.rocksdb;

import dev.tutti.host.StoreFailure;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.AbstractEventListener;
import org.rocksdb.BackgroundErrorReason;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers the first failure for ever. After a failed write or fsync nobody knows what is on disk
 * (the kernel may have dropped the pages and will report success next time), so nothing heals it
 * but a restart, which reads what is really there.
 */
final class Health extends AbstractEventListener {
  private static final Logger LOG = LoggerFactory.getLogger(Health.class);

  private final AtomicReference<@Nullable StoreFailure> first = new AtomicReference<>();

  private final List<Consumer<StoreFailure>> listeners = new CopyOnWriteArrayList<>();

  Health() {
    super(EnabledEventCallback.ON_BACKGROUND_ERROR, EnabledEventCallback.ON_ERROR_RECOVERY_BEGIN);
  }

  /** Called by RocksDB when a flush, a compaction or a write to its manifest failed. */
  @Override
  public void onBackgroundError(BackgroundErrorReason reason, Status backgroundError) {
    String state = backgroundError.getState();
    StoreFailure failure =
        inTheBackground(
            reason + ", " + backgroundError.getCodeString() + (state == null ? "" : ", " + state));
    LOG.error("the store accepts no more changes", failure);
    fail(failure);
  }

  /**
   * Refuses RocksDB's own recovery, which it begins where a disk is full: as long as it goes on,
   * who waits for a flush to write more waits, instead of being told of the error. Of a reason that
   * its Java side doesn't know it isn't asked; that counts as a refusal, too.
   */
  @Override
  public boolean onErrorRecoveryBegin(BackgroundErrorReason reason, Status backgroundError) {
    return false;
  }

  /**
   * Asks RocksDB for errors that it could not tell about: its Java side knows only some of the
   * reasons that its native side has, and drops the others.
   */
  void look(RocksDB db) {
    try {
      long errors = db.getLongProperty("rocksdb.background-errors");
      if (errors > 0 && isGood()) {
        LOG.error("the store accepts no more changes", fail(inTheBackground(errors + " errors")));
      }
    } catch (RocksDBException e) {
      fail(new StoreFailure("the store can't say how it is: " + e.getMessage(), e));
    }
  }

  private static StoreFailure inTheBackground(String what) {
    return new StoreFailure("the store failed in the background: " + what);
  }

  /** Takes down a failure, and tells of the first; returns it. */
  StoreFailure fail(StoreFailure failure) {
    if (first.compareAndSet(null, failure)) {
      listeners.forEach(listener -> listener.accept(failure));
    }
    return failure;
  }

  /** Has somebody told of the first failure, also where it came before. */
  void whenFailed(Consumer<StoreFailure> listener) {
    listeners.add(listener);
    StoreFailure before = first.get();
    if (before != null) {
      listener.accept(before);
    }
  }

  boolean isGood() {
    return first.get() == null;
  }

  /** Throws where anything has failed before. */
  void check() {
    StoreFailure failure = first.get();
    if (failure != null) {
      throw new StoreFailure(
          "the store accepts no changes since it failed: " + failure.getMessage(), failure);
    }
  }
}
