package dev.tutti.simulate.judge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Codec;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Fact;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.host.Store;
import dev.tutti.host.Store.Table;
import dev.tutti.host.Traces;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * The log of a store, read from its bytes: each shard's entries from position 1 without a gap, each
 * chained to the one before by SHA-256 over its hash, the turn's key and the turn's bytes; and the
 * states that the facts fold to. Goes on from where it stopped reading.
 */
public final class Ledger {
  private static final int HASH_BYTES = 32;

  private final Map<String, Decider<?, ?, ?>> deciders = new HashMap<>();
  private final Map<String, Codec<?>> codecs = new HashMap<>();
  private final Map<Integer, Shard> shards = new HashMap<>();
  private final Map<Key, List<Recorded<?>>> facts = new LinkedHashMap<>();
  private final Map<Key, Object> states = new HashMap<>();
  private final Map<String, byte[]> rows = new HashMap<>();
  private final Map<String, Key> writers = new HashMap<>();

  /** Rows that several aggregates write: logs are read one by one, so who wrote last is unknown. */
  private final Set<String> shared = new HashSet<>();

  private final List<String> faults;
  private final MessageDigest digest = sha256();

  private static final class Shard {
    private long position;
    private byte[] hash = new byte[HASH_BYTES];
    private long millis;
    private final List<Entry> entries = new ArrayList<>();
  }

  /** An entry as it was read: its value, and the turn that it names. */
  private record Entry(byte[] value, byte[] turn) {}

  /**
   * A ledger that has read nothing yet.
   *
   * @param faults where it writes what is wrong
   */
  public Ledger(List<Decider<?, ?, ?>> deciders, List<String> faults) {
    this.faults = faults;
    for (Decider<?, ?, ?> decider : deciders) {
      this.deciders.put(decider.kind(), decider);
      codecs.put(decider.kind(), new Codec<>(decider.facts()));
    }
  }

  /** All facts read, in order, by whose they are. */
  public Map<Key, List<Recorded<?>>> facts() {
    return facts;
  }

  /** The state that the facts read fold to; null where there are none. */
  public @org.jspecify.annotations.Nullable Object state(Key key) {
    return states.get(key);
  }

  /** Entries read. */
  public long entries() {
    return shards.values().stream().mapToLong(shard -> shard.position).sum();
  }

  /** How many facts of each kind were read. */
  public Map<String, Long> counts() {
    Map<Class<?>, long[]> counts = new HashMap<>();
    Map<Class<?>, String> kinds = new HashMap<>();
    facts.forEach((key, history) ->
        history.forEach(recorded -> {
          Class<?> type = recorded.fact().getClass();
          counts.computeIfAbsent(type, t -> new long[1])[0]++;
          kinds.putIfAbsent(type, key.kind());
        }));
    Map<String, Long> named = new TreeMap<>();
    counts.forEach(
        (type, count) -> named.put(kinds.get(type) + " " + type.getSimpleName(), count[0]));
    named.put("facts", named.values().stream().mapToLong(Long::longValue).sum());
    return named;
  }

  /** Looks once more at all that was read: nothing of it may have changed or gone. */
  public void readAgain(Store store) {
    shards.forEach((number, shard) -> {
      for (int i = 0; i < shard.entries.size(); i++) {
        Entry entry = shard.entries.get(i);
        byte[] value = store.get(Table.LOG, key(number, i + 1L));
        byte[] turnKey = Arrays.copyOfRange(entry.value(), HASH_BYTES, entry.value().length);
        if (!Arrays.equals(value, entry.value())
            || !Arrays.equals(store.get(Table.FACTS, turnKey), entry.turn())) {
          faults.add("I3: shard " + number + ", position " + (i + 1) + " has changed");
        }
      }
    });
  }

  /** Reads on to the end of each shard's log. */
  public void read(Store store) {
    for (int number = 0; isLater(store, number); number++) {
      Shard shard = shards.computeIfAbsent(number, n -> new Shard());
      int of = number;
      store.scan(
          Table.LOG,
          key(number, shard.position + 1),
          key(number + 1, 0),
          (key, value) -> {
            entry(store, of, shard, key, value);
            return true;
          });
    }
  }

  /** Whether there are entries of a shard or one of a greater number. */
  private static boolean isLater(Store store, int number) {
    return store.last(Table.LOG, key(number, 0), key(Short.MAX_VALUE, 0)) != null;
  }

  private static byte[] key(int shard, long position) {
    return ByteBuffer.allocate(10).putShort((short) shard).putLong(position).array();
  }

