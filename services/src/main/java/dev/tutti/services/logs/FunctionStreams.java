package dev.tutti.services.logs;

import dev.tutti.core.logs.Group;
import dev.tutti.runner.log.LogLine;
import dev.tutti.runner.log.Logs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The streams that functions' processes print to, which are files. */
public record FunctionStreams(Logs logs) implements StreamSource {

  /** {@code arn:aws:logs:REGION:ACCOUNT:log-group:NAME}. */
  private static Logs.Group group(Group group) {
    String[] parts = group.arn().split(":", 7);
    return new Logs.Group(parts[4], parts[3], parts[6]);
  }

  private List<Logs.Kept> kept(Group group) {
    try {
      return logs.streams(group(group));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<Stream> streams(Group group, String prefix, @Nullable String after, int limit) {
    return kept(group).stream()
        .filter(stream -> stream.name().startsWith(prefix))
        .filter(stream -> after == null || stream.name().compareTo(after) > 0)
        .sorted(Comparator.comparing(Logs.Kept::name))
        .limit(limit)
        .map(stream ->
            new Stream(stream.name(), stream.begun().toEpochMilli(), stream.last().toEpochMilli()))
        .toList();
  }

  @Override
  public void entries(Group group, String stream, Place after, Predicate<Entry> to) {
    for (Logs.Kept kept : kept(group)) {
      if (kept.name().equals(stream)) {
        Reading reading = new Reading(after, to);
        try {
          Logs.lines(kept, reading::take);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
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
