package dev.tutti.store.rocksdb;

import dev.tutti.host.Batch;
import dev.tutti.host.LogCheck;
import dev.tutti.host.Store.Table;
import dev.tutti.host.StoreFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a store whose log is damaged, and the way back to a store that opens.
 *
 * <p>A damage in RocksDB's log files costs everything that was written after it, because what comes
 * later may build on it. So the store can be cut back to the change before the damage, and to no
 * other place: there all tables are as they were at that moment, and the chain is whole. A damage
 * in a table can't be cut away: its facts are older than what was built on them.
 */
final class Repair {
  private static final String LOG_FILE = "\\d+\\.log";

  private final Path folder;

  /**
   * What was found.
   *
   * @param damage why the store isn't opened; null where it is
   * @param wholeTo the change up to which everything is whole; -1 where there is no such change
   */
  record Finding(@Nullable String damage, long wholeTo, long entries) {}

  /** A store's repair; nobody else may have it open. */
  Repair(Path folder) {
    this.folder = folder;
  }

  /** Reads everything, and changes nothing in the store. */
  Finding look() {
    String damage;
    try (RocksStore store = RocksStore.openReadOnly(folder)) {
      store.readAll();
      LogCheck.Result result = LogCheck.whole(store);
      if (result.faults().isEmpty()) {
        return new Finding(null, store.changes(), result.entries());
      }
      damage = "the log is damaged: " + String.join("; ", result.faults());
    } catch (StoreFailure failure) {
      damage = String.valueOf(failure.getMessage());
    }
    return new Finding(damage, upToDamage(), 0);
  }

  /**
   * How far a copy without its last log files is whole, trying with as many as possible; -1 where
   * none is.
   */
  private long upToDamage() {
    try {
      List<Path> logs = logs();
      for (int kept = logs.size(); kept >= 0; kept--) {
        long whole = wholeWith(logs.subList(0, kept));
        if (whole >= 0) {
          return whole;
        }
      }
      return -1;
    } catch (IOException e) {
      throw new StoreFailure("the store " + folder + " can't be looked through: " + e, e);
    }
  }

  private long wholeWith(List<Path> logs) throws IOException {
    Path copy = folder.resolveSibling(folder.getFileName() + ".look");
    deleteAll(copy);
    Files.createDirectories(copy);
    try {
      copy(copy, logs);
      try (RocksStore store = RocksStore.mendUpToDamage(copy)) {
        store.readAll();
        return LogCheck.whole(store).faults().isEmpty() ? store.changes() : -1;
      } catch (StoreFailure stillDamaged) {
        // Not with these log files; the next try has one less.
        return -1;
      }
    } finally {
      deleteAll(copy);
    }
  }

  private void copy(Path to, List<Path> logs) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path there = to.resolve(file.getFileName());
        if (file.getFileName().toString().endsWith(".sst")) {
          Files.createLink(there, file);
        } else if (!isLog(file) || logs.contains(file)) {
          Files.copy(file, there);
          if (isLog(file)) {
            Frames.cut(there);
          }
        }
      }
    }
  }

  private static boolean isLog(Path file) {
    return file.getFileName().toString().matches(LOG_FILE);
  }

  private List<Path> logs() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Repair::isLog).sorted(Comparator.comparing(Path::getFileName)).toList();
    }
  }

  /**
   * Cuts the store back to a change. What it was is kept beside it, in a folder that is returned.
   *
   * @param wholeTo as {@link #look} found it
   */
  Path cut(long wholeTo) throws IOException {
    Path kept = folder.resolveSibling(folder.getFileName() + ".damaged-after-" + wholeTo);
    Path mended = folder.resolveSibling(folder.getFileName() + AtomicFile.UNFINISHED);
    List<Path> logs = logs();
    for (int count = logs.size(); count >= 0; count--) {
      deleteAll(mended);
      Files.createDirectories(mended);
      copy(mended, logs.subList(0, count));
      if (mend(mended, wholeTo)) {
        AtomicFile.syncFolder(mended);
        Files.move(folder, kept);
        AtomicFile.rename(mended, folder);
        // Last: where neither a store nor its anchor is there, a new one would be made.
        Path anchor = Anchor.of(folder);
        if (Files.exists(anchor)) {
          Files.move(anchor, kept.resolve(anchor.getFileName()));
        }
        RocksStore.open(folder).close();
        return kept;
      }
    }
    throw new StoreFailure("the store " + folder + " can't be cut back to change " + wholeTo);
  }

  /** Opens a copy up to its damage for good, and takes down what was given up. */
  private static boolean mend(Path copy, long wholeTo) {
    try (RocksStore store = RocksStore.mendUpToDamage(copy)) {
      if (store.changes() != wholeTo || !LogCheck.whole(store).faults().isEmpty()) {
        return false;
      }
      Batch batch = new Batch();
      batch.put(
          Table.META,
          ("loss accepted after change " + wholeTo).getBytes(StandardCharsets.UTF_8),
          java.time.Instant.now().toString().getBytes(StandardCharsets.UTF_8));
      store.commit(batch);
      return true;
    } catch (StoreFailure notWithThese) {
      // Not with these log files; the next try has one less.
      return false;
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
