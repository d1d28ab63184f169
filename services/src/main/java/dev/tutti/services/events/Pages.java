package dev.tutti.services.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.wire.ServiceError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/** Lists in pages: sorted by a name, of which the last one of a page is the token for the next. */
final class Pages {
  private static final int DEFAULT_LIMIT = 100;

  private Pages() {}

  /**
   * A page as the input's Limit and NextToken ask.
   *
   * @param member the output's name for the list
   */
  static ObjectNode page(
      JsonNode input, String member, NavigableMap<String, ? extends JsonNode> sorted) {
    int limit = input.path("Limit").asInt(DEFAULT_LIMIT);
    String after = after(input);
    NavigableMap<String, ? extends JsonNode> rest =
        after == null ? sorted : sorted.tailMap(after, false);
    ObjectNode output = Json.object();
    ArrayNode list = output.putArray(member);
    String last = "";
    for (Map.Entry<String, ? extends JsonNode> entry : rest.entrySet()) {
      if (list.size() == limit) {
        output.put("NextToken", token(last));
        break;
      }
      list.add(entry.getValue());
      last = entry.getKey();
    }
    return output;
  }

  private static String token(String last) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(last.getBytes(StandardCharsets.UTF_8));
  }

  private static @Nullable String after(JsonNode input) {
    String token = Members.text(input, "NextToken");
    if (token == null) {
      return null;
    }
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ServiceError(Members.INVALID, "Parameter NextToken is not valid.");
    }
  }
}
