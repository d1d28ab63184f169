package dev.tutti.services.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.host.Reader;
import dev.tutti.services.Exchange;
import dev.tutti.wire.ServiceError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lists in pages, read from rows; the last row's key is the token for the next page. */
final class Lists {
  private static final int DEFAULT_LIMIT = 100;
  private static final int CHUNK = 200;

  private Lists() {}

  /**
   * A page as the input's MaxResults and NextToken ask.
   *
   * @param member the output's name for the list
   */
  static ObjectNode page(
      Exchange exchange,
      String table,
      List<String> prefix,
      String member,
      Predicate<Reader.Row> wanted,
      Function<Reader.Row, JsonNode> item) {
    JsonNode input = exchange.input();
    int limit = input.path("MaxResults").asInt(DEFAULT_LIMIT);
    ObjectNode output = Json.object();
    ArrayNode list = output.putArray(member);
    List<String> after = after(input);
    List<Reader.Row> rows = exchange.reader().rows(table, prefix, after, CHUNK);
    while (!rows.isEmpty()) {
      for (Reader.Row row : rows) {
        if (wanted.test(row)) {
          if (list.size() == limit) {
            return output.put("NextToken", token(after));
          }
          list.add(item.apply(row));
        }
        after = row.key();
      }
      rows = exchange.reader().rows(table, prefix, after, CHUNK);
    }
    return output;
  }

  private static String token(@Nullable List<String> key) {
    ArrayNode parts = Json.array();
    (key == null ? List.<String>of() : key).forEach(parts::add);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Json.write(parts).getBytes(StandardCharsets.UTF_8));
  }

  private static @Nullable List<String> after(JsonNode input) {
    if (!input.hasNonNull("NextToken")) {
      return null;
    }
    try {
      List<String> key = new ArrayList<>();
      Json.parse(Base64.getUrlDecoder().decode(input.path("NextToken").asText()))
          .forEach(part -> key.add(part.asText()));
      return key;
    } catch (IllegalArgumentException | MalformedJson e) {
      throw new ServiceError("ValidationException", "Invalid NextToken.");
    }
  }
}
