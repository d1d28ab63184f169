package dev.tutti.services.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.services.Exchange;
import dev.tutti.services.logs.StreamSource.Entry;
import dev.tutti.services.logs.StreamSource.Place;
import dev.tutti.services.logs.StreamSource.Stream;
import dev.tutti.wire.ServiceError;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** DescribeLogStreams and GetLogEvents. */
final class Streams {
  private static final int STREAMS = 50;
  private static final Comparator<Stream> BY_TIME =
      Comparator.comparingLong(Stream::lastMillis).thenComparing(Stream::name);

  private final Function<Exchange, Shelf> shelves;

  Streams(Function<Exchange, Shelf> shelves) {
    this.shelves = shelves;
  }

  JsonNode describe(Exchange exchange) {
    JsonNode input = exchange.input();
    Shelf shelf = shelves.apply(exchange);
    int limit = input.path("limit").asInt(STREAMS);
    String prefix = input.path("logStreamNamePrefix").asText("");
    boolean byTime = input.path("orderBy").asText().equals("LastEventTime");
    if (byTime && !prefix.isEmpty()) {
      throw new ServiceError(
          "InvalidParameterException", "Cannot order by LastEventTime with a logStreamNamePrefix.");
    }
    Position after = Position.of(input);
    boolean descending = input.path("descending").asBoolean();
    List<Stream> found;
    if (byTime || descending) {
      Comparator<Stream> order = byTime ? BY_TIME : Shelf.BY_NAME;
      found = first(shelf, prefix, descending ? order.reversed() : order, after, limit + 1);
    } else {
      found = shelf.streams(prefix, after == null ? null : after.stream(), limit + 1);
    }
    ObjectNode output = Json.object();
    ArrayNode items = output.putArray("logStreams");
    for (Stream stream : found.subList(0, Math.min(limit, found.size()))) {
      items.add(item(shelf.group().arn(), stream));
    }
    if (found.size() > limit) {
      Stream last = found.get(limit - 1);
      output.put(
          "nextToken", new Position(true, new Place(last.lastMillis(), ""), last.name()).token());
    }
    return output;
  }

  /** The first streams in some order, after one. */
  private static List<Stream> first(
      Shelf shelf, String prefix, Comparator<Stream> order, @Nullable Position after, int limit) {
    Stream begin = after == null ? null : new Stream(after.stream(), 0, after.place().millis());
    PriorityQueue<Stream> first = new PriorityQueue<>(order.reversed());
    shelf.each(
        prefix,
        stream -> {
          if (begin == null || order.compare(begin, stream) < 0) {
            first.add(stream);
            if (first.size() > limit) {
              first.poll();
            }
          }
        });
    return first.stream().sorted(order).toList();
  }

  private static ObjectNode item(String group, Stream stream) {
    ObjectNode item = Json.object();
    item.put("logStreamName", stream.name());
    item.put("creationTime", stream.createdMillis());
    item.put("firstEventTimestamp", stream.createdMillis());
    item.put("lastEventTimestamp", stream.lastMillis());
    item.put("lastIngestionTime", stream.lastMillis());
    item.put("arn", group + ":log-stream:" + stream.name());
    item.put("storedBytes", 0);
    return item;
  }

  /** Without a token, and not from the head, the newest page; a page is in the order of time. */
  JsonNode events(Exchange exchange) {
    JsonNode input = exchange.input();
    Shelf shelf = shelves.apply(exchange);
    Stream stream = shelf.stream(input.path("logStreamName").asText());
    Position position = Position.of(input);
    Page page = new Page(input.path("limit").asInt(Page.MOST));
    if (position == null ? input.path("startFromHead").asBoolean() : position.isForward()) {
      Place after = position == null ? null : position.place();
      shelf.entries(stream, after, shelf.window(input, false), page::takeFirst);
    } else {
      shelf.entries(
          stream,
          null,
          shelf.window(input, false),
          entry -> {
            boolean isBefore = position == null || entry.place().compareTo(position.place()) < 0;
            if (isBefore) {
              page.takeLast(entry);
            }
            return isBefore;
          });
    }
    ObjectNode output = Json.object();
    ArrayNode events = output.putArray("events");
    for (Entry entry : page.entries()) {
      events
          .addObject()
          .put("timestamp", entry.place().millis())
          .put("message", entry.message())
          .put("ingestionTime", entry.place().millis());
    }
    Position forward = new Position(true, new Place(0, ""), stream.name());
    Position backward = new Position(false, new Place(0, ""), stream.name());
    if (!page.isEmpty()) {
      forward = forward.at(page.entries().getLast().place());
      backward = backward.at(page.entries().getFirst().place());
    } else if (position != null) {
      // The way back begins with the entry at which this way ended.
      long millis = position.place().millis();
      forward = position.isForward() ? position : forward.at(new Place(millis, ""));
      backward = position.isForward() ? backward.at(new Place(millis, Place.LAST)) : position;
    }
    output.put("nextForwardToken", forward.token());
    output.put("nextBackwardToken", backward.token());
    return output;
  }
}
