package dev.tutti.store.rocksdb;

import dev.tutti.host.Store.Table;
import dev.tutti.host.StoreFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open RocksDB with all that belongs to it.
 *
 * <p>A new one is made beside its place and then renamed, because RocksDB, told to create what is
 * missing, also creates an empty database over one whose CURRENT file is lost.
 */
record Database(RocksDB db, Map<Table, ColumnFamilyHandle> families, Health health, Tuning tuning)
    implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  static Database openOrCreate(Path folder) {
    long anchored = Anchor.read(Anchor.of(folder)).changes();
    if (Files.notExists(folder)) {
      if (anchored > 0) {
        throw new StoreFailure("the store " + folder + " is gone, but its anchor is there");
      }
      create(folder);
    }
    Database database = open(folder, false);
    checkAnchor(database, folder);
    return database;
  }

  /** Closes and refuses a store that ends before its anchor. */
  static void checkAnchor(Database database, Path folder) {
    long anchored = Anchor.read(Anchor.of(folder)).changes();
    long position = database.db.getLatestSequenceNumber();
    if (position < anchored) {
      database.close();
      throw new StoreFailure(
          "the store "
              + folder
              + " ends at change "
              + position
              + ", but "
              + anchored
              + " were acknowledged: a log file is cut or missing");
    }
  }

  private static void create(Path folder) {
    Path unfinished = folder.resolveSibling(folder.getFileName() + AtomicFile.UNFINISHED);
    try {
      deleteAll(unfinished);
      Files.createDirectories(unfinished);
      open(unfinished, true).close();
      AtomicFile.syncFolder(unfinished);
      AtomicFile.rename(unfinished, folder);
    } catch (IOException e) {
      throw new StoreFailure("the store " + folder + " can't be made: " + e, e);
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

  private static Database open(Path folder, boolean create) {
    return open(folder, (tuning, health) -> tuning.database(health, create), RocksDB::open);
  }

  /** Opens for reading; what is in the folder stays as it is. */
  static Database openReadOnly(Path folder) {
    return open(folder, Tuning::reading, RocksDB::openReadOnly);
  }

  /** Opens and drops what comes after a damage in the log. */
  static Database openUpToDamage(Path folder) {
    return open(folder, Tuning::mending, RocksDB::open);
  }

  private interface Options {
    DBOptions of(Tuning tuning, Health health);
  }

  private interface Opening {
    RocksDB open(
        DBOptions options,
        String folder,
        List<ColumnFamilyDescriptor> families,
        List<ColumnFamilyHandle> handles)
        throws RocksDBException;
  }

  private static Database open(Path folder, Options options, Opening opening) {
    Frames.check(folder);
    Tuning tuning = new Tuning();
    Health health = new Health();
    List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
    descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, tuning.unused()));
    for (Table table : Table.values()) {
      descriptors.add(new ColumnFamilyDescriptor(name(table), tuning.family(table)));
    }
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try {
      RocksDB db =
          opening.open(options.of(tuning, health), folder.toString(), descriptors, handles);
      Map<Table, ColumnFamilyHandle> families = new EnumMap<>(Table.class);
      var opened = handles.listIterator(1);
      for (Table table : Table.values()) {
        families.put(table, opened.next());
      }
      return new Database(db, families, health, tuning);
    } catch (RocksDBException e) {
      tuning.close();
      health.close();
      throw new StoreFailure("the store " + folder + " can't be opened: " + e.getMessage(), e);
    }
  }

  private static byte[] name(Table table) {
    return table.name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Frees the families first, then the database, then what it was set up with. That a database
   * which has failed can't be closed in order either is no news.
   */
  @Override
  public void close() {
    try {
      db.closeE();
    } catch (RocksDBException e) {
      StoreFailure failure =
          new StoreFailure("the store was not closed in order: " + e.getMessage(), e);
      if (health.isGood()) {
        throw failure;
      }
      LOG.warn("a failed store is closed", failure);
    } finally {
      tuning.close();
      health.close();
    }
  }
}
