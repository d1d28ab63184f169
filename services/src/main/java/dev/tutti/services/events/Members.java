package dev.tutti.services.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tutti.core.events.BusArn;
import dev.tutti.core.json.Json;
import dev.tutti.services.Exchange;
import dev.tutti.wire.ServiceError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Members of EventBridge's inputs that several operations share. */
final class Members {
  static final String INVALID = "ValidationException";

  private Members() {}

  /** A text member; null where it is absent. */
  static @Nullable String text(JsonNode input, String member) {
    return input.path(member).isTextual() ? input.path(member).asText() : null;
  }

  /** A text member that the model requires. */
  static String required(JsonNode input, String member) {
    return input.path(member).asText();
  }

  /** The bus that a member names, by name or ARN; the default bus where it is absent. */
  static BusArn bus(Exchange exchange, JsonNode input, String member) {
    String named = text(input, member);
    if (named == null) {
      return new BusArn(exchange.region(), exchange.context(), BusArn.DEFAULT);
    }
    return named.startsWith("arn:")
        ? BusArn.parse(named).orElseThrow(() -> notAnArn(member))
        : new BusArn(exchange.region(), exchange.context(), named);
  }

  static ServiceError notAnArn(String member) {
    return new ServiceError(
        INVALID,
        "Parameter " + member + " is not valid. Reason: Provided Arn is not in correct format.");
  }

  /** Refuses members whose effect isn't there. */
  static void refuse(JsonNode input, String... members) {
    for (String member : members) {
      if (input.hasNonNull(member)) {
        throw new ServiceError(INVALID, "Parameter " + member + " is not supported.");
      }
    }
  }

  /** Refuses more than one of the filters that lists of archives and replays have. */
  static void atMostOne(JsonNode input, String operation) {
    long given =
        Stream.of("NamePrefix", "EventSourceArn", "State").filter(input::hasNonNull).count();
    if (given > 1) {
      throw new ServiceError(
          INVALID,
          "At most one filter is allowed for "
              + operation
              + ". Use either : State, EventSourceArn, or NamePrefix.");
    }
  }

  static Map<String, String> tags(JsonNode input) {
    Map<String, String> tags = new LinkedHashMap<>();
    input.path("Tags").forEach(t -> tags.put(required(t, "Key"), required(t, "Value")));
    return tags;
  }

  static ArrayNode tags(Map<String, String> tags) {
    ArrayNode list = Json.array();
    tags.forEach((key, value) -> list.addObject().put("Key", key).put("Value", value));
    return list;
  }

  static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
