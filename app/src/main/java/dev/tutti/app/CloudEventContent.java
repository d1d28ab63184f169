package dev.tutti.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.wire.ServiceError;
import dev.tutti.wire.message.Request;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The CloudEvents of a request, by the specification's HTTP binding: a batch, a structured event,
 * or a binary one whose attributes are headers; each in the JSON format's form.
 *
 * @param batch whether it was a batch
 */
record CloudEventContent(boolean batch, List<JsonNode> events) {
  private static final String PREFIX = "ce-";

  /**
   * Reads a request.
   *
   * @throws ServiceError where its form is none of the three
   */
  static CloudEventContent of(Request request) {
    String type = request.header("Content-Type");
    String media = type == null ? "" : type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    if (media.equals("application/cloudevents-batch+json")) {
      JsonNode batch = Json.parse(request.body());
      if (!batch.isArray()) {
        throw new ServiceError("ValidationException", "A batch is a JSON array.");
      }
      List<JsonNode> events = new ArrayList<>();
      batch.forEach(events::add);
      return new CloudEventContent(true, events);
    }
    if (media.equals("application/cloudevents+json")) {
      return new CloudEventContent(false, List.of(Json.parse(request.body())));
    }
    if (media.startsWith("application/cloudevents")) {
      throw new ServiceError(
          "UnsupportedMediaType", "Of CloudEvents' formats only JSON is known here.", 415);
    }
    if (request.header("ce-specversion") == null) {
      throw new ServiceError(
          "UnsupportedMediaType",
          "Send application/cloudevents+json, application/cloudevents-batch+json, or the"
              + " attributes as ce- headers.",
          415);
    }
    return new CloudEventContent(false, List.of(binary(request, media, type)));
  }

  private static JsonNode binary(Request request, String media, @Nullable String type) {
    ObjectNode event = Json.object();
    for (Map.Entry<String, String> header : request.firstHeaders().entrySet()) {
      if (header.getKey().startsWith(PREFIX)) {
        // percent-encoded as the binding says; a plus is no space there
        String value = header.getValue().replace("+", "%2B");
        event.put(
            header.getKey().substring(PREFIX.length()),
            URLDecoder.decode(value, StandardCharsets.UTF_8));
      }
    }
    if (type != null) {
      event.put("datacontenttype", type);
    }
    byte[] body = request.body();
    if (body.length == 0) {
      return event;
    }
    if (media.isEmpty() || media.equals("application/json") || media.endsWith("+json")) {
      return event.set("data", Json.parse(body));
    }
    return media.startsWith("text/") && isUtf8(body)
        ? event.put("data", new String(body, StandardCharsets.UTF_8))
        : event.put("data_base64", Base64.getEncoder().encodeToString(body));
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException _) {
      return false;
    }
  }
}
