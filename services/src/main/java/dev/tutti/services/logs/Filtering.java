package dev.tutti.services.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.logs.filter.LogFilter;
import dev.tutti.core.pattern.Regex;
import dev.tutti.services.Exchange;
import dev.tutti.services.logs.StreamSource.Entry;
import dev.tutti.services.logs.StreamSource.Place;
import dev.tutti.services.logs.StreamSource.Stream;
import dev.tutti.wire.ServiceError;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * FilterLogEvents: what the streams of a group have in common, by time. A page is gathered by going
 * over every stream that has something as young as the page before, and keeping the first.
 */
final class Filtering {
  private static final String INVALID = "InvalidParameterException";

  private final Function<Exchange, Shelf> shelves;

  Filtering(Function<Exchange, Shelf> shelves) {
    this.shelves = shelves;
  }

  /** An entry, and where it is from. */
  private record Found(String stream, Entry entry) implements Comparable<Found> {
    private static final Comparator<Found> ORDER =
        Comparator.<Found>comparingLong(found -> found.entry.place().millis())
            .thenComparing(Found::stream)
            .thenComparing(found -> found.entry.place());

    @Override
    public int compareTo(Found other) {
      return ORDER.compare(this, other);
    }
  }

  JsonNode filter(Exchange exchange) {
    JsonNode input = exchange.input();
    Shelf shelf = shelves.apply(exchange);
    JsonNode names = input.path("logStreamNames");
    String prefix = input.path("logStreamNamePrefix").asText("");
    if (!names.isEmpty() && !prefix.isEmpty()) {
      throw new ServiceError(
          INVALID, "logStreamNames and logStreamNamePrefix cannot both be specified.");
    }
    Gathering gathering =
        new Gathering(
            shelf,
            filter(input),
            shelf.window(input, true),
            Position.of(input),
            input.path("limit").asInt(Page.MOST));
    try {
      if (names.isEmpty()) {
        shelf.each(prefix, gathering::add);
      } else {
        names.forEach(name -> gathering.add(shelf.stream(name.asText())));
      }
    } catch (Regex.TooMuchWork e) {
      throw new ServiceError(INVALID, String.valueOf(e.getMessage()));
    }
    return gathering.answer();
  }

  private static LogFilter filter(JsonNode input) {
    try {
      return LogFilter.of(input.path("filterPattern").asText(""));
    } catch (IllegalArgumentException e) {
      throw new ServiceError(INVALID, String.valueOf(e.getMessage()));
    }
  }

  /** The first of what is found, in bounds. */
  private static final class Gathering {
    private final Shelf shelf;
    private final LogFilter filter;
    private final Shelf.Window window;
    private final @Nullable Position after;
    private final int limit;
    private final TreeSet<Found> first = new TreeSet<>();
    private long bytes;
    private boolean more;

    Gathering(
        Shelf shelf, LogFilter filter, Shelf.Window window, @Nullable Position after, int limit) {
      this.shelf = shelf;
      this.filter = filter;
      this.window = window;
      this.after = after;
      this.limit = limit;
    }

    void add(Stream stream) {
      Place begin = begin(stream.name());
      long from = begin == null ? window.fromMillis() : begin.millis();
      if (stream.lastMillis() + LogWriting.NEWEST_MILLIS >= from) {
        shelf.entries(stream, begin, window, entry -> take(new Found(stream.name(), entry)));
      }
    }

    /** After which of a stream's entries the page begins. */
    private @Nullable Place begin(String stream) {
      if (after == null) {
        return null;
      }
      int order = stream.compareTo(after.stream());
      return order == 0
          ? after.place()
          : new Place(after.place().millis(), order > 0 ? "" : Place.LAST);
    }

    /** Takes an entry; returns whether its stream may have more for this page. */
    private boolean take(Found found) {
      if (more && found.compareTo(first.last()) > 0) {
        return false;
      }
      if (!filter.matches(found.entry().message())) {
        return true;
      }
      first.add(found);
      bytes += Page.size(found.entry());
      while (first.size() > limit || (first.size() > 1 && bytes > Page.MOST_BYTES)) {
        bytes -= Page.size(first.pollLast().entry());
        more = true;
      }
      return true;
    }

    private String id(Found found) {
      Place place = found.entry().place();
      return Ids.hex(
          String.join(
              "/",
              shelf.group().arn(),
              found.stream(),
              Long.toString(place.millis()),
              place.number()),
          56);
    }

    ObjectNode answer() {
      ObjectNode output = Json.object();
      ArrayNode events = output.putArray("events");
      for (Found found : first) {
        Place place = found.entry().place();
        events
            .addObject()
            .put("logStreamName", found.stream())
            .put("timestamp", place.millis())
            .put("message", found.entry().message())
            .put("ingestionTime", place.millis())
            .put("eventId", id(found));
      }
      output.putArray("searchedLogStreams");
      if (more) {
        Found last = first.last();
        output.put("nextToken", new Position(true, last.entry().place(), last.stream()).token());
      }
      return output;
    }
  }
}
