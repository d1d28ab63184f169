package dev.tutti.wire.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A value as AWS's error texts show it: {@code [a, b]}, {@code {k=v}}, {@code Shape(member=value,
 * other=null)}. Cut where it gets long.
 */
final class Printed {
  private static final int MAX_LENGTH = 16_384;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final StringBuilder out = new StringBuilder();

  private Printed() {}

  static String of(Shape shape, JsonNode value) {
    Printed printed = new Printed();
    printed.value(shape, value);
    StringBuilder out = printed.out;
    return out.length() > MAX_LENGTH ? out.substring(0, MAX_LENGTH) + "..." : out.toString();
  }

  private void value(Shape shape, JsonNode value) {
    if (out.length() > MAX_LENGTH) {
      return;
    }
    if (value.isNull()) {
      out.append("null");
      return;
    }
    if (shape.sensitive()) {
      out.append("***Sensitive Data Redacted***");
      return;
    }
    switch (shape) {
      case Shape.Structure structure -> structure(structure, value);
      case Shape.Listing listing -> {
        String between = "[";
        for (JsonNode element : value) {
          out.append(between);
          value(listing.element().shape(), element);
          between = ", ";
        }
        out.append(value.isEmpty() ? "[]" : "]");
      }
      case Shape.Mapping mapping -> {
        String between = "{";
        for (var entry : value.properties()) {
          out.append(between).append(entry.getKey()).append('=');
          value(mapping.value().shape(), entry.getValue());
          between = ", ";
        }
        out.append(value.isEmpty() ? "{}" : "}");
      }
      case Shape.Decimal _ -> out.append(value.doubleValue());
      case Shape.Timestamp _ ->
          out.append(DATE.format(Instant.ofEpochSecond((long) value.doubleValue())));
      case Shape.Text _, Shape.Whole _, Shape.Flag _, Shape.Blob _ -> out.append(value.asText());
    }
  }

  private void structure(Shape.Structure structure, JsonNode value) {
    out.append(structure.name()).append('(');
    String between = "";
    for (Member member : structure.members().values()) {
      String name = member.name();
      out.append(between)
          .append(Character.toLowerCase(name.charAt(0)))
          .append(name, 1, name.length())
          .append('=');
      JsonNode given = value.get(name);
      if (given == null) {
        out.append("null");
      } else {
        value(member.shape(), given);
      }
      between = ", ";
    }
    out.append(')');
  }
}
