package dev.tutti.wire.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.wire.message.Parameters;
import dev.tutti.wire.message.Request;
import dev.tutti.wire.model.Member;
import dev.tutti.wire.model.Shape;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a REST request carries outside of a JSON body. */
final class RestInput {
  private RestInput() {}

  /** The members that are labels, query parameters and headers. */
  static ObjectNode outsideBody(Shape.Structure shape, Target target, Request request) {
    ObjectNode input = Json.object();
    for (Member member : shape.members().values()) {
      JsonNode value =
          switch (member.location()) {
            case URI -> text(member, target.labels().get(member.wireName()), null);
            case QUERY -> parameter(member, request.parameters());
            case HEADER -> header(member, request);
            case HEADERS -> headers(member, request);
            case BODY, STATUS -> null;
          };
      if (value != null) {
        input.set(member.name(), value);
      }
    }
    return input;
  }

  private static @Nullable JsonNode parameter(Member member, Parameters parameters) {
    if (member.shape() instanceof Shape.Listing list) {
      List<String> all = parameters.all(member.wireName());
      return all.isEmpty() ? null : list(list, all);
    }
    return text(member, parameters.first(member.wireName()), Timestamps.ISO8601);
  }

  private static @Nullable JsonNode header(Member member, Request request) {
    if (member.shape() instanceof Shape.Listing list) {
      String joined = String.join(",", request.headers(member.wireName()));
      return joined.isEmpty() ? null : list(list, List.of(joined.split("\\s*,\\s*", -1)));
    }
    return text(member, request.header(member.wireName()), Timestamps.RFC822);
  }

  private static @Nullable JsonNode headers(Member member, Request request) {
    ObjectNode found = Json.object();
    for (String name : request.headerNames()) {
      if (name.startsWith(member.wireName())) {
        found.put(
            name.substring(member.wireName().length()), String.join(",", request.headers(name)));
      }
    }
    return found.isEmpty() ? null : found;
  }

  private static ArrayNode list(Shape.Listing shape, List<String> texts) {
    ArrayNode list = Json.array();
    for (String text : texts) {
      list.add(TextInput.read(shape.element().shape(), null, text, JsonInput::wrong));
    }
    return list;
  }

  private static @Nullable JsonNode text(
      Member member, @Nullable String text, @Nullable String timestampFormat) {
    if (text == null) {
      return null;
    }
    String own = member.timestampFormat() == null ? timestampFormat : member.timestampFormat();
    return TextInput.read(member.shape(), own, text, JsonInput::wrong);
  }

  /** A body that is one member's value. */
  static JsonNode payload(Shape shape, byte[] body) {
    return switch (shape) {
      case Shape.Blob _ -> Json.text(Base64.getEncoder().encodeToString(body));
      case Shape.Text _ -> Json.text(new String(body, StandardCharsets.UTF_8));
      case Shape.Structure _, Shape.Listing _, Shape.Mapping _ ->
          JsonInput.value(shape, null, JsonInput.body(body));
      case Shape.Whole _, Shape.Decimal _, Shape.Flag _, Shape.Timestamp _ ->
          JsonInput.value(shape, null, JsonInput.body(body));
    };
  }
}
