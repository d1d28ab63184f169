package dev.tutti.services.parked;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.core.kernel.Request;
import dev.tutti.wire.ServiceError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * The part of a delivery's request that carries what the sender said. Only this part is edited:
 * where the request goes, and as whom, stays as it was decided.
 */
final class Payload {
  private static final String FUNCTION = "Payload";
  private static final String EVENT = "Event";

  /** Operations to the member that carries the payload. */
  private static final Map<String, String> MEMBERS =
      Map.of(
          "Invoke", FUNCTION,
          "StartExecution", "input",
          "StartSyncExecution", "input",
          "Publish", "Message",
          "SendMessage", "MessageBody",
          "ForwardEvent", EVENT,
          "InvokeApiDestination", "Body",
          "SendPush", "Message",
          "SendText", "Message");

  private Payload() {}

  /** The payload as text; the whole input of an operation that has none of its own. */
  static String of(Request request) {
    return switch (request) {
      case Request.Post post -> post.body();
      case Request.Operation asked -> {
        String member = MEMBERS.get(asked.operation());
        JsonNode value = member == null ? asked.input() : asked.input().path(member);
        yield switch (member) {
          case FUNCTION ->
              new String(Base64.getDecoder().decode(value.asText()), StandardCharsets.UTF_8);
          case null, default -> value.isTextual() ? value.asText() : Json.write(value);
        };
      }
    };
  }

  /**
   * The request with another payload.
   *
   * @throws ServiceError where the target can't take that
   */
  static Request with(Request request, String payload) {
    return switch (request) {
      case Request.Post post -> new Request.Post(post.url(), post.headers(), payload);
      case Request.Operation asked -> {
        String member = MEMBERS.get(asked.operation());
        ObjectNode input = asked.input().deepCopy();
        switch (member) {
          case null -> input = object(payload);
          case FUNCTION -> {
            json(payload);
            input.put(
                member,
                Base64.getEncoder().encodeToString(payload.getBytes(StandardCharsets.UTF_8)));
          }
          case EVENT -> input.set(member, sameEvent(object(payload), input.path(member)));
          case "input" -> {
            json(payload);
            input.put(member, payload);
          }
          default -> input.put(member, payload);
        }
        yield new Request.Operation(
            asked.context(), asked.region(), asked.service(), asked.operation(), input);
      }
    };
  }

  /** An edited event is still the same event. */
  private static ObjectNode sameEvent(ObjectNode edited, JsonNode before) {
    if (!edited.path("id").equals(before.path("id"))) {
      throw invalid("The event's id can't be changed; it was " + before.path("id").asText() + ".");
    }
    return edited;
  }

  private static JsonNode json(String payload) {
    try {
      return Json.parse(payload);
    } catch (MalformedJson e) {
      throw invalid("The payload is not JSON, which this target needs: " + e.getMessage());
    }
  }

  private static ObjectNode object(String payload) {
    if (json(payload) instanceof ObjectNode object) {
      return object;
    }
    throw invalid("The payload is not a JSON object, which this target needs.");
  }

  private static ServiceError invalid(String message) {
    return new ServiceError("ValidationException", message);
  }
}
