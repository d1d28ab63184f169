package dev.tutti.services.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.wire.ServiceError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of log events ends: an entry, and its stream's name. By time, then by stream.
 *
 * @param isForward whether the page after it is meant, or the one before
 */
record Position(boolean isForward, StreamSource.Place place, String stream) {

  /** The one that a call's {@code nextToken} names; null where there is none. */
  static @Nullable Position of(JsonNode input) {
    String token = input.path("nextToken").asText("");
    if (token.isEmpty()) {
      return null;
    }
    try {
      JsonNode parts = Json.parse(Base64.getUrlDecoder().decode(token.substring(2)));
      if (parts.size() == 3 && (token.startsWith("f/") || token.startsWith("b/"))) {
        return new Position(
            token.startsWith("f/"),
            new StreamSource.Place(parts.path(0).asLong(), parts.path(1).asText()),
            parts.path(2).asText());
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException | MalformedJson e) {
      throw refused();
    }
    throw refused();
  }

  private static ServiceError refused() {
    return new ServiceError("InvalidParameterException", "The specified nextToken is invalid.");
  }

  /** The same way, from elsewhere. */
  Position at(StreamSource.Place other) {
    return new Position(isForward, other, stream);
  }

  String token() {
    ArrayNode parts = Json.array().add(place.millis()).add(place.number()).add(stream);
    return (isForward ? "f/" : "b/")
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(Json.write(parts).getBytes(StandardCharsets.UTF_8));
  }
}
