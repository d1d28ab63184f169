package dev.tutti.store.rocksdb;

import dev.tutti.host.LogCheck.Mark;
import dev.tutti.host.StoreFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small file beside a store that says how far the store had got: how many changes it had, and the
 * last entry of each shard's log with its hash. RocksDB can't tell a log that was deleted or cut
 * from one that never was; a store that ends before its anchor has lost acknowledged changes.
 *
 * <pre>
 * tutti-anchor CHANGES CRC
 * SHARD POSITION HASH
 * </pre>
 *
 * <p>Renewed at most once a second, so it may lag behind and never runs ahead: only changes that
 * are fsynced count.
 */
final class Anchor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Anchor.class);
  private static final Pattern TEXT =
      Pattern.compile(
          "tutti-anchor (\\d{1,19}) [0-9a-f]{8}\n((?:\\d{1,5} \\d{1,19} [0-9a-f]{64}\n)*)");
  private static final long PERIOD_MILLIS = 1000;

  private final Path file;
  private final Supplier<Content> content;
  private final CountDownLatch closing = new CountDownLatch(1);
  private @Nullable Thread thread;
  private long written;

  /**
   * What an anchor says.
   *
   * @param changes how many are fsynced; 0 where that is not known
   * @param heads the last entry of each shard's log
   */
  record Content(long changes, SortedMap<Integer, Mark> heads) {
    static final Content NOTHING = new Content(0, new TreeMap<>());

    private String text() {
      StringBuilder lines = new StringBuilder();
      heads.forEach((shard, mark) ->
          lines
              .append(shard)
              .append(' ')
              .append(mark.position())
              .append(' ')
              .append(mark.hash())
              .append('\n'));
      CRC32 sum = new CRC32();
      sum.update((changes + lines.toString()).getBytes(StandardCharsets.UTF_8));
      return "tutti-anchor %d %08x\n%s".formatted(changes, sum.getValue(), lines);
    }
  }

  Anchor(Path file, Supplier<Content> content) {
    this.file = file;
    this.content = content;
  }

  static Path of(Path store) {
    return store.resolveSibling(store.getFileName() + ".anchor");
  }

  /** Returns what an anchor file says, or {@link Content#NOTHING} where there is none. */
  static Content read(Path file) {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return Content.NOTHING;
    } catch (IOException e) {
      throw new StoreFailure("the anchor " + file + " can't be read: " + e, e);
    }
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw damaged(file);
    }
    SortedMap<Integer, Mark> heads = new TreeMap<>();
    matcher
        .group(2)
        .lines()
        .map(line -> line.split(" ", -1))
        .forEach(parts ->
            heads.put(Integer.parseInt(parts[0]), new Mark(Long.parseLong(parts[1]), parts[2])));
    Content content = new Content(Long.parseLong(matcher.group(1)), heads);
    if (!text.equals(content.text())) {
      throw damaged(file);
    }
    return content;
  }

  private static StoreFailure damaged(Path file) {
    return new StoreFailure(
        "the anchor "
            + file
            + " is damaged; where the store is whole it can be deleted, and everything is checked");
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
    Content now;
    try {
      now = content.get();
    } catch (StoreFailure e) {
      LOG.warn("the anchor {} can't be renewed: {}", file, e.toString());
      return;
    }
    if (now.changes() <= written) {
      return;
    }
    try {
      AtomicFile.write(file, now.text());
      written = now.changes();
    } catch (IOException e) {
      LOG.warn("the anchor {} can't be renewed: {}", file, e.toString());
    }
  }

  /** Stops to renew the file; returns once nobody reads the store for it any more. */
  void stop() {
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
  }

  /** Renews the file a last time. */
  @Override
  public void close() {
    stop();
    renew();
  }
}
