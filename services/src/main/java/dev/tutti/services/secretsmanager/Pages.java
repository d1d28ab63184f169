package dev.tutti.services.secretsmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Ids;
import dev.tutti.wire.ServiceError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists in pages, by the time of creation and then a name: the last one is the next's token. */
final class Pages {
  private Pages() {}

  /** Where something stands in a list. */
  record At<T>(long createdMillis, String name, T thing) {
    String key() {
      return Ids.sortable(createdMillis) + '/' + name;
    }
  }

  /**
   * A page as the input's MaxResults and NextToken ask.
   *
   * @param member the output's name for the list
   * @param newestFirst the order
   * @param most on a page where the input doesn't say
   */
  static <T> ObjectNode page(
      JsonNode input,
      String member,
      List<At<T>> all,
      boolean newestFirst,
      int most,
      Function<T, @Nullable JsonNode> told) {
    Comparator<String> order = newestFirst ? Comparator.reverseOrder() : Comparator.naturalOrder();
    String after = after(input);
    List<At<T>> rest =
        all.stream()
            .filter(at -> after == null || order.compare(at.key(), after) > 0)
            .sorted(Comparator.comparing(At::key, order))
            .toList();
    int limit = input.path("MaxResults").asInt(most);
    ObjectNode output = Json.object();
    ArrayNode list = output.putArray(member);
    for (At<T> at : rest.subList(0, Math.min(limit, rest.size()))) {
      JsonNode shown = told.apply(at.thing());
      if (shown != null) {
        list.add(shown);
      }
    }
    return rest.size() > limit ? output.put("NextToken", token(rest.get(limit - 1).key())) : output;
  }

  private static String token(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  private static @Nullable String after(JsonNode input) {
    if (!input.hasNonNull("NextToken")) {
      return null;
    }
    try {
      return new String(
          Base64.getUrlDecoder().decode(input.path("NextToken").asText()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ServiceError("InvalidNextTokenException", "Invalid NextToken.");
    }
  }
}
