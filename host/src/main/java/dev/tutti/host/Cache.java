package dev.tutti.host;

import dev.tutti.core.kernel.Key;
import dev.tutti.host.Facts.Loaded;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The states that one shard was asked for lately, within a number and a weight.
 *
 * <p>A state weighs what its facts take on disk, since its size in memory follows from them, but
 * one that has lived long weighs no more than a bound: most of its facts are past, and to read them
 * all again costs the more.
 */
final class Cache {
  /** States kept in memory; more only while their facts are being written. */
  static final int MOST_STATES = 20_000;

  /** What the states may weigh together, in bytes on disk: some times that in memory. */
  static final long MOST_BYTES =
      Math.clamp(Runtime.getRuntime().maxMemory() / 64, 4L << 20, 1L << 30);

  /** What one weighs that has no facts: its key, its place here. */
  private static final int LEAST_BYTES = 512;

  private static final int MOST_BYTES_OF_ONE = 256 * 1024;

  private final Map<Key, Loaded<?>> states = new LinkedHashMap<>(16, 0.75f, true);
  private final long mostBytes;
  private long bytes;

  Cache(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  int size() {
    return states.size();
  }

  @Nullable Loaded<?> get(Key key) {
    return states.get(key);
  }

  void put(Key key, Loaded<?> loaded) {
    remove(key);
    states.put(key, loaded);
    bytes += weight(loaded);
  }

  /** A state that is in here has more facts now. */
  void grow(Loaded<?> loaded, int more) {
    bytes -= weight(loaded);
    loaded.bytes += more;
    bytes += weight(loaded);
  }

  void remove(Key key) {
    Loaded<?> removed = states.remove(key);
    if (removed != null) {
      bytes -= weight(removed);
    }
  }

  /** Forgets what was not asked for lately; never what the store can't tell yet. */
  void trim(long written) {
    var oldest = states.values().iterator();
    while (states.size() > MOST_STATES || (bytes > mostBytes && states.size() > 1)) {
      Loaded<?> next = oldest.next();
      if (next.changedIn > written) {
        return;
      }
      bytes -= weight(next);
      oldest.remove();
    }
  }

  private static long weight(Loaded<?> loaded) {
    return LEAST_BYTES + Math.min(loaded.bytes, MOST_BYTES_OF_ONE);
  }
}
