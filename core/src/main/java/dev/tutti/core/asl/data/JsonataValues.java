package dev.tutti.core.asl.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tutti.core.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON values as the JSONata library holds them, and back. */
final class JsonataValues {
  /** Largest number whose neighbours a double still tells apart. */
  private static final double EXACT = 9_007_199_254_740_992.0;

  private JsonataValues() {}

  /** A value to be bound to a name. */
  static Object bound(JsonNode value) {
    Object plain = plain(value);
    return plain == null ? Jsonata.NULL : plain;
  }

  private static @Nullable Object plain(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> {
        var map = new LinkedHashMap<String, @Nullable Object>();
        value.properties().forEach(member -> map.put(member.getKey(), plain(member.getValue())));
        yield map;
      }
      case ARRAY -> {
        var list = new ArrayList<@Nullable Object>(value.size());
        value.forEach(element -> list.add(plain(element)));
        yield list;
      }
      case STRING -> value.textValue();
      case BOOLEAN -> value.booleanValue();
      case NUMBER -> number(value);
      default -> null;
    };
  }

  private static Object number(JsonNode value) {
    if (value.isIntegralNumber() && value.canConvertToInt()) {
      return value.intValue();
    }
    return value.isIntegralNumber() && value.canConvertToLong()
        ? (Object) value.longValue()
        : (Object) value.doubleValue();
  }

  /**
   * A value of the library's as JSON; null where it is undefined.
   *
   * @throws IllegalStateException where it is a function
   */
  static @Nullable JsonNode json(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case JsonNode node -> node;
      case String text -> TextNode.valueOf(text);
      case Boolean flag -> BooleanNode.valueOf(flag);
      case Number number -> number(number);
      case Map<?, ?> map -> {
        ObjectNode object = Json.object();
        map.forEach((name, member) -> object.set(String.valueOf(name), inner(member)));
        yield object;
      }
      case List<?> list -> {
        ArrayNode array = Json.array();
        for (Object element : list) {
          array.add(inner(element));
        }
        yield array;
      }
      case Object other when other.equals(Jsonata.NULL) -> NullNode.getInstance();
      case Object other -> throw new IllegalStateException("A function is no value");
    };
  }

  private static JsonNode inner(@Nullable Object value) {
    JsonNode node = json(value);
    return node == null ? NullNode.getInstance() : node;
  }

  /** A whole number as the library would have it. */
  static Number whole(long value) {
    return value == (int) value ? (Number) (int) value : (Number) value;
  }

  /** A number as the library would have it: whole where it is. */
  static Number whole(double value) {
    if (value != Math.rint(value) || Math.abs(value) >= EXACT) {
      return value;
    }
    return whole((long) value);
  }

  private static JsonNode number(Number number) {
    if (number instanceof Integer whole) {
      return IntNode.valueOf(whole);
    }
    if (number instanceof Long whole) {
      return whole == whole.intValue()
          ? IntNode.valueOf(whole.intValue())
          : LongNode.valueOf(whole);
    }
    double value = number.doubleValue();
    if (!Double.isFinite(value)) {
      return TextNode.valueOf(number.toString()); // by the name that it has in JavaScript
    }
    if (value == Math.rint(value) && Math.abs(value) < EXACT) {
      return number(Long.valueOf((long) value));
    }
    return DecimalNode.valueOf(new BigDecimal(number.toString()));
  }
}
