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
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * PutEvents: each entry is accepted or refused on its own. They are accepted at the same time, and
 * answered in their order.
 */
final class PutEvents implements Operation {
  /** Greatest size of all entries together, in bytes, counted as AWS counts it. */
  private static final int MAX_BYTES = 256 * 1024;

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

  private static List<ObjectNode> accept(Exchange exchange, List<JsonNode> entries) {
    if (entries.size() == 1) {
      return List.of(accept(exchange, entries.getFirst(), 0));
    }
    List<Future<ObjectNode>> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < entries.size(); i++) {
        int number = i;
        results.add(threads.submit(() -> accept(exchange, entries.get(number), number)));
      }
    }
    return results.stream().map(PutEvents::result).toList();
  }

  private static ObjectNode result(Future<ObjectNode> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException("an entry could not be accepted", e);
    }
  }

  private static ObjectNode accept(Exchange exchange, JsonNode entry, int number) {
    for (String member : List.of("Source", "DetailType", "Detail")) {
      if (entry.path(member).asText().isEmpty()) {
        return error(
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
      return error("NotAuthorizedForSource", "Not authorized for the source.");
    }
    JsonNode detail;
    try {
      detail = Json.parse(Members.required(entry, "Detail"));
    } catch (MalformedJson e) {
      return error("MalformedDetail", "Detail is malformed.");
    }
    if (!detail.isObject()) {
      return error("MalformedDetail", "Detail is malformed.");
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
    Reply reply =
        exchange.send(
            Events.key(bus, id),
            new EventCommand.Accept(exchange.context(), bus.text(), event, List.of()));
    return switch (reply) {
      case Reply.Done done -> Json.object().put("EventId", id);
      case Reply.Refused refused -> error(refused.code(), refused.message());
    };
  }

  private static ObjectNode error(String code, String message) {
    return Json.object().put("ErrorCode", code).put("ErrorMessage", message);
  }
}
