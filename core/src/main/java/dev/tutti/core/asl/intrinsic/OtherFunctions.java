package dev.tutti.core.asl.intrinsic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.Random;

/** Functions on objects and numbers. */
final class OtherFunctions {
  private OtherFunctions() {}

  /** The second object's members over the first's; nothing but a shallow merge is on offer. */
  static JsonNode merge(Arguments arguments) {
    if (arguments.at(0) instanceof ObjectNode first
        && arguments.at(1) instanceof ObjectNode second) {
      if (arguments.at(2).booleanValue()) {
        throw arguments.invalid("deep merge is not supported.");
      }
      ObjectNode merged = Json.object();
      merged.setAll(first);
      merged.setAll(second);
      return merged;
    }
    throw arguments.invalid();
  }

  /** From the first number, inclusive, to the second, exclusive. */
  static JsonNode random(Arguments arguments) {
    long start = arguments.integer(0);
    long end = arguments.integer(1);
    if (start >= end) {
      throw arguments.invalid();
    }
    double fraction =
        arguments.count() == 3
            ? new Random(arguments.integer(2)).nextDouble()
            : arguments.entropy().fraction();
    return IntNode.valueOf((int) (start + (long) (fraction * (double) (end - start))));
  }

  /** Of the nearest whole numbers. */
  static JsonNode add(Arguments arguments) {
    long sum = (long) arguments.rounded(0) + arguments.rounded(1);
    return sum == (int) sum ? IntNode.valueOf((int) sum) : LongNode.valueOf(sum);
  }
}
