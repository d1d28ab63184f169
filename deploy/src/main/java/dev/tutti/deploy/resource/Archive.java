package dev.tutti.deploy.resource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs a function's code as a zip archive, in memory. The same files give the same bytes: sorted
 * by name, one fixed time, and of the permissions only whether a file may be executed.
 */
final class Archive {
  /** Lambda's limit on unpacked code. */
  static final long MOST_BYTES = 250L * 1024 * 1024;

  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
  private static final Set<String> LEFT_OUT =
      Set.of(".git", ".aws-sam", "__pycache__", ".DS_Store");

  private Archive() {}

  private record Entry(String name, Path file) {}

  /**
   * The code at a path: a folder packed, a .zip or .jar as it is, any other file packed alone.
   *
   * @throws TooLargeException where it is over {@link #MOST_BYTES}
   */
  static byte[] of(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return pack(entries(path));
    }
    String name = path.getFileName().toString();
    if (name.endsWith(".zip") || name.endsWith(".jar")) {
      limit(Files.size(path));
      return Files.readAllBytes(path);
    }
    return pack(List.of(new Entry(name, path)));
  }

  /** A single file's text. */
  static byte[] inline(String name, String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      put(zip, name, text.getBytes(StandardCharsets.UTF_8));
    }
    return withPermissions(bytes.toByteArray(), List.of(false));
  }

  private static List<Entry> entries(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !leftOut(folder.relativize(file)))
          .map(file -> new Entry(folder.relativize(file).toString().replace('\\', '/'), file))
          .sorted(Comparator.comparing(Entry::name))
          .toList();
    }
  }

  private static boolean leftOut(Path relative) {
    for (Path part : relative) {
      if (LEFT_OUT.contains(part.toString())) {
        return true;
      }
    }
    return false;
  }

  private static byte[] pack(List<Entry> entries) throws IOException {
    var bytes = new ByteArrayOutputStream();
    List<Boolean> executable = new ArrayList<>();
    long total = 0;
    try (var zip = new ZipOutputStream(bytes)) {
      for (Entry entry : entries) {
        total += Files.size(entry.file());
        limit(total);
        put(zip, entry.name(), Files.readAllBytes(entry.file()));
        executable.add(Files.isExecutable(entry.file()));
      }
    }
    return withPermissions(bytes.toByteArray(), executable);
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    var entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static void limit(long size) throws TooLargeException {
    if (size > MOST_BYTES) {
      throw new TooLargeException();
    }
  }

  /**
   * Writes Unix permissions into the archive's directory, which the JDK's writer leaves empty
   * (PKWARE's appnote, 4.3.12: made-by at 4, external attributes at 38, header of 46 bytes).
   */
  private static byte[] withPermissions(byte[] zip, List<Boolean> executable) {
    ByteBuffer buffer = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    int at = buffer.getInt(zip.length - 22 + 16);
    for (boolean mayRun : executable) {
      buffer.put(at + 5, (byte) 3);
      buffer.putInt(at + 38, (mayRun ? 0100755 : 0100644) << 16);
      at +=
          46
              + Short.toUnsignedInt(buffer.getShort(at + 28))
              + Short.toUnsignedInt(buffer.getShort(at + 30))
              + Short.toUnsignedInt(buffer.getShort(at + 32));
    }
    return zip;
  }

  /** Code over {@link #MOST_BYTES}. */
  static final class TooLargeException extends IOException {
    TooLargeException() {
      super("the code is larger than 250 MB");
    }
  }
}
