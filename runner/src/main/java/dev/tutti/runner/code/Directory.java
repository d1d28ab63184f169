package dev.tutti.runner.code;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads a zip's central directory (PKWARE's APPNOTE 4.3.12) for what the JDK doesn't tell: the Unix
 * modes, by which symbolic links and executables are known.
 */
final class Directory {
  private static final int MAX_BYTES = 64 * 1024 * 1024;
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int ENTRY_SIGNATURE = 0x02014b50;
  private static final int END_SIZE = 22;
  private static final int ENTRY_SIZE = 46;
  private static final int MAX_COMMENT = 0xffff;
  private static final long ZIP64 = 0xffffffffL;
  private static final int UNIX = 3;
  private static final int MACOS = 19;

  private Directory() {}

  static Map<String, Entry> read(Path zip) throws IOException, BadPackage {
    try (RandomAccessFile file = new RandomAccessFile(zip.toFile(), "r")) {
      ByteBuffer end = tail(file);
      int at = endRecord(end);
      if (at < 0) {
        throw BadPackage.notAZip("no end record");
      }
      long size = end.getInt(at + 12) & 0xffffffffL;
      long offset = end.getInt(at + 16) & 0xffffffffL;
      long start = file.length() - end.limit() + at - size; // a prefix may stand before the zip
      if (size > MAX_BYTES || start < 0 || (start < offset && offset != ZIP64)) {
        throw BadPackage.notAZip("the directory isn't where it should be");
      }
      byte[] directory = new byte[(int) size];
      file.seek(start);
      file.readFully(directory);
      return entries(directory);
    }
  }

  private static ByteBuffer tail(RandomAccessFile file) throws IOException {
    long length = file.length();
    byte[] bytes = new byte[(int) Math.min(length, END_SIZE + MAX_COMMENT)];
    file.seek(length - bytes.length);
    file.readFully(bytes);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int endRecord(ByteBuffer tail) {
    for (int at = tail.limit() - END_SIZE; at >= 0; at--) {
      if (tail.getInt(at) == END_SIGNATURE
          && at + END_SIZE + (tail.getShort(at + 20) & 0xffff) == tail.limit()) {
        return at;
      }
    }
    return -1;
  }

  private static Map<String, Entry> entries(byte[] bytes) throws BadPackage {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    Map<String, Entry> entries = new LinkedHashMap<>();
    int at = 0;
    while (at + ENTRY_SIZE <= in.limit() && in.getInt(at) == ENTRY_SIGNATURE) {
      int madeBy = in.get(at + 5);
      int nameLength = in.getShort(at + 28) & 0xffff;
      int next =
          at
              + ENTRY_SIZE
              + nameLength
              + (in.getShort(at + 30) & 0xffff)
              + (in.getShort(at + 32) & 0xffff);
      if (next > in.limit()) {
        break;
      }
      String name = new String(bytes, at + ENTRY_SIZE, nameLength, StandardCharsets.UTF_8);
      int mode = madeBy == UNIX || madeBy == MACOS ? in.getInt(at + 38) >>> 16 : 0;
      if (entries.put(name, new Entry(name, mode)) != null) {
        throw BadPackage.notAZip("the same entry twice: " + name);
      }
      at = next;
    }
    if (at != in.limit()) {
      throw BadPackage.notAZip("the directory ends early");
    }
    return entries;
  }
}
