package dev.tutti.wire.http;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Memory for large contents: an eighth of all, since a content is there several times while it is
 * read and stored. Contents of up to {@value #SMALL_BYTES} bytes aren't counted. Who comes first is
 * served first, so nobody waits for ever.
 */
final class Space {
  private static final int SHARE = 8;
  private static final int SMALL_BYTES = 1 << 20;
  private static final int PATIENCE_SECONDS = 20;

  private final Semaphore free;

  /**
   * @param largestBytes of one content; there is space for one at least
   */
  Space(int largestBytes) {
    long most = Math.min(Runtime.getRuntime().maxMemory() / SHARE, Integer.MAX_VALUE);
    this.free = new Semaphore((int) Math.max(largestBytes, most), true);
  }

  /**
   * Takes space for a content, and waits for it if it has to; null where there is none for long.
   */
  @Nullable Lease take(int bytes) throws InterruptedException {
    int counted = counted(bytes);
    return counted == 0 || free.tryAcquire(counted, PATIENCE_SECONDS, TimeUnit.SECONDS)
        ? new Lease(counted)
        : null;
  }

  private static int counted(int bytes) {
    return bytes <= SMALL_BYTES ? 0 : bytes;
  }

  /** Space that was taken. */
  final class Lease implements AutoCloseable {
    private int held;

    private Lease(int held) {
      this.held = held;
    }

    /** Gives back what a content doesn't need. */
    void shrinkTo(int bytes) {
      int needed = Math.min(held, counted(bytes));
      free.release(held - needed);
      held = needed;
    }

    @Override
    public void close() {
      shrinkTo(0);
    }
  }
}
