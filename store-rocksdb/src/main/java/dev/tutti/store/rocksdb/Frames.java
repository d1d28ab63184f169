package dev.tutti.store.rocksdb;

import dev.tutti.host.StoreFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The frames that RocksDB's logs and its MANIFEST consist of: blocks of 32 KiB with records, each
 * after a head of seven bytes: checksum (4), length (2), kind (1).
 *
 * <p>They are looked through before RocksDB reads them, for one thing only: a record that seems to
 * be of a log that was recycled, in one that wasn't. One bit makes such a record of any other, and
 * RocksDB (10.1) then reads it over and over without end, where it should report it.
 */
final class Frames {
  private static final int BLOCK = 32 << 10;
  private static final int HEAD = 7;

  private Frames() {}

  /**
   * Looks through what an opening of a store reads.
   *
   * @throws StoreFailure where RocksDB would read for ever, or a file can't be read
   */
  static void check(Path store) {
    try {
      for (Path file : files(store)) {
        long trap = trap(file);
        if (trap >= 0) {
          throw new StoreFailure(
              "the store %s can't be opened: %s is damaged at byte %d"
                  .formatted(store, file.getFileName(), trap));
        }
      }
    } catch (IOException e) {
      throw new StoreFailure("the store " + store + " can't be read: " + e, e);
    }
  }

  /** The MANIFEST that CURRENT names, and all logs. What is missing RocksDB says itself. */
  private static List<Path> files(Path store) throws IOException {
    List<Path> files = new ArrayList<>();
    Path current = store.resolve("CURRENT");
    if (Files.isRegularFile(current)) {
      String named = new String(Files.readAllBytes(current), StandardCharsets.ISO_8859_1).strip();
      if (named.matches("MANIFEST-\\d+") && Files.isRegularFile(store.resolve(named))) {
        files.add(store.resolve(named));
      }
    }
    if (Files.isDirectory(store)) {
      try (var logs = Files.newDirectoryStream(store, "*.log")) {
        logs.forEach(files::add);
      }
    }
    return files;
  }

  /** Cuts a log off where RocksDB would read for ever. */
  static void cut(Path log) throws IOException {
    long trap = trap(log);
    if (trap >= 0) {
      try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
        var _ = channel.truncate(trap);
      }
    }
  }

  /** Where the first record stands that RocksDB would never get past; -1 where there is none. */
  static long trap(Path file) throws IOException {
    // Not mapped: what a JVM has to make ready for its first mapped file takes longer than to read
    // it.
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer block = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
      boolean first = true;
      for (long start = 0; fill(block, channel); start += BLOCK) {
        int at = 0;
        while (at + HEAD <= block.limit()) {
          int length = Short.toUnsignedInt(block.getShort(at + 4));
          int kind = Byte.toUnsignedInt(block.get(at + 6));
          if (isRecycled(kind) && !first) {
            return start + at;
          }
          // What is damaged otherwise RocksDB notices, and goes on with the next block.
          if (kind == 0 || at + HEAD + length > block.limit() || !isWhole(block, at, length)) {
            break;
          }
          first = false;
          at += HEAD + length;
        }
      }
      return -1;
    }
  }

  /** Reads the next block, the last of which may be shorter; returns whether there was one. */
  private static boolean fill(ByteBuffer block, FileChannel channel) throws IOException {
    block.clear();
    while (block.hasRemaining() && channel.read(block) >= 0) {
      // A read may bring less than is asked for.
    }
    return block.flip().hasRemaining();
  }

  private static boolean isRecycled(int kind) {
    return (kind >= 5 && kind <= 8) || kind == 11 || kind == 131;
  }

  /** Whether a record's checksum is right: of its kind and content, rotated and moved. */
  private static boolean isWhole(ByteBuffer block, int at, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(block.slice(at + 6, length + 1));
    int value = (int) checksum.getValue();
    return Integer.rotateRight(value, 15) + 0xa282ead8 == block.getInt(at);
  }
}
