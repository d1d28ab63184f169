package dev.tutti.services.streams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.events.Envelope;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Ids;
import dev.tutti.wire.ServiceError;
import dev.tutti.wire.TraceHeader;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Between CloudEvents 1.0 (the specification's JSON format) and a bus's events, without loss.
 *
 * <p>{@code type} is the detail-type, {@code source} the source, {@code data} the detail. All other
 * attributes stand in the event's own member {@value #MEMBER}, where patterns can ask for them.
 * Data that is no JSON object is wrapped in one. What an event has that a CloudEvent has no
 * attribute for becomes an extension ({@code account}, {@code region}, {@code bus}, {@code
 * resources}). The table is in docs/streams.md.
 */
public final class CloudEvents {
  static final String MEMBER = "cloudevent";
  private static final String WRAPPED = "wrapped";
  private static final List<String> REQUIRED = List.of("id", "source", "specversion", "type");
  private static final Pattern NAME = Pattern.compile("[a-z0-9]{1,64}");
  private static final Pattern TRACEPARENT =
      Pattern.compile("[0-9a-f]{2}-([0-9a-f]{8})([0-9a-f]{24})-([0-9a-f]{16})-[0-9a-f]{2}");

  private CloudEvents() {}

  /**
   * Checks a CloudEvent.
   *
   * @throws ServiceError where it isn't one; the message says why
   */
  static void check(JsonNode given) {
    if (!given.isObject()) {
      throw invalid("A CloudEvent is a JSON object.");
    }
    for (String name : REQUIRED) {
      if (!given.path(name).isTextual() || given.path(name).textValue().isEmpty()) {
        throw invalid("The attribute " + name + " is required and can't be empty.");
      }
    }
    if (!given.path("specversion").textValue().equals("1.0")) {
      throw invalid("Only version 1.0 of CloudEvents is known here.");
    }
    if (given.has("data") && given.has("data_base64")) {
      throw invalid("A CloudEvent has either data or data_base64.");
    }
    for (var attribute : given.properties()) {
      String name = attribute.getKey();
      if (!isData(name) && !NAME.matcher(name).matches()) {
        throw invalid("The attribute name " + name + " is not of a-z and 0-9.");
      }
      if (!isData(name) && attribute.getValue().isContainerNode()) {
        throw invalid("The attribute " + name + " is not a single value.");
      }
    }
    if (given.path("source").textValue().startsWith("aws.")) {
      throw new ServiceError("NotAuthorizedForSource", "Not authorized for the source.", 403);
    }
    var _ = timeMillis(given);
  }

  private static boolean isData(String name) {
    return name.equals("data") || name.equals("data_base64");
  }

  private static ServiceError invalid(String message) {
    return new ServiceError("ValidationException", message);
  }

  private static @Nullable Long timeMillis(JsonNode given) {
    if (!given.hasNonNull("time")) {
      return null;
    }
    try {
      return OffsetDateTime.parse(given.path("time").asText()).toInstant().toEpochMilli();
    } catch (DateTimeException e) {
      throw invalid("The attribute time is not of RFC 3339: " + e.getMessage());
    }
  }

  /** The id of a CloudEvent on a bus: source and id tell one from all others. */
  static String id(String bus, JsonNode given) {
    return Ids.uuid(
        String.join(
            "\n",
            "cloudevent",
            bus,
            given.path("source").textValue(),
            given.path("id").textValue()));
  }

  /** A CloudEvent that passed {@link #check}, as an event of a bus. */
  static ObjectNode event(String bus, String account, String region, JsonNode given) {
    ObjectNode rest = Json.object();
    given
        .properties()
        .forEach(attribute -> {
          String name = attribute.getKey();
          if (!isData(name) && !name.equals("type") && !name.equals("source")) {
            rest.set(name, attribute.getValue());
          }
        });
    ObjectNode event =
        Envelope.of(
            id(bus, given),
            given.path("type").textValue(),
            given.path("source").textValue(),
            account,
            timeMillis(given),
            region,
            List.of(),
            detail(given, rest));
    event.set(MEMBER, rest);
    return event;
  }

  private static JsonNode detail(JsonNode given, ObjectNode rest) {
    if (given.path("data").isObject()) {
      return given.path("data");
    }
    for (String name : List.of("data", "data_base64")) {
      if (given.has(name)) {
        rest.put(WRAPPED, name);
        return Json.object().set(name, given.path(name));
      }
    }
    rest.put(WRAPPED, "nothing");
    return Json.object();
  }

  /**
   * An event as a CloudEvent.
   *
   * @param cause of its acceptance
   * @param span of its acceptance, 16 hex digits
   */
  static ObjectNode of(JsonNode event, String bus, Cause cause, String span) {
    JsonNode kept = event.path(MEMBER);
    ObjectNode made = Json.object().put("specversion", "1.0");
    made.put("id", kept.path("id").asText(event.path("id").asText()));
    made.put("source", event.path("source").asText());
    made.put("type", event.path("detail-type").asText());
    made.put("time", event.path("time").asText());
    made.put("datacontenttype", "application/json");
    kept.properties()
        .forEach(attribute -> {
          if (!attribute.getKey().equals(WRAPPED)) {
            made.set(attribute.getKey(), attribute.getValue());
          }
        });
    if (kept.isObject() && !kept.has("datacontenttype")) {
      made.remove("datacontenttype");
    }
    extend(made, event, bus, cause, span);
    String wrapped = kept.path(WRAPPED).asText("");
    JsonNode detail = event.path("detail");
    switch (wrapped) {
      case "" -> made.set("data", detail);
      case "nothing" -> {}
      default -> made.set(wrapped, detail.path(wrapped));
    }
    return made;
  }

  private static void extend(
      ObjectNode made, JsonNode event, String bus, Cause cause, String span) {
    made.put("account", event.path("account").asText());
    made.put("region", event.path("region").asText());
    made.put("bus", bus);
    if (!event.path("resources").isEmpty()) {
      List<String> resources = new ArrayList<>();
      event.path("resources").forEach(resource -> resources.add(resource.asText()));
      made.put("resources", String.join(",", resources));
    }
    if (event.hasNonNull("replay-name")) {
      made.put("replayname", event.path("replay-name").asText());
    }
    if (!made.has("correlationid")) {
      made.put("correlationid", cause.root());
    }
    if (!made.has("causationid") && !cause.parent().isEmpty()) {
      made.put("causationid", cause.parent());
    }
    traceparent(cause.root(), span).ifPresent(text -> made.put("traceparent", text));
  }

  private static Optional<String> traceparent(String root, String span) {
    String digits = root.startsWith("1-") ? root.substring(2).replace("-", "") : "";
    return digits.length() == 32
        ? Optional.of("00-" + digits + "-" + span + "-01")
        : Optional.empty();
  }

  /** What caused a CloudEvent, by its distributed tracing extension. */
  public static Optional<TraceHeader> trace(JsonNode given) {
    Matcher parent = TRACEPARENT.matcher(given.path("traceparent").asText());
    return parent.matches()
        ? Optional.of(
            new TraceHeader("1-" + parent.group(1) + "-" + parent.group(2), parent.group(3)))
        : Optional.empty();
  }
}
