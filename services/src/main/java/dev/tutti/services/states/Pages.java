package dev.tutti.services.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.host.Reader;
import dev.tutti.wire.ServiceError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lists in pages: a token is where the last page ended. */
final class Pages {
  private static final int DEFAULT_SIZE = 100;

  private Pages() {}

  /** How many entries a page has; 0 and nothing mean AWS's default. */
  static int size(JsonNode input) {
    int wanted = input.path("maxResults").asInt(0);
    return wanted == 0 ? DEFAULT_SIZE : wanted;
  }

  /** The parts in the call's nextToken; null where it has none. */
  static @Nullable List<String> after(JsonNode input) {
    String token = Inputs.text(input, "nextToken");
    if (token == null) {
      return null;
    }
    try {
      JsonNode parts = Json.parse(Base64.getUrlDecoder().decode(token));
      if (!parts.isArray() || parts.isEmpty()) {
        throw invalid();
      }
      var texts = new ArrayList<String>();
      parts.forEach(part -> texts.add(part.asText()));
      return texts;
    } catch (IllegalArgumentException | MalformedJson e) {
      throw invalid();
    }
  }

  static String token(List<String> parts) {
    ArrayNode array = Json.array();
    parts.forEach(array::add);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Json.write(array).getBytes(StandardCharsets.UTF_8));
  }

  /** A page of rows under {@code member}, with a token where more follow. */
  static ObjectNode of(
      Reader reader,
      JsonNode input,
      String table,
      List<String> prefix,
      String member,
      Function<JsonNode, JsonNode> item) {
    return of(reader, input, table, prefix, row -> true, member, item);
  }

  /** As the other, of those rows alone that are wanted. */
  static ObjectNode of(
      Reader reader,
      JsonNode input,
      String table,
      List<String> prefix,
      Predicate<JsonNode> wanted,
      String member,
      Function<JsonNode, JsonNode> item) {
    int size = size(input);
    List<String> after = after(input);
    if (after != null
        && (after.size() <= prefix.size() || !after.subList(0, prefix.size()).equals(prefix))) {
      throw invalid();
    }
    List<Reader.Row> rows = new ArrayList<>();
    List<Reader.Row> page = reader.rows(table, prefix, after, size + 1);
    while (!page.isEmpty()) {
      page.stream().filter(row -> wanted.test(row.value())).forEach(rows::add);
      boolean enough = rows.size() > size || page.size() <= size;
      page = enough ? List.of() : reader.rows(table, prefix, page.getLast().key(), size + 1);
    }
    ObjectNode output = Json.object();
    ArrayNode items = output.putArray(member);
    rows.stream().limit(size).forEach(row -> items.add(item.apply(row.value())));
    if (rows.size() > size) {
      output.put("nextToken", token(rows.get(size - 1).key()));
    }
    return output;
  }

  /** A page of a list that is at hand, with a token where more follows. */
  static <T> ObjectNode of(
      JsonNode input,
      List<T> all,
      Function<T, String> name,
      String member,
      Function<T, JsonNode> item) {
    int size = size(input);
    List<String> after = after(input);
    List<String> names = all.stream().map(name).toList();
    int from = after == null ? 0 : names.indexOf(after.getFirst()) + 1;
    if (after != null && from == 0) {
      throw invalid();
    }
    int to = Math.min(from + size, all.size());
    ObjectNode output = Json.object();
    ArrayNode items = output.putArray(member);
    all.subList(from, to).forEach(each -> items.add(item.apply(each)));
    if (to < all.size()) {
      output.put("nextToken", token(List.of(names.get(to - 1))));
    }
    return output;
  }

  static ServiceError invalid() {
    return new ServiceError("InvalidToken", "Invalid Token: 'Invalid token'");
  }
}
