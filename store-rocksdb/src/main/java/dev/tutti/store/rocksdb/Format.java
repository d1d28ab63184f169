package dev.tutti.store.rocksdb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The FORMAT file: what kind of folder this is, and which version of the data format it holds. It
 * is the first thing in a new data directory and the first thing read of an old one.
 */
final class Format {
  static final int VERSION = 1;
  private static final String FILE = "FORMAT";
  private static final Pattern TEXT = Pattern.compile("tutti-data (\\d{1,9})\n");

  /**
   * What may lie in a folder that counts as empty: what a creation cut short leaves, and ext4's.
   */
  private static final Set<String> NOTHING =
      Set.of(FILE + AtomicFile.UNFINISHED, DirectoryLock.FILE, "lost+found");

  private Format() {}

  /**
   * Looks at a folder and changes nothing.
   *
   * @return whether it is a data directory of this format; false where it can become one
   * @throws DataDirectoryException where it is something else
   */
  static boolean isWritten(Path folder) {
    try {
      if (Files.notExists(folder)) {
        return false;
      }
      if (!Files.isDirectory(folder)) {
        throw new DataDirectoryException(
            folder + " is not a directory: choose another data directory");
      }
      if (Files.exists(folder.resolve(FILE))) {
        check(folder);
        return true;
      }
      if (!isEmpty(folder)) {
        throw new DataDirectoryException(
            folder
                + " holds files but is not a Tutti data directory (it has no FORMAT file): choose"
                + " an empty or new directory");
      }
      return false;
    } catch (IOException e) {
      throw new DataDirectoryException(
          folder + " can't be read (" + e + "): check who owns it and its permissions", e);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      return NOTHING.containsAll(names);
    }
  }

  private static void check(Path folder) throws IOException {
    String text = Files.readString(folder.resolve(FILE), StandardCharsets.ISO_8859_1);
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new DataDirectoryException(
          folder.resolve(FILE)
              + " does not name a Tutti data format: choose another data directory, or restore the"
              + " file from a backup");
    }
    int version = Integer.parseInt(matcher.group(1));
    if (version != VERSION) {
      throw new DataDirectoryException(
          folder
              + " holds data format "
              + version
              + " and this Tutti reads format "
              + VERSION
              + ": use the Tutti that wrote it, or choose another data directory");
    }
  }

  static void write(Path folder) throws IOException {
    AtomicFile.write(folder.resolve(FILE), "tutti-data " + VERSION + "\n");
  }
}
