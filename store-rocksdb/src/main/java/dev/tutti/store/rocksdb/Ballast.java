package dev.tutti.store.rocksdb;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of no use but its size. RocksDB can't open on a full disk, because it first writes what
 * its log holds to tables; giving the ballast up leaves the room for that. It is as large as what
 * the log may hold that no table does, and random, so that no file system stores it in less.
 */
final class Ballast {
  private static final Logger LOG = LoggerFactory.getLogger(Ballast.class);
  private static final int CHUNK_BYTES = 1 << 20;

  private final Path file;
  private final long bytes;

  Ballast(Path file, long bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /** Takes ballast on, where it is missing and the disk has room for twice as much. */
  void takeOn() {
    try {
      if (Files.exists(file) && Files.size(file) >= bytes) {
        return;
      }
      if (Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace() < 2 * bytes) {
        LOG.warn("the disk is nearly full: {} is not made", file);
        return;
      }
      byte[] chunk = new byte[CHUNK_BYTES];
      new SplittableRandom(bytes).nextBytes(chunk);
      try (OutputStream out = Files.newOutputStream(file)) {
        for (long left = bytes; left > 0; left -= CHUNK_BYTES) {
          out.write(chunk, 0, (int) Math.min(left, CHUNK_BYTES));
        }
      }
    } catch (IOException e) {
      LOG.warn("{} can't be made: {}", file, e.toString());
    }
  }

  /** Gives the ballast up; returns whether there was any. */
  boolean giveUp() throws IOException {
    return Files.deleteIfExists(file);
  }
}
