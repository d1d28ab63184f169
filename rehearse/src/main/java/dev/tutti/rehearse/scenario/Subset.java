package dev.tutti.rehearse.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares what is expected with what there is: an object has at least the expected members, a list
 * exactly the expected items, numbers are equal by value.
 */
final class Subset {
  private static final int SHOWN = 300;

  private Subset() {}

  /** The differences, a line each; none where all is as expected. */
  static List<String> differences(String at, JsonNode expected, JsonNode actual) {
    List<String> found = new ArrayList<>();
    compare(at, expected, actual, found);
    return found;
  }

  private static void compare(String at, JsonNode expected, JsonNode actual, List<String> found) {
    if (expected.isObject() && actual.isObject()) {
      expected
          .properties()
          .forEach(member -> {
            JsonNode there = actual.get(member.getKey());
            String where = at + "." + member.getKey();
            if (there == null) {
              found.add(where + ": expected " + shown(member.getValue()) + ", got nothing");
            } else {
              compare(where, member.getValue(), there, found);
            }
          });
    } else if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
      for (int i = 0; i < expected.size(); i++) {
        compare(at + "[" + i + "]", expected.get(i), actual.get(i), found);
      }
    } else if (!equal(expected, actual)) {
      found.add(at + ": expected " + shown(expected) + ", got " + shown(actual));
    }
  }

  private static boolean equal(JsonNode expected, JsonNode actual) {
    if (expected.isNumber() && actual.isNumber()) {
      return expected.decimalValue().compareTo(actual.decimalValue()) == 0;
    }
    return expected.equals(actual);
  }

  private static String shown(JsonNode value) {
    String text = Json.write(value);
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
