package dev.tutti.store.rocksdb;

import dev.tutti.host.StoreFailure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A data directory as its user sees it, open and held by this process:
 *
 * <pre>
 * FORMAT         the version of all that is in here
 * LOCK           the process that holds it; to be read by other processes only
 * ballast        room to open the store again once the disk is full
 * native/        RocksDB's native code, unpacked
 * store/         the store
 * store.anchor   how far the store has got
 * ...            what others keep, each in a folder of its own
 * </pre>
 *
 * <p>Order of opening: look, and refuse what is not ours before anything is written; lock; look
 * again; write FORMAT where it is new; open the store.
 */
public final class DataDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");
  private static final Set<String> OWN = Set.of("store", "native", "ballast");

  private final Path path;
  private final DirectoryLock lock;
  private final RocksStore store;

  private DataDirectory(Path path, DirectoryLock lock, RocksStore store) {
    this.path = path;
    this.lock = lock;
    this.store = store;
  }

  /**
   * Opens a data directory; makes it, for its owner alone, where it is missing or empty.
   *
   * @throws DataDirectoryException where it can't be used
   */
  public static DataDirectory open(Path directory) {
    Path path = directory.toAbsolutePath().normalize();
    Format.isWritten(path);
    DirectoryLock lock = lock(path);
    boolean open = false;
    try {
      if (!Format.isWritten(path)) {
        Format.write(path);
      }
      DataDirectory opened = new DataDirectory(path, lock, openStore(path));
      open = true;
      return opened;
    } catch (IOException e) {
      throw unwritable(path, e);
    } finally {
      if (!open) {
        lock.close();
      }
    }
  }

  /**
   * Makes sure that no process has a directory open.
   *
   * @throws DataDirectoryException where one has
   */
  public static void requireFree(Path path) {
    lock(path).close();
  }

  private static DirectoryLock lock(Path path) {
    try {
      makePrivate(path);
      return DirectoryLock.take(path);
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  /** Makes a directory that only its owner can enter; one that is there stays as it is. */
  private static void makePrivate(Path path) throws IOException {
    if (Files.notExists(path)) {
      Path parent = path.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.createDirectory(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  private static DataDirectoryException unwritable(Path path, IOException cause) {
    String reason = cause instanceof AccessDeniedException ? "permission denied" : cause.toString();
    return new DataDirectoryException(
        path
            + " can't be written ("
            + reason
            + "): let the user who runs Tutti write there, or choose another data directory",
        cause);
  }

  private static RocksStore openStore(Path path) throws IOException {
    Ballast ballast = new Ballast(path.resolve("ballast"), Tuning.mostUnflushedBytes());
    RocksStore store;
    try {
      store = RocksStore.open(path.resolve("store"));
    } catch (StoreFailure e) {
      if (!isDiskFull(e) || !ballast.giveUp()) {
        throw unusable(path, e);
      }
      LOG.warn("the disk is full: {} opens on its ballast, make room now", path);
      return openAgain(path);
    }
    ballast.takeOn();
    return store;
  }

  private static RocksStore openAgain(Path path) {
    try {
      return RocksStore.open(path.resolve("store"));
    } catch (StoreFailure e) {
      throw unusable(path, e);
    }
  }

  private static boolean isDiskFull(StoreFailure failure) {
    return failure.getCause() instanceof RocksDBException cause
        && cause.getStatus() != null
        && cause.getStatus().getSubCode() == Status.SubCode.NoSpace;
  }

  private static DataDirectoryException unusable(Path path, StoreFailure failure) {
    String advice =
        isDiskFull(failure)
            ? "make room on its disk and start again"
            : "check the disk, and " + wayOut(path);
    return new DataDirectoryException(
        "the data in " + path + " can't be used (" + failure.getMessage() + "): " + advice,
        failure);
  }

  private static String wayOut(Path path) {
    Repair.Finding found = new Repair(path.resolve("store")).look();
    if (found.damage() == null) {
      return "start again: what is stored was read to its end and is whole";
    }
    if (found.wholeTo() >= 0) {
      return "restore the directory from a backup; or, as it is whole up to change "
          + found.wholeTo()
          + ", give up what came after that with ./tutti repair --accept-loss-after="
          + found.wholeTo();
    }
    return "restore the directory from a backup: no part of it can be used as it is";
  }

  /**
   * What was found in a directory that nobody has open.
   *
   * @param damage what is wrong; null where everything is whole
   * @param wholeTo up to which change everything is whole; -1 where that can't be said
   * @param entries of the log, where it is whole
   */
  public record Inspection(@Nullable String damage, long wholeTo, long entries) {}

  /**
   * Reads everything in a directory: each block's checksum, the log's positions and hashes, and its
   * facts.
   *
   * @throws DataDirectoryException where it is no data directory, or in use
   */
  public static Inspection inspect(Path directory) {
    Path path = existing(directory);
    DirectoryLock lock = lock(path);
    try {
      Repair.Finding found = new Repair(path.resolve("store")).look();
      return new Inspection(found.damage(), found.wholeTo(), found.entries());
    } finally {
      lock.close();
    }
  }

  /**
   * Cuts a damaged directory back to a change, and gives up what was acknowledged after it.
   *
   * @param after as {@link #inspect} and the refusal to open name it; no other is accepted
   * @return where the damaged store is kept
   * @throws DataDirectoryException where there is nothing to repair, or it can't be done
   */
  public static Path acceptLoss(Path directory, long after) {
    Path path = existing(directory);
    DirectoryLock lock = lock(path);
    try {
      Repair repair = new Repair(path.resolve("store"));
      Repair.Finding found = repair.look();
      if (found.damage() == null) {
        throw new DataDirectoryException("the data in " + path + " is whole: nothing is lost");
      }
      if (found.wholeTo() < 0) {
        throw new DataDirectoryException(
            "the data in "
                + path
                + " can't be cut back to any change ("
                + found.damage()
                + "): restore it from a backup");
      }
      if (found.wholeTo() != after) {
        throw new DataDirectoryException(
            "the data in "
                + path
                + " is whole up to change "
                + found.wholeTo()
                + " and can be cut back to no other: --accept-loss-after="
                + found.wholeTo());
      }
      return repair.cut(after);
    } catch (IOException e) {
      throw unwritable(path, e);
    } finally {
      lock.close();
    }
  }

  private static Path existing(Path directory) {
    Path path = directory.toAbsolutePath().normalize();
    if (!Format.isWritten(path)) {
      throw new DataDirectoryException(path + " holds no data yet");
    }
    return path;
  }

  public Path path() {
    return path;
  }

  /** The store; it is closed with the directory. */
  public RocksStore store() {
    return store;
  }

  /**
   * A folder for somebody's files, made where it is missing.
   *
   * @param name lower-case letters, digits and hyphens, for example {@code code}
   * @throws DataDirectoryException where it can't be made
   */
  public Path folder(String name) {
    if (!NAME.matcher(name).matches() || OWN.contains(name)) {
      throw new IllegalArgumentException("a folder can't be called " + name);
    }
    try {
      return Files.createDirectories(path.resolve(name));
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  /** Closes the store, then lets others have the directory. */
  @Override
  public void close() {
    try {
      store.close();
    } finally {
      lock.close();
    }
  }
}