  private void entry(Store store, int number, Shard shard, byte[] key, byte[] value) {
    long position = ByteBuffer.wrap(key, 2, 8).getLong();
    String at = "shard " + number + ", position " + position;
    if (position != shard.position + 1) {
      faults.add("I3: " + at + " follows position " + shard.position);
    }
    byte[] turnKey = Arrays.copyOfRange(value, HASH_BYTES, value.length);
    byte[] turn = store.get(Table.FACTS, turnKey);
    if (turn == null) {
      faults.add("I3: the turn of " + at + " is missing");
      return;
    }
    byte[] hash = hash(shard.hash, turnKey, turn);
    if (!Arrays.equals(hash, Arrays.copyOf(value, HASH_BYTES))) {
      faults.add("I3: the hash of " + at + " is not that of its turn after the one before");
    }
    shard.position = position;
    shard.hash = hash;
    shard.entries.add(new Entry(value, turn));
    List<Recorded<?>> recorded = recorded(turnKey, turn);
    if (recorded.getFirst().millis() < shard.millis) {
      faults.add("time goes back at " + at);
    }
    shard.millis = recorded.getFirst().millis();
    List<Recorded<?>> before =
        facts.computeIfAbsent(recorded.getFirst().key(), k -> new ArrayList<>());
    for (Recorded<?> fact : recorded) {
      if (fact.seq() != before.size() + 1) {
        faults.add("I3: " + fact.key() + " has fact " + fact.seq() + " after " + before.size());
      }
      before.add(fact);
      fold(fact);
    }
    recorded.forEach(this::index);
  }

  private byte[] hash(byte[]... parts) {
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private List<Recorded<?>> recorded(byte[] turnKey, byte[] value) {
    String of = new String(turnKey, 0, turnKey.length - 9, StandardCharsets.UTF_8);
    int kindEnd = of.indexOf('\0');
    Key key = new Key(of.substring(0, kindEnd), of.substring(kindEnd + 1));
    Codec<?> codec = codecs.get(key.kind());
    if (codec == null) {
      throw new IllegalStateException("nobody decides " + key);
    }
    long first = ByteBuffer.wrap(turnKey, turnKey.length - 8, 8).getLong();
    return Json.stored(value, json -> TurnText.read(json, key, first, codec));
  }

  @SuppressWarnings("unchecked") // a key's kind decides the types of its state and facts
  private <S, F extends Fact> void fold(Recorded<?> recorded) {
    Key key = recorded.key();
    Decider<S, ?, F> decider = (Decider<S, ?, F>) deciders.get(key.kind());
    if (decider == null) {
      throw new IllegalStateException("nobody decides " + key);
    }
    S before = (S) states.get(key);
    states.put(
        key, decider.apply(before == null ? decider.blank(key) : before, (Recorded<F>) recorded));
  }

  /** The rows of a fact, on the state after all of its turn. */
  @SuppressWarnings("unchecked") // a key's kind decides the types of its state and facts
  private <S, F extends Fact> void index(Recorded<?> recorded) {
    Key key = recorded.key();
    Decider<S, ?, F> decider = (Decider<S, ?, F>) Objects.requireNonNull(deciders.get(key.kind()));
    S state = (S) Objects.requireNonNull(states.get(key));
    decider.index(state, (Recorded<F>) recorded, new Rows(key));
  }

  private final class Rows implements Decider.Rows {
    private final Key writer;

    Rows(Key writer) {
      this.writer = writer;
    }

    @Override
    public void put(String table, List<String> key, JsonNode value) {
      String name = name(table, key);
      write(name);
      rows.put(name, Json.bytes(value));
    }

    @Override
    public void delete(String table, List<String> key) {
      String name = name(table, key);
      write(name);
      rows.remove(name);
    }

    /** Of rows that others wrote, and write no more. */
    @Override
    public void deleteThrough(String table, List<String> prefix, List<String> last) {
      String from = name(table, prefix);
      String through = name(table, last);
      rows.keySet().removeIf(each -> each.startsWith(from) && each.compareTo(through) <= 0);
    }

    private void write(String name) {
      Key before = writers.putIfAbsent(name, writer);
      if (before != null && !before.equals(writer)) {
        shared.add(name);
      }
    }

    private static String name(String table, List<String> key) {
      return table + '\0' + String.join("\0", key) + '\0';
    }
  }

  /**
   * The rows for lists and look-ups have to be those that the facts give; but for traces' and those
   * that several aggregates write.
   */
  public void compareRows(Store store) {
    Set<String> left = new HashSet<>(rows.keySet());
    store.scan(
        Table.ROWS,
        new byte[0],
        new byte[] {(byte) 0xff},
        (key, value) -> {
          String name = new String(key, StandardCharsets.UTF_8);
          boolean ofTraces =
              name.startsWith(Traces.MEMBERS + '\0') || name.startsWith(Traces.ROOTS + '\0');
          if (!ofTraces && !shared.contains(name)) {
            left.remove(name);
            if (!Arrays.equals(value, rows.get(name))) {
              faults.add("rows: " + name.replace('\0', ' ') + " is not what the facts give");
            }
          }
          return true;
        });
    left.removeAll(shared);
    left.forEach(name -> faults.add("rows: " + name.replace('\0', ' ') + " is missing"));
  }
}
