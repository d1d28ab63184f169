package dev.tutti.wire.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.wire.ServiceError;
import dev.tutti.wire.message.Parameters;
import dev.tutti.wire.model.Member;
import dev.tutti.wire.model.Shape;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads parameters such as {@code Attributes.entry.1.key} by a shape.
 *
 * <p>First the names become a tree, cut at their dots, then the shapes choose from it.
 */
final class QueryInput {
  private QueryInput() {}

  /** A name's value, where it has one, and the names below it; numbers in their order. */
  private static final class Branch {
    final Map<String, Branch> below = new TreeMap<>(QueryInput::byNumber);
    @Nullable String value;
  }

  static ObjectNode read(Shape.Structure shape, Parameters parameters) {
    Branch root = new Branch();
    for (String name : parameters.names()) {
      Branch branch = root;
      for (String part : name.split("\\.", -1)) {
        branch = branch.below.computeIfAbsent(part, p -> new Branch());
      }
      branch.value = parameters.first(name);
    }
    return structure(shape, root);
  }

  private static int byNumber(String a, String b) {
    return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
  }

  private static ObjectNode structure(Shape.Structure shape, Branch branch) {
    ObjectNode read = Json.object();
    for (Member member : shape.members().values()) {
      Branch given = branch.below.get(member.queryName());
      if (given != null && !member.printedOnly()) {
        JsonNode value = value(member.shape(), member.timestampFormat(), given);
        if (value != null) {
          read.set(member.name(), value);
        }
      }
    }
    return read;
  }

  private static @Nullable JsonNode value(Shape shape, @Nullable String format, Branch branch) {
    return switch (shape) {
      case Shape.Structure structure -> structure(structure, branch);
      case Shape.Listing list -> list(list, branch);
      case Shape.Mapping map -> map(map, branch);
      case Shape.Text _, Shape.Whole _, Shape.Decimal _, Shape.Flag _ -> plain(shape, null, branch);
      case Shape.Blob _ -> plain(shape, null, branch);
      case Shape.Timestamp timestamp -> {
        String own = format == null ? timestamp.format() : format;
        yield plain(shape, own == null ? Timestamps.ISO8601 : own, branch);
      }
    };
  }

  private static @Nullable JsonNode plain(Shape shape, @Nullable String format, Branch branch) {
    String text = branch.value;
    return text == null ? null : TextInput.read(shape, format, text, QueryInput::malformed);
  }

  private static ArrayNode list(Shape.Listing shape, Branch branch) {
    ArrayNode read = Json.array();
    for (Branch each : numbered(branch, shape.elementName()).values()) {
      JsonNode value = value(shape.element().shape(), null, each);
      if (value != null) {
        read.add(value);
      }
    }
    return read;
  }

  private static ObjectNode map(Shape.Mapping shape, Branch branch) {
    ObjectNode read = Json.object();
    for (Branch entry : numbered(branch, "entry").values()) {
      Branch key = entry.below.get(shape.keyName());
      Branch value = entry.below.get(shape.valueName());
      JsonNode each = value == null ? null : value(shape.value().shape(), null, value);
      if (key == null || key.value == null || each == null) {
        throw malformed("an entry of a map lacks its key or its value");
      }
      read.set(key.value, each);
    }
    return read;
  }

  /** A list's elements stand below their number, which may stand below a name of its own. */
  private static Map<String, Branch> numbered(Branch branch, String elementName) {
    Branch named = branch.below.get(elementName);
    return named == null ? branch.below : named.below;
  }

  static ServiceError malformed(String message) {
    return new ServiceError("MalformedInput", message);
  }
}
