package dev.tutti.services.logs;

import dev.tutti.core.logs.Group;
import dev.tutti.runner.log.LogLine;
import dev.tutti.runner.log.Logs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The streams that functions' processes print to, which are files: those that there are, for the
 * time of one call.
 */
public final class FunctionStreams implements StreamSource {
  private final Logs logs;
  private final Map<String, SortedMap<String, Logs.Kept>> groups = new HashMap<>();

  public FunctionStreams(Logs logs) {
    this.logs = logs;
  }

  private SortedMap<String, Logs.Kept> kept(Group group) {
    return groups.computeIfAbsent(
        group.arn(),
        arn -> {
          // arn:aws:logs:REGION:ACCOUNT:log-group:NAME
          String[] parts = arn.split(":", 7);
          SortedMap<String, Logs.Kept> kept = new TreeMap<>();
          try {
            logs.streams(new Logs.Group(parts[4], parts[3], parts[6]))
                .forEach(stream -> kept.put(stream.name(), stream));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return kept;
        });
  }

  @Override
  public List<Stream> streams(Group group, String prefix, @Nullable String after, int limit) {
    return kept(group).values().stream()
        .filter(stream -> stream.name().startsWith(prefix))
        .filter(stream -> after == null || stream.name().compareTo(after) > 0)
        .limit(limit)
        .map(stream ->
            new Stream(stream.name(), stream.begun().toEpochMilli(), stream.last().toEpochMilli()))
        .toList();
  }

  @Override
  public void entries(Group group, String stream, Place after, Predicate<Entry> to) {
    Logs.Kept kept = kept(group).get(stream);
    if (kept != null) {
      Reading reading = new Reading(after, to);
      try {
        Logs.lines(kept, reading::take);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Numbers the lines of the same millisecond. */
  private static final class Reading {
    private final Place after;
    private final Predicate<Entry> to;
    private long lastMillis;
    private int number;

    Reading(Place after, Predicate<Entry> to) {
      this.after = after;
      this.to = to;
    }

    boolean take(LogLine line) {
      long millis = line.time().toEpochMilli();
      number = millis == lastMillis ? number + 1 : 0;
      lastMillis = millis;
      Place place = new Place(millis, "%06d".formatted(number));
      return place.compareTo(after) <= 0 || to.test(new Entry(place, line.message()));
    }
  }
}
