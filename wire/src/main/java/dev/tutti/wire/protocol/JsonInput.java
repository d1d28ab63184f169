package dev.tutti.wire.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.wire.ServiceError;
import dev.tutti.wire.model.Member;
import dev.tutti.wire.model.Shape;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON by a shape: what the model doesn't know is left out, null is as good as absent, and a
 * value of the wrong type is refused in AWS's words.
 */
final class JsonInput {
  private JsonInput() {}

  /** A body's value; no content is the empty object. */
  static JsonNode body(byte[] body) {
    if (body.length == 0) {
      return Json.object();
    }
    try {
      return Json.parse(body);
    } catch (MalformedJson e) {
      throw wrong("the request is not JSON: " + e.getMessage());
    }
  }

  /** The members of a structure that are in a body. */
  static ObjectNode structure(Shape.Structure shape, JsonNode value) {
    if (!value.isObject()) {
      throw wrong(
          value.isArray() ? "Start of list found where not expected" : "Unexpected field type");
    }
    ObjectNode read = Json.object();
    for (Member member : shape.members().values()) {
      if (member.location() == Member.Location.BODY && !member.printedOnly()) {
        JsonNode given = value.get(member.wireName());
        if (given != null && !given.isNull()) {
          read.set(member.name(), value(member.shape(), member.timestampFormat(), given));
        }
      }
    }
    return read;
  }

  static JsonNode value(Shape shape, @Nullable String format, JsonNode value) {
    return switch (shape) {
      case Shape.Structure structure -> structure(structure, value);
      case Shape.Listing listing -> list(listing, value);
      case Shape.Mapping mapping -> map(mapping, value);
      case Shape.Text _ -> value.isTextual() ? value : mistyped(value, "String");
      case Shape.Whole whole -> whole(whole, value);
      case Shape.Decimal decimal ->
          value.isNumber() ? value : mistyped(value, decimal.wide() ? "Double" : "Float");
      case Shape.Flag _ -> {
        if (value.isTextual()) {
          throw wrong("Unexpected token received from parser");
        }
        yield value.isBoolean() ? value : mistyped(value, "Boolean");
      }
      case Shape.Blob _ -> blob(value);
      case Shape.Timestamp timestamp ->
          Timestamps.read(format == null ? timestamp.format() : format, value);
    };
  }

  private static JsonNode list(Shape.Listing shape, JsonNode value) {
    if (!value.isArray()) {
      throw wrong(
          value.isObject()
              ? "Start of structure or map found where not expected"
              : "Unexpected field type");
    }
    ArrayNode read = Json.array();
    Shape element = shape.element().shape();
    for (JsonNode each : value) {
      read.add(each.isNull() ? each : value(element, null, each));
    }
    return read;
  }

  private static JsonNode map(Shape.Mapping shape, JsonNode value) {
    if (!value.isObject()) {
      throw wrong(
          value.isArray() ? "Start of list found where not expected" : "Unexpected field type");
    }
    ObjectNode read = Json.object();
    Shape each = shape.value().shape();
    for (var entry : value.properties()) {
      JsonNode given = entry.getValue();
      read.set(entry.getKey(), given.isNull() ? given : value(each, null, given));
    }
    return read;
  }

  private static JsonNode whole(Shape.Whole shape, JsonNode value) {
    String type = shape.wide() ? "Long" : "Integer";
    if (!value.isNumber()) {
      return mistyped(value, type);
    }
    if (value.isIntegralNumber()
        && (shape.wide() ? value.canConvertToLong() : value.canConvertToInt())) {
      return value;
    }
    double number = value.doubleValue();
    double most = shape.wide() ? Long.MAX_VALUE : Integer.MAX_VALUE;
    if (Math.abs(number) > most || value.isIntegralNumber()) {
      throw wrong("NUMBER_VALUE can not be converted to " + article(type));
    }
    return Json.object().numberNode((long) number);
  }

  private static JsonNode blob(JsonNode value) {
    if (!value.isTextual()) {
      return mistyped(value, "Blob");
    }
    try {
      return Base64.getDecoder().decode(value.textValue()).length == 0 ? Json.text("") : value;
    } catch (IllegalArgumentException e) {
      throw wrong("Invalid Base64 encoded data: " + e.getMessage());
    }
  }

  private static JsonNode mistyped(JsonNode value, String type) {
    if (value.isObject()) {
      throw wrong("Start of structure or map found where not expected");
    }
    if (value.isArray()) {
      throw wrong("Unrecognized collection type class java.lang." + type);
    }
    String token =
        value.isTextual()
            ? "STRING_VALUE"
            : value.isNumber()
                ? "NUMBER_VALUE"
                : value.booleanValue() ? "TRUE_VALUE" : "FALSE_VALUE";
    throw wrong(token + " can not be converted to " + article(type));
  }

  private static String article(String type) {
    return (type.equals("Integer") ? "an " : "a ") + type;
  }

  static ServiceError wrong(String message) {
    return new ServiceError("SerializationException", message);
  }
}
