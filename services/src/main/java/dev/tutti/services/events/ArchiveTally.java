package dev.tutti.services.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.events.Archive;
import dev.tutti.core.events.Events;
import dev.tutti.core.kernel.Ids;
import dev.tutti.host.Reader;
import dev.tutti.host.Reader.Row;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How much an archive shows, counted from its rows. What is older than a minute can't grow any more
 * and is counted once, in sums by the hour; the last minute is counted at each question.
 */
final class ArchiveTally {
  private static final long SETTLED_MILLIS = 60_000;
  private static final long HOUR_MILLIS = 3_600_000;
  private static final int PAGE = 1000;

  private final LongSupplier clock;
  private final Map<List<String>, Sums> sums = new ConcurrentHashMap<>();

  /**
   * A tally that has counted nothing yet.
   *
   * @param clock epoch milliseconds
   */
  ArchiveTally(LongSupplier clock) {
    this.clock = clock;
  }

  /** Events and their bytes. */
  record Count(long events, long bytes) {
    private static final Count NONE = new Count(0, 0);

    private Count plus(Count other) {
      return new Count(events + other.events, bytes + other.bytes);
    }

    ObjectNode write(ObjectNode output) {
      return output.put("SizeBytes", bytes).put("EventCount", events);
    }
  }

  /** What was counted of one archive, and up to where. */
  private static final class Sums {
    private final NavigableMap<Long, Count> hours = new TreeMap<>();
    private @Nullable List<String> settled;
  }

  Count count(Reader reader, Archive archive) {
    List<String> prefix = List.of(archive.arn().text(), Ids.sortable(archive.era()));
    Sums known = sums.computeIfAbsent(prefix, key -> new Sums());
    long nowMillis = clock.getAsLong();
    long sinceMillis = archive.keptSinceMillis(nowMillis);
    synchronized (known) {
      Count recent = read(reader, prefix, known, nowMillis - SETTLED_MILLIS);
      known.hours.headMap(sinceMillis / HOUR_MILLIS).clear();
      return known.hours.values().stream().reduce(recent, Count::plus);
    }
  }

  /** Reads on to the end; returns the sum of what isn't settled yet. */
  private static Count read(Reader reader, List<String> prefix, Sums known, long settledMillis) {
    Count recent = Count.NONE;
    List<String> after = known.settled;
    while (true) {
      List<Row> rows = reader.rows(Events.ARCHIVED, prefix, after, PAGE);
      for (Row row : rows) {
        after = row.key();
        long millis = Long.parseLong(row.key().get(2));
        Count one = new Count(1, row.value().path("bytes").asLong());
        if (millis < settledMillis) {
          known.hours.merge(millis / HOUR_MILLIS, one, Count::plus);
          known.settled = row.key();
        } else {
          recent = recent.plus(one);
        }
      }
      if (rows.size() < PAGE) {
        return recent;
      }
    }
  }
}
