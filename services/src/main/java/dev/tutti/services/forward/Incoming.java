package dev.tutti.services.forward;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.wire.ServiceError;
import dev.tutti.wire.model.Member;
import dev.tutti.wire.model.Metadata;
import dev.tutti.wire.model.Operation;
import dev.tutti.wire.model.Shape;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/** An HTTP answer as an operation's output or error. */
final class Incoming {
  private static final int SHOWN = 500;

  private Incoming() {}

  /**
   * Reads an answer.
   *
   * @throws ServiceError the service's
   */
  static JsonNode output(Metadata service, Operation operation, HttpResponse<byte[]> answer) {
    if (answer.statusCode() / 100 != 2) {
      throw error(answer);
    }
    return service.protocol().equals("json") ? json(answer.body()) : rest(operation, answer);
  }

  private static JsonNode rest(Operation operation, HttpResponse<byte[]> answer) {
    String payload = operation.output().payload();
    Member whole = payload == null ? null : operation.output().members().get(payload);
    ObjectNode output = Json.object();
    if (whole != null && payload != null) {
      output.set(
          payload,
          whole.shape() instanceof Shape.Blob
              ? Json.text(Base64.getEncoder().encodeToString(answer.body()))
              : json(answer.body()));
    } else {
      JsonNode body = json(answer.body());
      for (Member member : operation.output().members().values()) {
        JsonNode value = body.get(member.wireName());
        if (member.location() == Member.Location.BODY && value != null) {
          output.set(member.name(), value);
        }
      }
    }
    for (Member member : operation.output().members().values()) {
      switch (member.location()) {
        case STATUS -> output.put(member.name(), answer.statusCode());
        case HEADER ->
            answer
                .headers()
                .firstValue(member.wireName())
                .ifPresent(value -> output.put(member.name(), value));
        case HEADERS -> {
          ObjectNode found = output.putObject(member.name());
          answer
              .headers()
              .map()
              .forEach((name, values) -> {
                if (name.startsWith(member.wireName())) {
                  found.put(name.substring(member.wireName().length()), values.getFirst());
                }
              });
        }
        case BODY, URI, QUERY -> {
          // read above, or no part of an answer
        }
      }
    }
    return output;
  }

  private static JsonNode json(byte[] body) {
    return body.length == 0 ? Json.object() : Json.parse(body);
  }

  private static ServiceError error(HttpResponse<byte[]> answer) {
    String text = new String(answer.body(), StandardCharsets.UTF_8);
    JsonNode body;
    try {
      body = Json.parse(answer.body());
    } catch (MalformedJson e) {
      return new ServiceError(
          "HttpStatus" + answer.statusCode(),
          text.substring(0, Math.min(SHOWN, text.length())),
          answer.statusCode());
    }
    String type =
        answer
            .headers()
            .firstValue("x-amzn-errortype")
            .orElse(body.path("__type").asText(body.path("code").asText("UnknownError")));
    String code = type.substring(type.indexOf('#') + 1).split(":", 2)[0];
    String message = body.path("message").asText(body.path("Message").asText(""));
    return new ServiceError(code, Objects.requireNonNull(message), answer.statusCode());
  }
}
