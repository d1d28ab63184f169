package dev.tutti.host;

import dev.tutti.host.Store.Table;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log and holds it against the turns that it names: each shard's positions run on without
 * a gap, and each entry's hash is that of its turn's facts after the entry before. From marks that
 * are known to be right, or from the beginning.
 */
public final class LogCheck {
  private static final int HASH_BYTES = 32;
  private static final int KEY_BYTES = 10;

  private final Store store;
  private final List<String> faults = new ArrayList<>();
  private long entries;

  /**
   * A place in a shard's log.
   *
   * @param hash of the entry there, 64 hex digits
   */
  public record Mark(long position, String hash) {}

  /**
   * What was found.
   *
   * @param entries read
   * @param faults each with its shard and position; empty where the log is whole
   */
  public record Result(long entries, List<String> faults) {
    public Result {
      faults = List.copyOf(faults);
    }
  }

  private LogCheck(Store store) {
    this.store = store;
  }

  /** The last entry of each shard that has any. */
  public static SortedMap<Integer, Mark> heads(Store store) {
    SortedMap<Integer, Mark> heads = new TreeMap<>();
    for (int shard = nextShard(store, 0); shard >= 0; shard = nextShard(store, shard + 1)) {
      Store.@Nullable Entry last =
          store.last(Table.LOG, Keys.log(shard, 0), Keys.log(shard + 1, 0));
      if (last != null) {
        heads.put(shard, new Mark(position(last.key()), hash(last.value())));
      }
    }
    return heads;
  }

  /** The first shard from a number on that has entries; -1 where there is none. */
  private static int nextShard(Store store, int from) {
    int[] found = {-1};
    if (from < Short.MAX_VALUE) {
      store.scan(
          Table.LOG,
          Keys.log(from, 0),
          Keys.log(Short.MAX_VALUE, 0),
          (key, value) -> {
            if (key.length == KEY_BYTES) {
              found[0] = ByteBuffer.wrap(key).getShort();
            }
            return found[0] < 0;
          });
    }
    return found[0];
  }

  /** Reads what comes after marks, and looks whether the marks' own entries are there. */
  public static Result after(Store store, SortedMap<Integer, Mark> marks) {
    LogCheck check = new LogCheck(store);
    for (int shard = nextShard(store, 0); shard >= 0; shard = nextShard(store, shard + 1)) {
      if (!marks.containsKey(shard)) {
        check.shard(shard, 0, new byte[HASH_BYTES]);
      }
    }
    marks.forEach(check::fromMark);
    return new Result(check.entries, check.faults);
  }

  /** Reads everything; and that no turn is there that the log doesn't name. */
  public static Result whole(Store store) {
    Result result = after(store, new TreeMap<>());
    long[] turns = new long[1];
    store.scan(Table.FACTS, new byte[0], new byte[] {(byte) 0xff}, (key, value) -> ++turns[0] > 0);
    if (turns[0] == result.entries() || !result.faults().isEmpty()) {
      return result;
    }
    return new Result(
        result.entries(),
        List.of("the log names " + result.entries() + " turns, and " + turns[0] + " are there"));
  }

  private void fromMark(int shard, Mark mark) {
    byte[] value = store.get(Table.LOG, Keys.log(shard, mark.position()));
    if (value == null) {
      faults.add("shard " + shard + " ends before position " + mark.position());
    } else if (!hash(value).equals(mark.hash())) {
      faults.add(
          "shard " + shard + ", position " + mark.position() + ": this is another log's entry");
    } else {
      shard(shard, mark.position(), Arrays.copyOf(value, HASH_BYTES));
    }
  }

  /** Reads a shard on from a position to its end, or to the first fault. */
  private void shard(int shard, long from, byte[] fromHash) {
    long[] position = {from};
    byte[][] hash = {fromHash};
    store.scan(
        Table.LOG,
        Keys.log(shard, from + 1),
        Keys.log(shard + 1, 0),
        (key, value) -> {
          String fault = fault(position[0], hash[0], key, value);
          if (fault != null) {
            faults.add("shard " + shard + ", position " + (position[0] + 1) + ": " + fault);
            return false;
          }
          position[0]++;
          hash[0] = Arrays.copyOf(value, HASH_BYTES);
          entries++;
          return true;
        });
  }

  private @Nullable String fault(long before, byte[] hash, byte[] key, byte[] value) {
    if (key.length != KEY_BYTES || value.length <= HASH_BYTES) {
      return "this is no log entry";
    }
    if (position(key) != before + 1) {
      return "the entry is missing, the next one is " + position(key);
    }
    byte[] factsKey = Arrays.copyOfRange(value, HASH_BYTES, value.length);
    byte[] turn = store.get(Table.FACTS, factsKey);
    if (turn == null) {
      return "its turn is missing";
    }
    Head next = new Head(before, hash, 0).next(factsKey, turn, 0);
    return Arrays.equals(next.entry(factsKey), value) ? null : "its hash is not that of its turn";
  }

  private static long position(byte[] key) {
    return ByteBuffer.wrap(key, 2, 8).getLong();
  }

  private static String hash(byte[] value) {
    return HexFormat.of().formatHex(value, 0, HASH_BYTES);
  }
}
