package dev.tutti.services.events;

import dev.tutti.core.events.Events;
import dev.tutti.host.Reader;
import dev.tutti.host.Reader.Row;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How large buses' logs are: counted once from their rows after a start, then only what is new.
 * Events that came before their bus had a bound of size count nothing.
 */
final class LogTally {
  private static final int PAGE = 1000;

  private final Map<List<String>, Sum> sums = new ConcurrentHashMap<>();

  /** What was counted of a log, and up to where. */
  private static final class Sum {
    private long bytes;
    private @Nullable List<String> counted;
  }

  /** A row's event's bytes. */
  static long bytes(Row row) {
    return row.value().path("bytes").asLong();
  }

  /** The bytes of what was accepted before a time, and is there. */
  long bytes(Reader reader, List<String> prefix, long beforeMillis) {
    Sum sum = sums.computeIfAbsent(prefix, key -> new Sum());
    synchronized (sum) {
      while (true) {
        List<Row> rows = reader.rows(Events.LOG, prefix, sum.counted, PAGE);
        for (Row row : rows) {
          if (Long.parseLong(row.key().get(prefix.size())) >= beforeMillis) {
            return sum.bytes;
          }
          sum.bytes += bytes(row);
          sum.counted = row.key();
        }
        if (rows.size() < PAGE) {
          return sum.bytes;
        }
      }
    }
  }

  /** Takes off what went. */
  void trimmed(List<String> prefix, long bytes) {
    Sum sum = sums.get(prefix);
    if (sum != null) {
      synchronized (sum) {
        sum.bytes -= bytes;
      }
    }
  }
}
