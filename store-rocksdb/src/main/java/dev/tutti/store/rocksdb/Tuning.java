package dev.tutti.store.rocksdb;

import dev.tutti.host.Store.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.Filter;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksObject;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBufferManager;

/**
 * How RocksDB is set up, and the native objects that this takes.
 *
 * <p>Memory is bounded whatever the amount of data: one cache of 128 MB holds blocks, indexes,
 * filters and (charged to it, at most 64 MB) what is not flushed yet; buffers of the log, of two
 * background jobs and the readers of 512 open files come on top. Together that stays under 200 MB.
 *
 * <p>What is flushed is merged into a sorted table when sixteen files wait: the keys of facts and
 * rows are spread over the whole table, so that each merge rewrites much of it, however little
 * comes.
 *
 * <p>Safety comes first where the two conflict. The log is fsynced on each commit; a damaged log is
 * refused unless only its very end is torn (RocksDB's default would drop everything from the damage
 * on and say nothing); log files are not recycled, because then a torn end can't be told from
 * damage; a background error is never resumed from.
 */
final class Tuning implements AutoCloseable {
  private static final long MB = 1L << 20;
  private static final long CACHE_BYTES = 128 * MB;
  private static final long UNFLUSHED_BYTES = 64 * MB;

  private static final int WAITING_BUFFERS = 2;
  private static final int FLUSHED_FILES = 16;

  /** Of a log larger than that the oldest is flushed. */
  private static final long LOG_BYTES = 64 * MB;

  private final List<RocksObject> owned = new ArrayList<>();
  private final Cache cache = own(new LRUCache(CACHE_BYTES, 4, false, 0.2));
  private final WriteBufferManager unflushed = own(new WriteBufferManager(UNFLUSHED_BYTES, cache));
  private final Filter bloom = own(new BloomFilter(10, false));

  private <T extends RocksObject> T own(T object) {
    owned.add(object);
    return object;
  }

  /** Options for reading and nothing else. */
  DBOptions reading(Health health) {
    return set(tracking(), health, false);
  }

  /** Options for going up to a damage; log files that are missing are not looked for. */
  DBOptions mending(Health health) {
    return set(own(new DBOptions()), health, false)
        .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery);
  }

  DBOptions database(Health health, boolean create) {
    return set(tracking(), health, create);
  }

  /**
   * Options that have RocksDB take down its log files, so that it misses one that is gone. Without
   * them it can't open for reading what was written with them: where there are several log files,
   * RocksDB 10.1 ends the process.
   */
  private DBOptions tracking() {
    Properties tracking = new Properties();
    tracking.setProperty("track_and_verify_wals_in_manifest", "true");
    DBOptions options = DBOptions.getDBOptionsFromProps(tracking);
    if (options == null) {
      throw new IllegalStateException("this RocksDB can't keep track of its log files");
    }
    return own(options);
  }

  private DBOptions set(DBOptions options, Health health, boolean create) {
    return options
        .setCreateIfMissing(create)
        .setErrorIfExists(create)
        .setCreateMissingColumnFamilies(true)
        .setListeners(List.of(health))
        .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
        .setRecycleLogFileNum(0)
        .setParanoidChecks(true)
        .setMaxBgErrorResumeCount(0)
        .setMaxTotalWalSize(LOG_BYTES)
        .setWriteBufferManager(unflushed)
        .setMaxBackgroundJobs(2)
        .setMaxOpenFiles(512)
        .setBytesPerSync(MB)
        .setMaxManifestFileSize(16 * MB)
        .setManifestPreallocationSize(64 << 10)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setMaxLogFileSize(4 * MB)
        .setKeepLogFileNum(3)
        .setStatsDumpPeriodSec(0)
        .setStatsPersistPeriodSec(0);
  }

  /** Options of a table's column family. */
  ColumnFamilyOptions family(Table table) {
    boolean pointReads =
        switch (table) {
          case FACTS, OWED, DONE -> true;
          case ROWS, LOG, META -> false;
        };
    return family(bufferBytes(table), pointReads);
  }

  /** What of a table is collected in memory before it is flushed. */
  private static long bufferBytes(Table table) {
    return switch (table) {
      case FACTS -> 24 * MB;
      case ROWS -> 12 * MB;
      case OWED -> 8 * MB;
      case DONE, LOG -> 4 * MB;
      case META -> MB;
    };
  }

  /**
   * The most that an opening may have to write before it is done: what the log holds and no table
   * does. Of each table two buffers may wait to be flushed, then who writes waits; and tables take
   * a little more than what is in them.
   */
  static long mostUnflushedBytes() {
    long bytes = 0;
    for (Table table : Table.values()) {
      bytes += WAITING_BUFFERS * bufferBytes(table);
    }
    return bytes + bytes / 16;
  }

  /** Options of the column family that RocksDB always has and nothing uses. */
  ColumnFamilyOptions unused() {
    return family(MB, false);
  }

  private ColumnFamilyOptions family(long writeBufferBytes, boolean pointReads) {
    BlockBasedTableConfig blocks =
        new BlockBasedTableConfig()
            .setBlockCache(cache)
            .setBlockSize(16 << 10)
            .setCacheIndexAndFilterBlocks(true)
            .setCacheIndexAndFilterBlocksWithHighPriority(true)
            .setPinL0FilterAndIndexBlocksInCache(true);
    if (pointReads) {
      blocks.setFilterPolicy(bloom);
    }
    return own(new ColumnFamilyOptions())
        .setTableFormatConfig(blocks)
        .setWriteBufferSize(writeBufferBytes)
        .setMaxWriteBufferNumber(WAITING_BUFFERS)
        .setLevel0FileNumCompactionTrigger(FLUSHED_FILES)
        .setLevel0SlowdownWritesTrigger(2 * FLUSHED_FILES)
        .setLevel0StopWritesTrigger(3 * FLUSHED_FILES)
        .setForceConsistencyChecks(true)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION);
  }

  /** Frees everything, the newest first; the database is closed before. */
  @Override
  public void close() {
    owned.reversed().forEach(RocksObject::close);
  }
}
