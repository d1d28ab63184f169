package dev.tutti.host;

import dev.tutti.core.kernel.Key;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The byte keys of the tables. Text parts end with a NUL, which no part contains. */
final class Keys {
  /** Not after any key. */
  static final byte[] FIRST = {};

  /** After every key. */
  static final byte[] LAST = {(byte) 0xff};

  private Keys() {}

  static byte[] log(int shard, long position) {
    return ByteBuffer.allocate(10).putShort((short) shard).putLong(position).array();
  }

  static byte[] facts(Key key, long seq) {
    byte[] of = text(key.kind(), key.id());
    return ByteBuffer.allocate(of.length + 8).put(of).putLong(seq).array();
  }

  static byte[] factsOfKind(String kind) {
    return text(kind);
  }

  static byte[] owed(OwedId id) {
    return text(id.owner().kind(), id.owner().id(), id.name());
  }

  static OwedId owed(byte[] key) {
    List<String> parts = parts(key);
    return new OwedId(new Key(parts.get(0), parts.get(1)), parts.get(2));
  }

  static byte[] done(Once once, Key to) {
    return text(once.call(), once.part(), to.kind(), to.id(), Integer.toString(once.nth()));
  }

  static byte[] row(String table, List<String> parts) {
    byte[] first = text(table);
    byte[] rest = text(parts.toArray(String[]::new));
    return ByteBuffer.allocate(first.length + rest.length).put(first).put(rest).array();
  }

  /** Key of a fact → whose fact and its number. */
  static Key aggregate(byte[] factsKey) {
    List<String> parts = parts(Arrays.copyOf(factsKey, factsKey.length - 8));
    return new Key(parts.get(0), parts.get(1));
  }

  static long seq(byte[] factsKey) {
    return ByteBuffer.wrap(factsKey, factsKey.length - 8, 8).getLong();
  }

  /** Each part followed by a NUL. */
  static byte[] text(String... parts) {
    int length = parts.length;
    for (String part : parts) {
      length += part.length();
    }
    StringBuilder joined = new StringBuilder(length);
    for (String part : parts) {
      if (part.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("a key part holds a NUL character");
      }
      joined.append(part).append('\0');
    }
    return joined.toString().getBytes(StandardCharsets.UTF_8);
  }

  static List<String> parts(byte[] key) {
    String joined = new String(key, StandardCharsets.UTF_8);
    return List.of(joined.substring(0, joined.length() - 1).split("\0", -1));
  }

  /** The first key after all that start with a prefix. */
  static byte[] after(byte[] prefix) {
    byte[] end = prefix.clone();
    for (int i = end.length - 1; i >= 0; i--) {
      if (end[i] != (byte) 0xff) {
        end[i]++;
        return Arrays.copyOf(end, i + 1);
      }
    }
    throw new IllegalArgumentException("no key comes after this prefix");
  }
}
