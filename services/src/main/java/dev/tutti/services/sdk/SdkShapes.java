package dev.tutti.services.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.wire.ServiceError;
import dev.tutti.wire.model.Member;
import dev.tutti.wire.model.Shape;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;

/**
 * Values between an SDK's form, as Tasks have it, and that of calls: members in PascalCase, blobs
 * as text, timestamps in ISO 8601; where a text is due, other JSON is taken as its text.
 */
final class SdkShapes {
  private SdkShapes() {}

  /** A Task's parameters as an operation's input. What the model doesn't know is left out. */
  static ObjectNode read(Shape.Structure shape, JsonNode given) {
    ObjectNode read = Json.object();
    for (Member member : shape.members().values()) {
      JsonNode value = given.get(Names.pascal(member.name()));
      if (value == null) {
        value = given.get(member.name());
      }
      if (value != null && !value.isNull() && !member.printedOnly()) {
        read.set(member.name(), read(member.shape(), value, member.name()));
      }
    }
    return read;
  }

  private static JsonNode read(Shape shape, JsonNode value, String name) {
    return switch (shape) {
      case Shape.Structure structure -> {
        require(value.isObject(), name, "an object");
        yield read(structure, value);
      }
      case Shape.Listing listing -> {
        require(value.isArray(), name, "an array");
        ArrayNode read = Json.array();
        value.forEach(each -> read.add(read(listing.element().shape(), each, name)));
        yield read;
      }
      case Shape.Mapping mapping -> {
        require(value.isObject(), name, "an object");
        ObjectNode read = Json.object();
        for (var entry : value.properties()) {
          read.set(entry.getKey(), read(mapping.value().shape(), entry.getValue(), name));
        }
        yield read;
      }
      case Shape.Text _ -> Json.text(text(value));
      case Shape.Blob _ ->
          Json.text(
              Base64.getEncoder().encodeToString(text(value).getBytes(StandardCharsets.UTF_8)));
      case Shape.Whole _ -> {
        require(value.isIntegralNumber(), name, "a whole number");
        yield value;
      }
      case Shape.Decimal _ -> {
        require(value.isNumber(), name, "a number");
        yield value;
      }
      case Shape.Flag _ -> {
        require(value.isBoolean(), name, "a boolean");
        yield value;
      }
      case Shape.Timestamp _ -> value.isNumber() ? value : seconds(value, name);
    };
  }

  private static String text(JsonNode value) {
    return value.isTextual() ? value.textValue() : Json.write(value);
  }

  private static JsonNode seconds(JsonNode value, String name) {
    try {
      Instant instant = OffsetDateTime.parse(value.asText()).toInstant();
      return Json.object().numberNode(BigDecimal.valueOf(instant.toEpochMilli(), 3));
    } catch (DateTimeException e) {
      throw unfit(name, "a timestamp");
    }
  }

  private static void require(boolean right, String name, String what) {
    if (!right) {
      throw unfit(name, what);
    }
  }

  private static ServiceError unfit(String name, String what) {
    return new ServiceError(
        "SerializationException", "The value of '" + Names.pascal(name) + "' must be " + what);
  }

  /** An operation's output as an SDK shows it. */
  static ObjectNode write(Shape.Structure shape, JsonNode output) {
    ObjectNode written = Json.object();
    for (Member member : shape.members().values()) {
      JsonNode value = output.get(member.name());
      if (value != null && !value.isNull() && !member.printedOnly()) {
        written.set(Names.pascal(member.name()), write(member.shape(), value));
      }
    }
    return written;
  }

  private static JsonNode write(Shape shape, JsonNode value) {
    return switch (shape) {
      case Shape.Structure structure -> write(structure, value);
      case Shape.Listing listing -> {
        ArrayNode written = Json.array();
        value.forEach(each -> written.add(write(listing.element().shape(), each)));
        yield written;
      }
      case Shape.Mapping mapping -> {
        ObjectNode written = Json.object();
        for (var entry : value.properties()) {
          written.set(entry.getKey(), write(mapping.value().shape(), entry.getValue()));
        }
        yield written;
      }
      case Shape.Blob _ ->
          Json.text(new String(Base64.getDecoder().decode(value.asText()), StandardCharsets.UTF_8));
      case Shape.Timestamp _ -> {
        BigDecimal millis = value.decimalValue().movePointRight(3);
        yield Json.text(Instant.ofEpochMilli(millis.longValue()).toString());
      }
      case Shape.Text _, Shape.Whole _, Shape.Decimal _, Shape.Flag _ -> value;
    };
  }
}
