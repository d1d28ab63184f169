package dev.tutti.store.rocksdb;

import dev.tutti.host.StoreFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
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
    try (InputStream packed = RocksDB.class.getResourceAsStream("/" + name)) {
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
  private static void unpack(InputStream packed, Path folder, String name) throws IOException {
    byte[] content = packed.readAllBytes();
    Path file = folder.resolve(name);
    if (Files.exists(file)
        && Files.size(file) == content.length
        && Arrays.equals(Files.readAllBytes(file), content)) {
      return;
    }
    Files.createDirectories(folder);
    Path unfinished = folder.resolve(name + AtomicFile.UNFINISHED);
    try {
      Files.write(unfinished, content);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
