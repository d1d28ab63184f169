package dev.tutti.wire.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.wire.model.Member;
import dev.tutti.wire.model.Shape;
import org.jspecify.annotations.Nullable;

/** Writes JSON by a shape: wire names for model names, timestamps in their format. */
final class JsonOutput {
  private JsonOutput() {}

  /** The members of a structure that belong into a body. Null is as good as absent. */
  static ObjectNode structure(Shape.Structure shape, JsonNode value) {
    requireType(shape, value.isObject(), value);
    ObjectNode written = Json.object();
    for (var entry : value.properties()) {
      Member member = member(shape, entry.getKey());
      JsonNode each = entry.getValue();
      if (member.location() == Member.Location.BODY && !each.isNull()) {
        written.set(member.wireName(), value(member.shape(), member.timestampFormat(), each));
      }
    }
    return written;
  }

  static Member member(Shape.Structure shape, String name) {
    Member member = shape.members().get(name);
    if (member == null || member.printedOnly()) {
      throw new UnknownOutput("the model's " + shape.name() + " has no member " + name);
    }
    return member;
  }

  static JsonNode value(Shape shape, @Nullable String format, JsonNode value) {
    return switch (shape) {
      case Shape.Structure structure -> structure(structure, value);
      case Shape.Listing listing -> {
        requireType(shape, value.isArray(), value);
        ArrayNode written = Json.array();
        value.forEach(each -> written.add(value(listing.element().shape(), null, each)));
        yield written;
      }
      case Shape.Mapping mapping -> {
        requireType(shape, value.isObject(), value);
        ObjectNode written = Json.object();
        for (var entry : value.properties()) {
          written.set(entry.getKey(), value(mapping.value().shape(), null, entry.getValue()));
        }
        yield written;
      }
      case Shape.Text _, Shape.Blob _ -> plain(shape, value.isTextual(), value);
      case Shape.Whole _, Shape.Decimal _ -> plain(shape, value.isNumber(), value);
      case Shape.Flag _ -> plain(shape, value.isBoolean(), value);
      case Shape.Timestamp timestamp -> {
        requireType(shape, value.isNumber(), value);
        String own = format == null ? timestamp.format() : format;
        yield own != null && Timestamps.isText(own)
            ? Json.text(Timestamps.write(own, value.decimalValue()))
            : value;
      }
    };
  }

  private static JsonNode plain(Shape shape, boolean right, JsonNode value) {
    requireType(shape, right, value);
    return value;
  }

  static void requireType(Shape shape, boolean right, JsonNode value) {
    if (!right) {
      throw new UnknownOutput("a " + shape.name() + " can't be a " + value.getNodeType());
    }
  }
}
