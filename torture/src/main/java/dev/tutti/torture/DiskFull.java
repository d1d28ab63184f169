package dev.tutti.torture;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A disk of its own that fills up to the last byte: the runtime stops, starts again without a free
 * byte, and answers what is read.
 */
final class DiskFull implements Fault, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int STORE_FAILED = 70;

  /** More than twice the ballast, so that there is one. */
  private static final String SIZE = "size=420m";

  private static final long LEFT_BYTES = 256 << 10;

  private final Path disk;
  private int filled;

  private DiskFull(Path disk) {
    this.disk = disk;
  }

  /** Mounts a small disk on a folder. */
  static DiskFull mount(Path folder) throws InterruptedException {
    run("mount", "-t", "tmpfs", "-o", SIZE, "tmpfs", folder.toString());
    return new DiskFull(folder);
  }

  private static void run(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).inheritIO().start();
      if (process.waitFor() != 0) {
        throw new Violation(
            "no disk can be mounted here; as another user than root: unshare -rm ./tutti torture");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void strike(Ordeal ordeal, SplittableRandom random) throws InterruptedException {
    try {
      Path filler = disk.resolve("filler");
      Files.deleteIfExists(filler);
      try (Victim victim = ordeal.start(Map.of())) {
        if (!victim.awaitReady()) {
          throw new Violation(
              "I25: the runtime doesn't start: it ended with " + victim.exitValue());
        }
        ordeal.load().start();
        ordeal.load().awaitMore(victim);
        fill(filler, LEFT_BYTES);
        boolean ended = victim.awaitEnd(PATIENCE);
        victim.kill();
        ordeal.load().stop();
        if (!ended) {
          throw new Violation("the load did not fill the disk within " + PATIENCE);
        }
        if (victim.exitValue() != STORE_FAILED) {
          throw new Violation("a full disk ended the runtime with " + victim.exitValue());
        }
      }
      fill(filler, 0);
      if (usable() != 0) {
        throw new Violation("the disk is not full");
      }
      try (Victim victim = ordeal.start(Map.of())) {
        if (!victim.awaitReady()) {
          throw new Violation("the runtime doesn't start on a full disk");
        }
        ordeal.readBack();
        victim.kill();
      }
      Files.delete(filler);
      filled++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Appends to a file until so much is left, or less where the runtime was quicker. */
  private void fill(Path filler, long left) throws IOException {
    byte[] chunk = new byte[4096];
    try (OutputStream out =
        Files.newOutputStream(
            filler,
            java.nio.file.StandardOpenOption.CREATE,
            java.nio.file.StandardOpenOption.APPEND)) {
      while (left == 0 || usable() > left) {
        out.write(chunk);
      }
    } catch (IOException full) {
      if (left > 0 && usable() > left) {
        throw full;
      }
    }
  }

  private long usable() throws IOException {
    return Files.getFileStore(disk).getUsableSpace();
  }

  @Override
  public String figures() {
    return filled + " times filled up, and started again without a free byte";
  }

  @Override
  public void close() {
    try {
      run("umount", "-l", disk.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
