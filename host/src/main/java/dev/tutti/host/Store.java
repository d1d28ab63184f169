package dev.tutti.host;

import java.util.concurrent.CompletableFuture;
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
   * Hands over a batch without waiting for it: it is written after all that were handed over
   * before, and never without them.
   *
   * @return completed once it is on disk, fsynced; exceptionally with a {@link StoreFailure} where
   *     that can't be promised
   */
  default CompletableFuture<Void> submit(Batch batch) {
    commit(batch);
    return CompletableFuture.completedFuture(null);
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
