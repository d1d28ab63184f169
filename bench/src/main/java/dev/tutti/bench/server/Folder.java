package dev.tutti.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A folder of this run's own, deleted when closed.
 *
 * @param path made, and empty at first
 */
public record Folder(Path path) implements AutoCloseable {
  /**
   * Makes one.
   *
   * @param parent made where it is missing
   */
  public static Folder fresh(Path parent) throws IOException {
    Files.createDirectories(parent);
    return new Folder(Files.createTempDirectory(parent, "run-"));
  }

  /** Whether files in here never reach a disk: an fsync there costs nothing and means nothing. */
  public boolean isInMemory() throws IOException {
    String type = Files.getFileStore(path).type();
    return type.equals("tmpfs") || type.equals("ramfs");
  }

  /** Bytes of all files. */
  public long bytes() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      return files.mapToLong(Folder::size).sum();
    }
  }

  /** A file that is gone by the time it is looked at has no size. */
  private static long size(Path file) {
    return Files.isRegularFile(file) ? file.toFile().length() : 0;
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(path)) {
      files.sorted(Comparator.reverseOrder()).forEach(Folder::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
