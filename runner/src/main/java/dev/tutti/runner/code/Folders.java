package dev.tutti.runner.code;

import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes folders with all that they hold, following no link. */
public final class Folders {
  private static final Logger LOG = LoggerFactory.getLogger(Folders.class);

  private Folders() {}

  /**
   * Removes a folder; one whose permissions keep its owner out is opened first.
   *
   * @throws IOException why the first that is left could not be removed; the rest is gone
   */
  public static void remove(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Set<Path> opened = new HashSet<>();
    Removal removal;
    int before;
    do {
      before = opened.size();
      removal = new Removal(opened);
      Files.walkFileTree(folder, removal);
    } while (opened.size() > before);
    if (removal.first != null) {
      throw removal.first;
    }
  }

  /**
   * Removes a folder as far as that can be done: another user's files stay, for one, and so does
   * what lies deeper than a path may be long.
   *
   * @return whether it is gone
   */
  public static boolean removeIfPossible(Path folder) {
    try {
      remove(folder);
      return true;
    } catch (IOException e) {
      LOG.warn("{} could not be removed; what is left of it can be removed by hand", folder, e);
      return false;
    }
  }

  /** One walk. A folder that had to be opened needs another, and none is opened twice. */
  private static final class Removal extends SimpleFileVisitor<Path> {
    private final Set<Path> opened;
    private @Nullable IOException first;

    Removal(Set<Path> opened) {
      this.opened = opened;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      var _ = open(directory);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      boolean mayOpen =
          e instanceof AccessDeniedException
              && Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
              && !opened.contains(file);
      if (mayOpen && open(file)) {
        opened.add(file);
      } else if (!(e instanceof NoSuchFileException)) {
        failed(e);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
      if (e != null) {
        failed(e);
      }
      delete(directory);
      return FileVisitResult.CONTINUE;
    }

    private void delete(Path path) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        failed(e);
      }
    }

    private void failed(IOException e) {
      if (first == null) {
        first = e;
      }
    }

    /** Lets its owner into a folder; false where this program isn't that owner's. */
    private static boolean open(Path directory) {
      File folder = directory.toFile();
      return folder.setReadable(true, true)
          && folder.setWritable(true, true)
          && folder.setExecutable(true, true);
    }
  }
}
