package dev.tutti.store.rocksdb;

import dev.tutti.host.Batch;
import dev.tutti.host.LogCheck;
import dev.tutti.host.Store;
import dev.tutti.host.StoreFailure;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * A store in one RocksDB: a column family for each table, one log for all, so that a commit is one
 * record of that log and one fsync. Threads that commit at the same time share an fsync.
 *
 * <p>It stops at the first failure: once a commit or a background job has failed, every later
 * commit is refused; reads go on. Every block that is read is checked against its checksum.
 *
 * <p>Closing is safe at any moment: scans that are under way end with a {@link StoreFailure}, and
 * so does every later call.
 */
public final class RocksStore implements Store {
  private final Path folder;
  private final boolean anchored;
  private final Database database;
  private final RocksDB db;
  private final Map<Table, ColumnFamilyHandle> families;
  private final Health health;
  private final Anchor anchor;
  private final Gate gate = new Gate();
  private final GroupCommit commits = new GroupCommit(this::write);
  private final WriteOptions durable = new WriteOptions().setSync(true);
  private final ReadOptions checked = new ReadOptions().setVerifyChecksums(true);

  private RocksStore(Path folder, Database database, boolean anchored) {
    this.anchored = anchored;
    this.folder = folder;
    this.database = database;
    this.db = database.db();
    this.families = database.families();
    this.health = database.health();
    this.anchor = new Anchor(Anchor.of(folder), this::anchored);
  }

  /**
   * Opens the store in a folder, or makes a new one where there is no such folder. Beside the
   * folder it keeps an anchor (FOLDER.anchor) and RocksDB's native code ({@code native/}).
   *
   * @throws StoreFailure where the store is damaged, ends before its anchor, is open already, or
   *     can't be read
   */
  public static RocksStore open(Path folder) {
    NativeLibrary.load(folder.resolveSibling("native"));
    RocksStore store = new RocksStore(folder, Database.openOrCreate(folder), true);
    boolean whole = false;
    try {
      store.checkLog();
      whole = true;
    } finally {
      if (!whole) {
        store.abandon();
      }
    }
    store.anchor.start();
    return store;
  }

  /**
   * Opens the store in a folder for reading, also one that a runtime holds; what is in the folder
   * stays as it is. Commits are refused.
   *
   * @throws StoreFailure where {@link #open} would refuse it
   */
  public static RocksStore openReadOnly(Path folder) {
    NativeLibrary.load(folder.resolveSibling("native"));
    Database database = Database.openReadOnly(folder);
    Database.checkAnchor(database, folder);
    return new RocksStore(folder, database, false);
  }

  /**
   * Opens as far as RocksDB can, whatever the anchor says, and gives up the rest; keeps no anchor.
   */
  static RocksStore mendUpToDamage(Path folder) {
    NativeLibrary.load(folder.resolveSibling("native"));
    return new RocksStore(folder, Database.openUpToDamage(folder), false);
  }

  /** Closes and leaves the anchor as it is. */
  private void abandon() {
    commits.close();
    gate.close(() -> {
      durable.close();
      checked.close();
      database.close();
    });
  }

  /**
   * Refuses a store whose log doesn't hold the anchor's entries, or isn't chained from there to its
   * end; where there is no anchor, from its beginning.
   */
  private void checkLog() {
    LogCheck.Result result = LogCheck.after(this, Anchor.read(Anchor.of(folder)).heads());
    if (!result.faults().isEmpty()) {
      throw new StoreFailure(
          "the log of the store " + folder + " is damaged: " + String.join("; ", result.faults()));
    }
  }

  /** The health comes last: a change that failed may count in what RocksDB says. */
  private Anchor.Content anchored() {
    var heads = LogCheck.heads(this);
    long changes = db.getLatestSequenceNumber();
    health.look(db);
    return health.isGood() ? new Anchor.Content(changes, heads) : Anchor.Content.NOTHING;
  }

  /** How many changes it has taken, ever. */
  public long changes() {
    gate.enter();
    try {
      return db.getLatestSequenceNumber();
    } finally {
      gate.leave();
    }
  }

  /**
   * Reads every block of every table.
   *
   * @throws StoreFailure at the first that is damaged
   */
  public void readAll() {
    gate.enter();
    try {
      db.verifyChecksum();
    } catch (RocksDBException e) {
      throw unreadable(e);
    } finally {
      gate.leave();
    }
  }

