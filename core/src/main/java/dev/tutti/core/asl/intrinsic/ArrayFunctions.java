package dev.tutti.core.asl.intrinsic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.tutti.core.json.Json;
import java.util.HashSet;

/** Functions on arrays. */
final class ArrayFunctions {
  /** Most elements that States.ArrayRange gives. */
  private static final int LONGEST_RANGE = 1000;

  private ArrayFunctions() {}

  static JsonNode array(Arguments arguments) {
    return Json.array().addAll(arguments.values());
  }

  static JsonNode partition(Arguments arguments) {
    JsonNode array = arguments.array(0);
    int size = arguments.integer(1);
    if (size < 1) {
      throw arguments.invalid();
    }
    ArrayNode chunks = Json.array();
    ArrayNode chunk = Json.array();
    for (JsonNode element : array) {
      chunk.add(element);
      if (chunk.size() == size) {
        chunks.add(chunk);
        chunk = Json.array();
      }
    }
    if (!chunk.isEmpty()) {
      chunks.add(chunk);
    }
    return chunks;
  }

  /** AWS compares texts: true is found where "true" stands, and members' order matters. */
  static JsonNode contains(Arguments arguments) {
    String sought = shown(arguments.at(1));
    for (JsonNode element : arguments.array(0)) {
      if (shown(element).equals(sought)) {
        return BooleanNode.TRUE;
      }
    }
    return BooleanNode.FALSE;
  }

  private static String shown(JsonNode value) {
    return value.isTextual() ? value.textValue() : value.toString();
  }

  static JsonNode range(Arguments arguments) {
    long first = arguments.integer(0);
    long last = arguments.integer(1);
    long step = arguments.integer(2);
    if (step == 0) {
      throw arguments.invalid();
    }
    long count = Math.max(0, (last - first) / step + 1);
    if ((last - first) / step == 0 && Long.signum(last - first) == -Long.signum(step)) {
      count = 0;
    }
    if (count > LONGEST_RANGE) {
      throw arguments.invalid();
    }
    ArrayNode range = Json.array();
    for (long i = 0; i < count; i++) {
      range.add(IntNode.valueOf((int) (first + i * step)));
    }
    return range;
  }

  static JsonNode item(Arguments arguments) {
    JsonNode array = arguments.array(0);
    int index = arguments.integer(1);
    if (index < 0 || index >= array.size()) {
      throw arguments.invalid();
    }
    return array.path(index);
  }

  static JsonNode length(Arguments arguments) {
    return IntNode.valueOf(arguments.array(0).size());
  }

  static JsonNode unique(Arguments arguments) {
    ArrayNode unique = Json.array();
    var seen = new HashSet<JsonNode>();
    for (JsonNode element : arguments.array(0)) {
      if (seen.add(element)) {
        unique.add(element);
      }
    }
    return unique;
  }
}
