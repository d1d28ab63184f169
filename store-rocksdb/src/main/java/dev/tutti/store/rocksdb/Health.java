package dev.tutti.store.rocksdb;

import dev.tutti.host.StoreFailure;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.rocksdb.AbstractEventListener;
import org.rocksdb.BackgroundErrorReason;
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

  Health() {
    super(EnabledEventCallback.ON_BACKGROUND_ERROR);
  }

  /** Called by RocksDB when a flush, a compaction or a write to its manifest failed. */
  @Override
  public void onBackgroundError(BackgroundErrorReason reason, Status backgroundError) {
    String state = backgroundError.getState();
    StoreFailure failure =
        new StoreFailure(
            "the store failed in the background ("
                + reason
                + "): "
                + backgroundError.getCodeString()
                + (state == null ? "" : ", " + state));
    LOG.error("the store accepts no more changes", failure);
    fail(failure);
  }

  /** Takes down a failure; returns it. */
  StoreFailure fail(StoreFailure failure) {
    first.compareAndSet(null, failure);
    return failure;
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
