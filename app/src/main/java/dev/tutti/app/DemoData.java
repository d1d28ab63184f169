package dev.tutti.app;

import dev.tutti.store.rocksdb.DataDirectory;
import dev.tutti.store.rocksdb.DataDirectoryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** The demo's data directory, which has a mark, so that no other is deleted. */
final class DemoData {
  private static final String MARK = "DEMO";

  private DemoData() {}

  /**
   * Deletes a data directory of an earlier demo.
   *
   * @throws Complaint where the folder holds something else, or a runtime has it open
   */
  static void clear(Path data) {
    if (!Files.exists(data)) {
      return;
    }
    if (!Files.exists(data.resolve(MARK)) && !isEmpty(data)) {
      throw new Complaint(
          data + " isn't a demo's data directory; delete it, or name another with --data");
    }
    try {
      DataDirectory.requireFree(data);
    } catch (DataDirectoryException e) {
      throw new Complaint(String.valueOf(e.getMessage()), e);
    }
    delete(data);
  }

  /** Deletes a folder that nobody else can have. */
  static void delete(Path data) {
    try {
      Files.walkFileTree(data, new Deletion());
    } catch (IOException e) {
      throw new UncheckedIOException(data + " can't be deleted", e);
    }
  }

  /** Marks a data directory as a demo's. */
  static void mark(Path data) {
    try {
      Files.createFile(data.resolve(MARK));
    } catch (IOException e) {
      throw new UncheckedIOException(data + " can't be marked", e);
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
