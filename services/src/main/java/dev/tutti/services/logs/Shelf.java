package dev.tutti.services.logs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.logs.Group;
import dev.tutti.services.logs.StreamSource.Entry;
import dev.tutti.services.logs.StreamSource.Place;
import dev.tutti.services.logs.StreamSource.Stream;
import dev.tutti.wire.ServiceError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is to be seen of a log group: from all sources, what was logged since it was created and
 * within its retention.
 *
 * @param sinceMillis epoch milliseconds
 */
record Shelf(Group group, List<StreamSource> sources, long sinceMillis) {
  static final Comparator<Stream> BY_NAME = Comparator.comparing(Stream::name);

  private static final int PAGE = 1_000;

  /** By so much may the time of a file be before that of what was written to it last: a tick. */
  private static final long TICK_MILLIS = 10;

  private static final long DAY_MILLIS = 24L * 60 * 60 * 1000;

  static Shelf of(Group group, List<StreamSource> sources, long nowMillis) {
    return new Shelf(group, sources, Math.max(group.createdMillis(), keptFrom(group, nowMillis)));
  }

  /** From when on a group keeps what is logged, epoch milliseconds; 0 where it keeps everything. */
  static long keptFrom(Group group, long nowMillis) {
    return group.days() == 0 ? 0 : nowMillis - group.days() * DAY_MILLIS;
  }

  /** Streams by their names, after one; a limit's worth of them, or the last. */
  List<Stream> streams(String prefix, @Nullable String after, int limit) {
    List<Stream> found = new ArrayList<>();
    for (StreamSource source : sources) {
      String from = after;
      List<Stream> page;
      int most = found.size() + limit;
      do {
        page = source.streams(group, prefix, from, limit);
        for (Stream stream : page) {
          from = stream.name();
          if (stream.lastMillis() + TICK_MILLIS >= sinceMillis && found.size() < most) {
            found.add(stream);
          }
        }
      } while (page.size() == limit && found.size() < most);
    }
    found.sort(BY_NAME);
    return found.subList(0, Math.min(limit, found.size()));
  }

  /** Shows every stream, by its name. */
  void each(String prefix, Consumer<Stream> to) {
    String after = null;
    List<Stream> page;
    do {
      page = streams(prefix, after, PAGE);
      page.forEach(to);
      after = page.isEmpty() ? null : page.getLast().name();
    } while (page.size() == PAGE);
  }

  /**
   * A stream that is to be there.
   *
   * @throws ServiceError ResourceNotFoundException where it isn't
   */
  Stream stream(String name) {
    List<Stream> found = streams(name, null, 1);
    if (found.isEmpty() || !found.getFirst().name().equals(name)) {
      throw new ServiceError(
          "ResourceNotFoundException", "The specified log stream does not exist.");
    }
    return found.getFirst();
  }

  /**
   * The times that a call asks for, as far as there is something to be seen.
   *
   * @param withEnd whether {@code endTime} itself is among them
   */
  Window window(JsonNode input, boolean withEnd) {
    long end = input.path("endTime").asLong(Long.MAX_VALUE);
    return new Window(
        Math.max(sinceMillis, input.path("startTime").asLong(0)),
        withEnd && end < Long.MAX_VALUE ? end + 1 : end);
  }

  /** From a time, epoch milliseconds, up to but without another one. */
  record Window(long fromMillis, long toMillis) {}

  /**
   * Shows the entries of a stream within a window, the oldest first, as long as it is told to.
   *
   * @param after the place after which to start; null for the first
   * @param to returns whether it wants more
   */
  void entries(Stream stream, @Nullable Place after, Window window, Predicate<Entry> to) {
    Place first = new Place(window.fromMillis(), "");
    Place from = after == null || after.compareTo(first) < 0 ? first : after;
    for (StreamSource source : sources) {
      source.entries(
          group,
          stream.name(),
          from,
          entry -> entry.place().millis() < window.toMillis() && to.test(entry));
    }
  }
}