  /**
   * Has somebody told of the first failure, at once and by whichever thread meets it, RocksDB's own
   * included: it may not call the store.
   */
  public void whenFailed(Consumer<StoreFailure> listener) {
    health.whenFailed(listener);
  }

  private ColumnFamilyHandle family(Table table) {
    return Objects.requireNonNull(families.get(table));
  }

  private StoreFailure unreadable(RocksDBException cause) {
    return new StoreFailure("the store " + folder + " can't be read: " + cause.getMessage(), cause);
  }

  @Override
  public byte @Nullable [] get(Table table, byte[] key) {
    gate.enter();
    try {
      return db.get(family(table), checked, key);
    } catch (RocksDBException e) {
      throw unreadable(e);
    } finally {
      gate.leave();
    }
  }

  @Override
  public void scan(Table table, byte[] from, byte[] to, Visitor visitor) {
    if (isEmpty(from, to)) {
      return;
    }
    gate.enter();
    try (Slice upper = new Slice(to);
        ReadOptions options = new ReadOptions(checked).setIterateUpperBound(upper);
        RocksIterator entries = db.newIterator(family(table), options)) {
      for (entries.seek(from); entries.isValid(); entries.next()) {
        gate.check();
        if (!visitor.visit(entries.key(), entries.value())) {
          return;
        }
      }
      entries.status();
    } catch (RocksDBException e) {
      throw unreadable(e);
    } finally {
      gate.leave();
    }
  }

  @Override
  public @Nullable Entry last(Table table, byte[] from, byte[] to) {
    if (isEmpty(from, to)) {
      return null;
    }
    gate.enter();
    try (Slice lower = new Slice(from);
        Slice upper = new Slice(to);
        ReadOptions options =
            new ReadOptions(checked).setIterateLowerBound(lower).setIterateUpperBound(upper);
        RocksIterator entries = db.newIterator(family(table), options)) {
      entries.seekToLast();
      if (entries.isValid()) {
        return new Entry(entries.key(), entries.value());
      }
      entries.status();
      return null;
    } catch (RocksDBException e) {
      throw unreadable(e);
    } finally {
      gate.leave();
    }
  }

  /** Whether a range holds no key; a range that ends before it begins is a mistake. */
  private static boolean isEmpty(byte[] from, byte[] to) {
    int order = Arrays.compareUnsigned(from, to);
    if (order > 0) {
      throw new IllegalArgumentException("a range ends before it begins");
    }
    return order == 0;
  }

  @Override
  public void commit(Batch batch) {
    try {
      submit(batch).join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw e;
      }
    }
  }

  @Override
  public CompletableFuture<Void> submit(Batch batch) {
    gate.enter();
    try {
      health.check();
      return batch.isEmpty() ? CompletableFuture.completedFuture(null) : commits.submit(batch);
    } finally {
      gate.leave();
    }
  }

  /** Whatever goes wrong here, an OutOfMemoryError included, leaves the outcome unknown. */
  private void write(List<Batch> batches) {
    health.check(); // the write before may have failed while these waited
    boolean written = false;
    try (WriteBatch changes = new WriteBatch()) {
      for (Batch batch : batches) {
        batch.forEach((table, key, value) -> add(changes, family(table), key, value));
      }
      db.write(durable, changes);
      written = true;
    } catch (RocksDBException e) {
      throw health.fail(
          new StoreFailure("a commit to " + folder + " failed: " + e.getMessage(), e));
    } finally {
      if (!written && health.isGood()) {
        health.fail(new StoreFailure("a commit to " + folder + " was cut short"));
      }
    }
  }

  private static void add(
      WriteBatch changes, ColumnFamilyHandle family, byte[] key, byte @Nullable [] value) {
    try {
      if (value == null) {
        changes.delete(family, key);
      } else {
        changes.put(family, key, value);
      }
    } catch (RocksDBException e) {
      throw new StoreFailure("a change can't be taken up: " + e.getMessage(), e);
    }
  }

  /**
   * Turns callers away, waits for those inside, renews the anchor, and frees what is native. A
   * second call does nothing.
   */
  @Override
  public void close() {
    anchor.stop();
    commits.close();
    gate.close(() -> {
      if (anchored) {
        anchor.close();
      }
      durable.close();
      checked.close();
      database.close();
    });
  }
}
