package dev.tutti.host;

import org.jspecify.annotations.Nullable;

/**
 * Ordered tables of bytes with one atomic, durable commit. Keys are ordered as unsigned bytes.
 * Implementations are safe for use by several threads.
 */
public interface Store extends AutoCloseable {

  /** What is kept apart. */
  enum Table {
    /** shard, position → which turn, and the hash of the log up to it. */
    LOG,
    /** aggregate, number of the first → the facts of a turn. */
    FACTS,
    /** shard, owner, name → an effect that is not settled yet. */
    OWED,
    /** id of a call, target → the reply it was given, until the call is settled. */
    DONE,
    /** table, key → a row for lists and look-ups. */
    ROWS,
    /** the store's own description. */
    META
  }

  /** Returns the value of a key, or null. */
  byte @Nullable [] get(Table table, byte[] key);

  /** Visits keys from {@code from} (inclusive) to {@code to} (exclusive) in order. */
  void scan(Table table, byte[] from, byte[] to, Visitor visitor);

  /** Returns the last entry from {@code from} (inclusive) to {@code to} (exclusive), or null. */
  @Nullable Entry last(Table table, byte[] from, byte[] to);

  /**
   * Makes all changes of a batch, or none; when it returns they are on disk, fsynced.
   *
   * @throws StoreFailure where that can't be promised; the store refuses every later commit
   */
  void commit(Batch batch);

  /**
   * How long it is worth to gather more for a batch before it is committed, in nanoseconds: on a
   * slow disk a moment saves half of the waiting. 0 where it isn't.
   */
  default long gatherNanos() {
    return 0;
  }

  @Override
  void close();

  /** Sees entries in order. */
  @FunctionalInterface
  interface Visitor {
    /** Returns whether to go on. */
    boolean visit(byte[] key, byte[] value);
  }

  /** A key and its value. */
  record Entry(byte[] key, byte[] value) {}
}
