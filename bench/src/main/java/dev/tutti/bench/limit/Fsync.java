package dev.tutti.bench.limit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** How often a second one thread can append 4 KiB to a file and have it on disk. */
final class Fsync {
  private static final int BLOCK = 4096;
  private static final double NANOS = 1e9;

  private Fsync() {}

  /** Writes to a file in the folder for a time; deletes it. */
  static double perSecond(Path folder, Duration time) throws IOException {
    Path file = folder.resolve("fsync.probe");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
      long began = System.nanoTime();
      long count = 0;
      while (System.nanoTime() - began < time.toNanos()) {
        channel.write(block.clear());
        channel.force(false);
        count++;
      }
      return count * NANOS / (System.nanoTime() - began);
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
