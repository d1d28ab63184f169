package dev.tutti.store.rocksdb;

import dev.tutti.host.StoreFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small file beside a store that says how far the store had got. RocksDB can't tell a log that
 * was deleted or cut from one that never was; a store that ends before its anchor has lost
 * acknowledged changes.
 *
 * <p>Renewed at most once a second, so it may lag behind and never runs ahead: only changes that
 * are fsynced count.
 */
final class Anchor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Anchor.class);
  private static final Pattern TEXT = Pattern.compile("tutti-anchor (\\d{1,19}) ([0-9a-f]{8})\n");
  private static final long PERIOD_MILLIS = 1000;

  private final Path file;
  private final LongSupplier position;
  private final CountDownLatch closing = new CountDownLatch(1);
  private @Nullable Thread thread;
  private long written;

  /**
   * @param position how many changes are fsynced; 0 where that is not known
   */
  Anchor(Path file, LongSupplier position) {
    this.file = file;
    this.position = position;
  }

  static Path of(Path store) {
    return store.resolveSibling(store.getFileName() + ".anchor");
  }

  /** Returns the position in an anchor file, or 0 where there is none. */
  static long read(Path file) {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new StoreFailure("the anchor " + file + " can't be read: " + e, e);
    }
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches() || !text.equals(text(Long.parseLong(matcher.group(1))))) {
      throw new StoreFailure("the anchor " + file + " is damaged");
    }
    return Long.parseLong(matcher.group(1));
  }

  private static String text(long position) {
    CRC32 sum = new CRC32();
    sum.update(Long.toString(position).getBytes(StandardCharsets.UTF_8));
    return "tutti-anchor %d %08x\n".formatted(position, sum.getValue());
  }

  /** Begins to renew the file. */
  void start() {
    thread = Thread.ofPlatform().daemon().name("tutti-anchor").start(this::run);
  }

  private void run() {
    try {
      do {
        renew();
      } while (!closing.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A file that can't be renewed loses nothing; the store's own writes will fail just as well. */
  private synchronized void renew() {
    long now = position.getAsLong();
    if (now <= written) {
      return;
    }
    try {
      AtomicFile.write(file, text(now));
      written = now;
    } catch (IOException e) {
      LOG.warn("the anchor {} can't be renewed: {}", file, e.toString());
    }
  }

  /** Renews the file a last time. */
  @Override
  public void close() {
    closing.countDown();
    Thread renewing = thread;
    boolean interrupted = false;
    while (renewing != null && renewing.isAlive()) {
      try {
        renewing.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    renew();
  }
}
