package dev.tutti.host;

import dev.tutti.core.kernel.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The end of a shard's log: positions run 1..N without a gap, and each entry holds a SHA-256 over
 * the one before and the turn it points to, so that what is missing or changed shows.
 *
 * @param position of the last entry; 0 in an empty log
 * @param hash of the last entry; 32 zero bytes in an empty log
 * @param millis time of the last turn, epoch milliseconds
 */
record Head(long position, byte[] hash, long millis) {
  private static final int HASH_BYTES = 32;

  static Head empty() {
    return new Head(0, new byte[HASH_BYTES], 0);
  }

  /** The head after one more turn. */
  Head next(byte[] factsKey, byte[] turnBytes, long atMillis) {
    MessageDigest digest = Sha256.fresh();
    digest.update(hash);
    digest.update(factsKey);
    digest.update(turnBytes);
    return new Head(position + 1, digest.digest(), atMillis);
  }

  /** The value of this head's log entry. */
  byte[] entry(byte[] factsKey) {
    return ByteBuffer.allocate(HASH_BYTES + factsKey.length).put(hash).put(factsKey).array();
  }

  /** Reads the head of a shard back from its last log entry. */
  static Head load(Store store, int shard) {
    Store.@Nullable Entry last =
        store.last(Store.Table.LOG, Keys.log(shard, 0), Keys.log(shard + 1, 0));
    if (last == null) {
      return empty();
    }
    long position = ByteBuffer.wrap(last.key(), 2, 8).getLong();
    byte[] factsKey = Arrays.copyOfRange(last.value(), HASH_BYTES, last.value().length);
    byte[] turn = store.get(Store.Table.FACTS, factsKey);
    if (turn == null) {
      throw new StoreFailure(
          "the log of shard " + shard + " names a turn that is missing, at position " + position);
    }
    return new Head(position, Arrays.copyOf(last.value(), HASH_BYTES), Records.millis(turn));
  }
}
