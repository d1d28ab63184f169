package dev.tutti.runner.code;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes a folder as a zip that is the same, bit for bit, for the same contents: entries by name,
 * no times, and only the executable bit of the modes. (The JDK's writer can't write modes.)
 *
 * <p>Each file is held whole while it is written, so one over the allowed size is refused unread.
 */
final class FolderZip {
  private static final int MAX_ENTRIES = 65_535;
  private static final int DATE_1980 = 0x21;
  private static final int UTF8_NAMES = 1 << 11;
  private static final int DEFLATED = 8;
  private static final int VERSION = 20;
  private static final int MADE_BY_UNIX = 3 << 8 | VERSION;

  private final OutputStream out;
  private final List<byte[]> directory = new ArrayList<>();
  private long offset;

  private FolderZip(OutputStream out) {
    this.out = out;
  }

  static void write(Path folder, Path zip, long maxUnzipped) throws IOException, BadPackage {
    List<Path> files = files(folder);
    if (files.isEmpty()) {
      throw new BadPackage("The folder " + folder + " holds no file.");
    }
    if (files.size() > MAX_ENTRIES) {
      throw new BadPackage("The folder " + folder + " holds more than " + MAX_ENTRIES + " files.");
    }
    long total = 0;
    for (Path file : files) {
      total += Files.isSymbolicLink(file) ? 0 : Files.size(file);
      if (total > maxUnzipped) {
        throw new BadPackage("Unzipped size must be smaller than " + maxUnzipped + " bytes");
      }
    }
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(zip), 64 * 1024)) {
      FolderZip writer = new FolderZip(out);
      for (Path file : files) {
        writer.add(name(folder, file), mode(file), contents(file));
      }
      writer.end();
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> Files.isSymbolicLink(path) || Files.isRegularFile(path))
          .sorted(Comparator.comparing(path -> name(folder, path)))
          .toList();
    }
  }

  private static String name(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  private static int mode(Path file) {
    if (Files.isSymbolicLink(file)) {
      return 0120777;
    }
    return Files.isExecutable(file) ? 0100755 : 0100644;
  }

  private static byte[] contents(Path file) throws IOException {
    return Files.isSymbolicLink(file)
        ? Files.readSymbolicLink(file).toString().getBytes(StandardCharsets.UTF_8)
        : Files.readAllBytes(file);
  }

  private void add(String name, int mode, byte[] contents) throws IOException {
    byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
    CRC32 crc = new CRC32();
    crc.update(contents);
    byte[] packed = new byte[contents.length + contents.length / 1000 + 64];
    int packedLength = deflate(contents, packed);

    ByteBuffer common = buffer(26);
    common.putShort((short) VERSION).putShort((short) UTF8_NAMES).putShort((short) DEFLATED);
    common.putShort((short) 0).putShort((short) DATE_1980);
    common.putInt((int) crc.getValue()).putInt(packedLength).putInt(contents.length);
    common.putShort((short) nameBytes.length).putShort((short) 0);
    byte[] shared = bytes(common);

    ByteBuffer entry = buffer(46 + nameBytes.length);
    entry.putInt(0x02014b50).putShort((short) MADE_BY_UNIX).put(shared);
    entry.putShort((short) 0).putShort((short) 0).putShort((short) 0);
    entry.putInt(mode << 16).putInt((int) offset).put(nameBytes);
    directory.add(bytes(entry));

    ByteBuffer local = buffer(30 + nameBytes.length);
    local.putInt(0x04034b50).put(shared).put(nameBytes);
    write(bytes(local));
    write(packed, packedLength);
  }

  private static int deflate(byte[] contents, byte[] packed) {
    try (Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true)) {
      deflater.setInput(contents);
      deflater.finish();
      int length = deflater.deflate(packed);
      if (!deflater.finished()) {
        throw new IllegalStateException("the buffer for deflated bytes is too small");
      }
      return length;
    }
  }

  private void end() throws IOException {
    long start = offset;
    for (byte[] entry : directory) {
      write(entry);
    }
    ByteBuffer end = buffer(22);
    end.putInt(0x06054b50).putInt(0);
    end.putShort((short) directory.size()).putShort((short) directory.size());
    end.putInt((int) (offset - start)).putInt((int) start).putShort((short) 0);
    write(bytes(end));
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] bytes(ByteBuffer filled) {
    byte[] bytes = new byte[filled.flip().remaining()];
    filled.get(bytes);
    return bytes;
  }

  private void write(byte[] bytes) throws IOException {
    write(bytes, bytes.length);
  }

  private void write(byte[] bytes, int count) throws IOException {
    out.write(bytes, 0, count);
    offset += count;
  }
}
