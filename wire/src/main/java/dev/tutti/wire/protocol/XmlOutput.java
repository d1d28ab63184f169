package dev.tutti.wire.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.wire.model.Member;
import dev.tutti.wire.model.Shape;
import org.jspecify.annotations.Nullable;

/** Writes a value as XML by its shape. */
final class XmlOutput {
  private XmlOutput() {}

  /** The members of a structure, without an element around them. */
  static void members(Xml xml, Shape.Structure shape, JsonNode value) {
    JsonOutput.requireType(shape, value.isObject(), value);
    for (var entry : value.properties()) {
      Member member = JsonOutput.member(shape, entry.getKey());
      JsonNode each = entry.getValue();
      if (each.isNull()) {
        continue;
      }
      switch (member.shape()) {
        case Shape.Listing list when member.flattened() || list.flattened() ->
            elements(xml, member.queryName(), list, each);
        case Shape.Mapping map when member.flattened() || map.flattened() ->
            entries(xml, member.queryName(), map, each);
        case Shape.Timestamp timestamp when member.timestampFormat() != null ->
            xml.text(member.queryName(), moment(timestamp, member.timestampFormat(), each));
        default -> element(xml, member.queryName(), member.shape(), each);
      }
    }
  }

  private static void element(Xml xml, String name, Shape shape, JsonNode value) {
    switch (shape) {
      case Shape.Structure structure -> {
        xml.open(name);
        members(xml, structure, value);
        xml.close(name);
      }
      case Shape.Listing list -> {
        xml.open(name);
        elements(xml, list.elementName(), list, value);
        xml.close(name);
      }
      case Shape.Mapping map -> {
        xml.open(name);
        entries(xml, "entry", map, value);
        xml.close(name);
      }
      case Shape.Timestamp timestamp -> xml.text(name, moment(timestamp, null, value));
      case Shape.Text _, Shape.Whole _, Shape.Decimal _, Shape.Flag _, Shape.Blob _ ->
          xml.text(name, JsonOutput.value(shape, null, value).asText());
    }
  }

  private static void elements(Xml xml, String name, Shape.Listing shape, JsonNode value) {
    JsonOutput.requireType(shape, value.isArray(), value);
    value.forEach(each -> element(xml, name, shape.element().shape(), each));
  }

  private static void entries(Xml xml, String name, Shape.Mapping shape, JsonNode value) {
    JsonOutput.requireType(shape, value.isObject(), value);
    for (var entry : value.properties()) {
      xml.open(name).text(shape.keyName(), entry.getKey());
      element(xml, shape.valueName(), shape.value().shape(), entry.getValue());
      xml.close(name);
    }
  }

  private static String moment(Shape.Timestamp shape, @Nullable String format, JsonNode value) {
    JsonOutput.requireType(shape, value.isNumber(), value);
    String own = format == null ? shape.format() : format;
    return Timestamps.write(own == null ? Timestamps.ISO8601 : own, value.decimalValue());
  }
}
