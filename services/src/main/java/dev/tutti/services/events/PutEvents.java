package dev.tutti.services.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.events.BusArn;
import dev.tutti.core.events.Envelope;
import dev.tutti.core.events.EventCommand;
import dev.tutti.core.events.Events;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.core.kernel.Reply;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.wire.ServiceError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * PutEvents: each entry is accepted or refused on its own. They are accepted at the same time, and
 * answered in their order.
 */
final class PutEvents implements Operation {
  /** Greatest size of all entries together, in bytes, counted as AWS counts it. */
  private static final int MAX_BYTES = 1024 * 1024;

  private static final int TIME_BYTES = 14;

  @Override
  public JsonNode perform(Exchange exchange) {
    JsonNode input = exchange.input();
    Members.refuse(input, "EndpointId");
    List<JsonNode> entries = new ArrayList<>();
    input.path("Entries").forEach(entries::add);
    if (entries.stream().mapToLong(PutEvents::size).sum() > MAX_BYTES) {
      throw new ServiceError(
          Members.INVALID, "Total size of the entries in the request is over the limit.");
    }
    ArrayNode results = Json.array();
    accept(exchange, entries).forEach(results::add);
    int failed = 0;
    for (JsonNode result : results) {
      failed += result.has("ErrorCode") ? 1 : 0;
    }
    ObjectNode output = Json.object().put("FailedEntryCount", failed);
    output.set("Entries", results);
    return output;
  }

  private static long size(JsonNode entry) {
    long size = entry.hasNonNull("Time") ? TIME_BYTES : 0;
    for (String member : List.of("Source", "DetailType", "Detail")) {
      size += bytes(entry.path(member));
    }
    for (JsonNode resource : entry.path("Resources")) {
      size += bytes(resource);
    }
    return size;
  }

  private static int bytes(JsonNode text) {
    return text.asText().getBytes(StandardCharsets.UTF_8).length;
  }

  /** What becomes of an entry: refused at once, or sent to its bus. */
  private sealed interface Way {
    record Refused(ObjectNode result) implements Way {}

    record Sent(String eventId, Exchange.Sent command) implements Way {}
  }

  private static List<ObjectNode> accept(Exchange exchange, List<JsonNode> entries) {
    List<Way> ways = new ArrayList<>();
    List<Exchange.Sent> commands = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      Way way = way(exchange, entries.get(i), i);
      ways.add(way);
      if (way instanceof Way.Sent sent) {
        commands.add(sent.command());
      }
    }
    Iterator<Reply> replies = exchange.sendAll(commands).iterator();
    List<ObjectNode> results = new ArrayList<>();
    for (Way way : ways) {
      results.add(
          switch (way) {
            case Way.Refused refused -> refused.result();
            case Way.Sent sent -> result(sent.eventId(), replies.next());
          });
    }
    return results;
  }

  private static ObjectNode result(String eventId, Reply reply) {
    return switch (reply) {
      case Reply.Done _ -> Json.object().put("EventId", eventId);
      case Reply.Refused refused -> error(refused.code(), refused.message());
    };
  }

  private static Way way(Exchange exchange, JsonNode entry, int number) {
    for (String member : List.of("Source", "DetailType", "Detail")) {
      if (entry.path(member).asText().isEmpty()) {
        return refused(
            "InvalidArgument",
            "Parameter "
                + member
                + " is not valid. Reason: "
                + member
                + " is a required argument.");
      }
    }
    String source = Members.required(entry, "Source");
    if (source.startsWith("aws.")) {
      return refused("NotAuthorizedForSource", "Not authorized for the source.");
    }
    JsonNode detail;
    try {
      detail = Json.parse(Members.required(entry, "Detail"));
    } catch (MalformedJson e) {
      return refused("MalformedDetail", "Detail is malformed.");
    }
    if (!detail.isObject()) {
      return refused("MalformedDetail", "Detail is malformed.");
    }
    BusArn bus = Members.bus(exchange, entry, "EventBusName");
    String id = exchange.id("entry/" + number);
    JsonNode time = entry.path("Time");
    ObjectNode event =
        Envelope.of(
            id,
            Members.required(entry, "DetailType"),
            source,
            exchange.context(),
            time.isNumber() ? (Long) Math.round(time.doubleValue() * 1000) : null,
            exchange.region(),
            Members.texts(entry.path("Resources")),
            detail);
    return new Way.Sent(
        id,
        new Exchange.Sent(
            Events.key(bus, id),
            new EventCommand.Accept(
                exchange.context(), bus.text(), event, List.of(), exchange.cause().lineage())));
  }

  private static Way refused(String code, String message) {
    return new Way.Refused(error(code, message));
  }

  private static ObjectNode error(String code, String message) {
    return Json.object().put("ErrorCode", code).put("ErrorMessage", message);
  }
}
