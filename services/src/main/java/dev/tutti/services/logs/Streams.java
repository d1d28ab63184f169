package dev.tutti.services.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.core.logs.Group;
import dev.tutti.core.workflow.execution.LogRows;
import dev.tutti.host.Reader;
import dev.tutti.services.Exchange;
import dev.tutti.wire.ServiceError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads log streams. What was written before a group was created belongs to one of its name. */
final class Streams {
  private static final int STREAMS = 50;
  private static final int EVENTS = 10_000;

  private final Function<Exchange, Group> groups;

  Streams(Function<Exchange, Group> groups) {
    this.groups = groups;
  }

  JsonNode describe(Exchange exchange) {
    JsonNode input = exchange.input();
    Group group = groups.apply(exchange);
    int limit = input.path("limit").asInt(STREAMS);
    String prefix = input.path("logStreamNamePrefix").asText("");
    List<String> after = position(input);
    ObjectNode output = Json.object();
    ArrayNode items = output.putArray("logStreams");
    while (true) {
      List<Reader.Row> rows =
          exchange.reader().rows(LogRows.STREAMS, List.of(group.arn()), after, STREAMS);
      for (Reader.Row row : rows) {
        String name = row.key().get(1);
        if (name.startsWith(prefix)
            && row.value().path("lastMillis").asLong() >= group.createdMillis()) {
          if (items.size() == limit) {
            output.put("nextToken", token(after == null ? List.of() : after));
            return output;
          }
          items.add(stream(group, name, row.value()));
        }
        after = row.key();
      }
      if (rows.size() < STREAMS) {
        return output;
      }
    }
  }

  private static ObjectNode stream(Group group, String name, JsonNode row) {
    ObjectNode item = Json.object();
    item.put("logStreamName", name);
    item.put("creationTime", row.path("createdMillis").asLong());
    item.put("firstEventTimestamp", row.path("createdMillis").asLong());
    item.put("lastEventTimestamp", row.path("lastMillis").asLong());
    item.put("lastIngestionTime", row.path("lastMillis").asLong());
    item.put("arn", group.arn() + ":log-stream:" + name);
    item.put("storedBytes", 0);
    return item;
  }

  /** Events from the oldest on; without a token, and not from the head, the newest page. */
  JsonNode events(Exchange exchange) {
    JsonNode input = exchange.input();
    Group group = groups.apply(exchange);
    String stream = input.path("logStreamName").asText();
    List<String> prefix = List.of(group.arn(), stream);
    if (exchange.reader().rows(LogRows.STREAMS, prefix, null, 1).isEmpty()) {
      throw new ServiceError(
          "ResourceNotFoundException", "The specified log stream does not exist.");
    }
    int limit = input.path("limit").asInt(EVENTS);
    long from = Math.max(group.createdMillis(), input.path("startTime").asLong(0));
    long to = input.path("endTime").asLong(Long.MAX_VALUE);
    List<String> after = position(input);
    List<Reader.Row> rows = new ArrayList<>();
    for (Reader.Row row : exchange.reader().rows(LogRows.EVENTS, prefix, after, EVENTS)) {
      long millis = row.value().path("millis").asLong();
      if (millis >= from && millis < to) {
        rows.add(row);
      }
    }
    boolean newest = after == null && !input.path("startFromHead").asBoolean(false);
    List<Reader.Row> page =
        rows.subList(
            newest ? Math.max(0, rows.size() - limit) : 0,
            newest ? rows.size() : Math.min(limit, rows.size()));
    ObjectNode output = Json.object();
    ArrayNode events = output.putArray("events");
    for (Reader.Row row : page) {
      events
          .addObject()
          .put("timestamp", row.value().path("millis").asLong())
          .put("message", row.value().path("message").asText())
          .put("ingestionTime", row.value().path("millis").asLong());
    }
    List<String> end = page.isEmpty() ? after : page.getLast().key();
    output.put("nextForwardToken", token(end == null ? List.of() : end));
    output.put("nextBackwardToken", token(end == null ? List.of() : end));
    return output;
  }

  private static String token(List<String> parts) {
    ArrayNode array = Json.array();
    parts.forEach(array::add);
    return "f/"
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(Json.write(array).getBytes(StandardCharsets.UTF_8));
  }

  private static @Nullable List<String> position(JsonNode input) {
    String token = input.path("nextToken").asText("");
    if (token.isEmpty()) {
      return null;
    }
    try {
      List<String> parts = new ArrayList<>();
      Json.parse(Base64.getUrlDecoder().decode(token.substring(2)))
          .forEach(part -> parts.add(part.asText()));
      return parts.isEmpty() ? null : parts;
    } catch (IllegalArgumentException | IndexOutOfBoundsException | MalformedJson e) {
      throw new ServiceError("InvalidParameterException", "The specified nextToken is invalid.");
    }
  }
}
