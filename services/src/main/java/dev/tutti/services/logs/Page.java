package dev.tutti.services.logs;

import dev.tutti.services.logs.StreamSource.Entry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** As many entries of one stream as an answer holds: 10,000, and 1 MiB. */
final class Page {
  static final int MOST = 10_000;
  static final long MOST_BYTES = 1L << 20;

  /** What an event counts beside its message. */
  private static final long OVERHEAD = 26;

  private final int limit;
  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private long bytes;

  Page(int limit) {
    this.limit = limit;
  }

  /** What an entry counts in an answer. */
  static long size(Entry entry) {
    return entry.message().getBytes(StandardCharsets.UTF_8).length + OVERHEAD;
  }

  /** Adds an entry while there is room; returns whether there was. */
  boolean takeFirst(Entry entry) {
    long size = size(entry);
    if (entries.size() == limit || (!entries.isEmpty() && bytes + size > MOST_BYTES)) {
      return false;
    }
    entries.addLast(entry);
    bytes += size;
    return true;
  }

  /** Adds an entry, and gives up the first ones for it. */
  void takeLast(Entry entry) {
    entries.addLast(entry);
    bytes += size(entry);
    while (entries.size() > limit || (entries.size() > 1 && bytes > MOST_BYTES)) {
      bytes -= size(entries.removeFirst());
    }
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  List<Entry> entries() {
    return new ArrayList<>(entries);
  }
}
