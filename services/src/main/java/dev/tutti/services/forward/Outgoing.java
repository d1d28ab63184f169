package dev.tutti.services.forward;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.wire.ServiceError;
import dev.tutti.wire.model.Member;
import dev.tutti.wire.model.Metadata;
import dev.tutti.wire.model.Operation;
import dev.tutti.wire.model.Shape;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An operation as an HTTP request, in its service's protocol: AWS's JSON or its REST JSON.
 *
 * @param target path and query
 */
@SuppressWarnings("ArrayRecordComponent") // bytes that pass through; nobody compares requests
record Outgoing(String method, String target, Map<String, String> headers, byte[] body) {

  /**
   * Writes a request.
   *
   * @throws ServiceError where the service speaks another protocol
   */
  static Outgoing of(Metadata service, Operation operation, JsonNode input) {
    return switch (service.protocol()) {
      case "json" ->
          new Outgoing(
              "POST",
              "/",
              Map.of(
                  "Content-Type",
                  "application/x-amz-json-" + service.jsonVersion(),
                  "X-Amz-Target",
                  service.targetPrefix() + "." + operation.name()),
              Json.bytes(input));
      case "rest-json" -> rest(operation, input);
      default ->
          throw new ServiceError(
              "UnknownOperationException",
              "%s speaks the protocol %s, in which nothing is forwarded from here"
                  .formatted(service.name(), service.protocol()));
    };
  }

  private static Outgoing rest(Operation operation, JsonNode input) {
    String target = operation.uri();
    Map<String, String> headers = new LinkedHashMap<>();
    List<String> query = new ArrayList<>();
    ObjectNode body = Json.object();
    for (Member member : operation.input().members().values()) {
      JsonNode value = input.get(member.name());
      if (value == null || value.isNull()) {
        continue;
      }
      switch (member.location()) {
        case URI -> target = filled(target, member.wireName(), value.asText());
        case HEADER -> headers.put(member.wireName(), value.asText());
        case HEADERS ->
            value
                .properties()
                .forEach(each ->
                    headers.put(member.wireName() + each.getKey(), each.getValue().asText()));
        case QUERY -> query.add(encoded(member.wireName()) + "=" + encoded(value.asText()));
        case BODY, STATUS -> body.set(member.wireName(), value);
      }
    }
    String payload = operation.input().payload();
    byte[] content = payload == null ? Json.bytes(body) : payload(operation, payload, input);
    headers.put("Content-Type", "application/json");
    if (!query.isEmpty()) {
      target += (target.contains("?") ? "&" : "?") + String.join("&", query);
    }
    return new Outgoing(operation.method(), target, headers, content);
  }

  private static byte[] payload(Operation operation, String name, JsonNode input) {
    if (!input.hasNonNull(name)) {
      return new byte[0];
    }
    Shape shape = Objects.requireNonNull(operation.input().members().get(name)).shape();
    return shape instanceof Shape.Blob
        ? Base64.getDecoder().decode(input.get(name).asText())
        : Json.bytes(input.get(name));
  }

  private static String filled(String target, String label, String value) {
    return target
        .replace("{" + label + "+}", encoded(value).replace("%2F", "/"))
        .replace("{" + label + "}", encoded(value));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }

  URI at(URI address) {
    return URI.create(address + target);
  }
}
