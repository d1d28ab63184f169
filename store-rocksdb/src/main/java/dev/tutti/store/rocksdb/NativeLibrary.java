package dev.tutti.store.rocksdb;

import dev.tutti.host.StoreFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.CRC32;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads RocksDB's native code. Left to itself RocksDB unpacks it into a new temporary file at each
 * start, and each process that is killed leaves 15 MB behind; here it has one place.
 */
final class NativeLibrary {
  private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);
  private static boolean loaded;

  private NativeLibrary() {}

  /** Unpacks into a folder and loads from there; later calls do nothing. */
  static synchronized void load(Path folder) {
    if (loaded) {
      return;
    }
    String name = Environment.getJniLibraryFileName("rocksdb");
    Path place = folder.toAbsolutePath();
    try {
      URL packed = RocksDB.class.getResource("/" + name);
      if (packed == null) {
        throw new StoreFailure("the store runs on Linux on x86-64 only: there is no " + name);
      }
      // RocksDB looks in a folder for another name than in its jar
      unpack(packed, place, Environment.getJniLibraryFileName("rocksdbjni"));
      RocksDB.loadLibrary(List.of(place.toString()));
    } catch (IOException | UnsatisfiedLinkError e) {
      LOG.info(
          "RocksDB is loaded from the temporary folder, not from {}: {}", folder, e.toString());
      RocksDB.loadLibrary();
    }
    loaded = true;
  }

  /**
   * Leaves a file alone that is right already, so that a full disk is no obstacle; else replaces it
   * by a rename, because another process may have the old one mapped.
   */
  private static void unpack(URL packed, Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    URLConnection connection = packed.openConnection();
    if (isThere(connection, file)) {
      return;
    }
    Files.createDirectories(folder);
    Path unfinished = folder.resolve(name + AtomicFile.UNFINISHED);
    try (InputStream content = connection.getInputStream()) {
      Files.copy(content, unfinished, StandardCopyOption.REPLACE_EXISTING);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /** Whether a file has the length and checksum that the jar has down for its entry. */
  private static boolean isThere(URLConnection packed, Path file) throws IOException {
    if (!(packed instanceof JarURLConnection jar) || Files.notExists(file)) {
      return false;
    }
    CRC32 checksum = new CRC32();
    checksum.update(Files.readAllBytes(file));
    return Files.size(file) == jar.getJarEntry().getSize()
        && checksum.getValue() == jar.getJarEntry().getCrc();
  }
}
