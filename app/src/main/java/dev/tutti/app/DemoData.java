package dev.tutti.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** The demo's data directory. */
final class DemoData {
  private DemoData() {}

  /**
   * Deletes a data directory of an earlier demo.
   *
   * @throws Complaint where the folder holds something else
   */
  static void clear(Path data) {
    if (!Files.exists(data)) {
      return;
    }
    if (!Files.exists(data.resolve("FORMAT")) && !isEmpty(data)) {
      throw new Complaint(data + " isn't a data directory of Tutti; name another with --data");
    }
    try {
      Files.walkFileTree(data, new Deletion());
    } catch (IOException e) {
      throw new UncheckedIOException(data + " can't be deleted", e);
    }
  }

  private static boolean isEmpty(Path folder) {
    try (var files = Files.list(folder)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      throw new Complaint(folder + " can't be read; name another with --data", e);
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(
        Path folder, @org.jspecify.annotations.Nullable IOException failure) throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
