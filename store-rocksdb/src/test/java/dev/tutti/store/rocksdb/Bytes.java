package dev.tutti.store.rocksdb;

import dev.tutti.host.Store;
import dev.tutti.host.Store.Table;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Text and numbers as keys and values. */
final class Bytes {
  static final byte[] FIRST = new byte[0];
  static final byte[] END = {(byte) 0xff};

  private Bytes() {}

  static byte[] of(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] of(String prefix, long number) {
    byte[] text = of(prefix);
    return ByteBuffer.allocate(text.length + 8).put(text).putLong(number).array();
  }

  static @Nullable String text(byte @Nullable [] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  /** All that a range holds, as "key=value". */
  static List<String> scan(Store store, Table table, byte[] from, byte[] to) {
    List<String> found = new ArrayList<>();
    store.scan(table, from, to, (key, value) -> found.add(text(key) + "=" + text(value)));
    return found;
  }

  static List<String> all(Store store, Table table) {
    return scan(store, table, FIRST, END);
  }
}
