package dev.tutti.runner.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads a zip to its end, into a folder or into nothing, refusing what could reach outside of the
 * folder or fill the disk.
 *
 * <p>Order: names, sizes as promised, contents as they are (a promise may lie, so bytes are counted
 * again), then symbolic links. A link goes up first and down after, never up again, and nothing
 * lies under a link, so that where it leads can be read off its text.
 */
final class Unzip {
  /** What Lambda allows, in bytes: 250 MiB. */
  static final long MAX_UNZIPPED = 262_144_000;

  private static final int MAX_ENTRIES = 200_000;
  private static final int MAX_LINK = 4096;

  private final long maxUnzipped;
  private long unzipped;

  private Unzip(long maxUnzipped) {
    this.maxUnzipped = maxUnzipped;
  }

  /**
   * Reads all of the zip.
   *
   * @param into an empty folder, or null to check only
   * @throws BadPackage where it isn't a zip or isn't allowed
   */
  static void read(Path zip, @Nullable Path into, long maxUnzipped) throws IOException, BadPackage {
    Map<String, Entry> entries = Directory.read(zip);
    check(entries);
    try (ZipFile file = new ZipFile(zip.toFile(), StandardCharsets.UTF_8)) {
      new Unzip(maxUnzipped).read(file, entries, into);
    } catch (ZipException | IllegalArgumentException | java.io.EOFException e) {
      throw BadPackage.notAZip(e);
    }
  }

  private static void check(Map<String, Entry> entries) throws BadPackage {
    if (entries.isEmpty()) {
      throw new BadPackage("Uploaded file must be a non-empty zip");
    }
    if (entries.size() > MAX_ENTRIES) {
      throw new BadPackage("The package has more than " + MAX_ENTRIES + " files.");
    }
    Set<String> leaves = new HashSet<>();
    for (Entry entry : entries.values()) {
      checkName(entry.name());
      if (entry.isSpecial()) {
        throw new BadPackage("The package holds something that isn't a file: " + entry.name());
      }
      if (entry.isFolder() && entry.isSymlink()) {
        throw new BadPackage("The package holds a link that is named as a folder: " + entry.name());
      }
      if (!entry.isFolder()) {
        leaves.add(entry.name());
      }
    }
    checkParents(entries.values(), leaves);
  }

  /** Also by the machine: under some locales it has names in ASCII only. */
  static void checkName(String name) throws BadPackage {
    String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    if (path.isEmpty() || path.startsWith("/") || path.indexOf('\\') >= 0 || path.indexOf(0) >= 0) {
      throw new BadPackage("The package holds a path that isn't relative: " + name);
    }
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw new BadPackage("The package holds a path that leads out of it: " + name);
      }
    }
    try {
      var _ = Path.of(path);
    } catch (InvalidPathException e) {
      throw BadPackage.notAZip(e);
    }
  }

  private static void checkParents(Collection<Entry> entries, Set<String> leaves)
      throws BadPackage {
    for (Entry entry : entries) {
      String name = entry.name();
      for (int at = name.indexOf('/'); at >= 0; at = name.indexOf('/', at + 1)) {
        if (leaves.contains(name.substring(0, at))) {
          throw new BadPackage("The package holds a path that leads through a file: " + name);
        }
      }
    }
  }

  private void read(ZipFile file, Map<String, Entry> entries, @Nullable Path into)
      throws IOException, BadPackage {
    for (Entry entry : entries.values()) {
      ZipEntry data = find(file, entry);
      addUnzipped(Math.max(0, data.getSize()));
    }
    unzipped = 0;
    for (Entry entry : entries.values()) {
      if (!entry.isSymlink()) {
        readEntry(file, entry, into);
      }
    }
    for (Entry entry : entries.values()) {
      if (entry.isSymlink()) {
        readLink(file, entry, into);
      }
    }
  }

  private static ZipEntry find(ZipFile file, Entry entry) throws BadPackage {
    ZipEntry data = file.getEntry(entry.name());
    if (data == null) {
      throw BadPackage.notAZip("an entry that can't be found: " + entry.name());
    }
    return data;
  }

  private void addUnzipped(long bytes) throws BadPackage {
    unzipped += bytes;
    if (unzipped > maxUnzipped) {
      throw new BadPackage("Unzipped size must be smaller than " + maxUnzipped + " bytes");
    }
  }

  private void readEntry(ZipFile file, Entry entry, @Nullable Path into)
      throws IOException, BadPackage {
    if (entry.isFolder()) {
      if (into != null) {
        Files.createDirectories(target(into, entry));
      }
      return;
    }
    ZipEntry data = find(file, entry);
    try (CheckedInputStream in = new CheckedInputStream(file.getInputStream(data), new CRC32())) {
      if (into == null) {
        copy(in, data, OutputStream.nullOutputStream());
      } else {
        Path target = target(into, entry);
        Files.createDirectories(parent(target));
        try (OutputStream out = Files.newOutputStream(target)) {
          copy(in, data, out);
        }
        if (entry.isExecutable()) {
          Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
      }
    }
  }

  private void copy(CheckedInputStream in, ZipEntry data, OutputStream out)
      throws IOException, BadPackage {
    byte[] buffer = new byte[64 * 1024];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      addUnzipped(n);
      out.write(buffer, 0, n);
    }
    if (in.getChecksum().getValue() != data.getCrc()) { // the JDK doesn't look
      throw BadPackage.notAZip("damaged: " + data.getName());
    }
  }

  private void readLink(ZipFile file, Entry entry, @Nullable Path into)
      throws IOException, BadPackage {
    byte[] text;
    try (InputStream in = file.getInputStream(find(file, entry))) {
      text = in.readNBytes(MAX_LINK + 1);
    }
    addUnzipped(text.length);
    String leadsTo = new String(text, StandardCharsets.UTF_8);
    if (text.length > MAX_LINK || !staysInside(entry.name(), leadsTo)) {
      throw new BadPackage("The package holds a link that leads out of it: " + entry.name());
    }
    Path to = Path.of(leadsTo);
    if (into != null) {
      Path link = target(into, entry);
      Files.createDirectories(parent(link));
      Files.createSymbolicLink(link, to);
    }
  }

  static boolean staysInside(String name, String leadsTo) {
    if (leadsTo.isEmpty() || leadsTo.startsWith("/") || leadsTo.indexOf(0) >= 0) {
      return false;
    }
    int depth = (int) name.chars().filter(c -> c == '/').count();
    boolean down = false;
    for (String part : leadsTo.split("/", -1)) {
      if (part.equals("..")) {
        if (down || --depth < 0) {
          return false;
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        down = true;
      }
    }
    return true;
  }

  private static Path target(Path into, Entry entry) throws BadPackage {
    try {
      Path target = into.resolve(entry.name()).normalize();
      if (target.startsWith(into) && !target.equals(into)) {
        return target;
      }
    } catch (InvalidPathException e) {
      throw BadPackage.notAZip(e);
    }
    throw new BadPackage("The package holds a path that leads out of it: " + entry.name());
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IllegalStateException("a path in a folder has a parent: " + path);
    }
    return parent;
  }
}
