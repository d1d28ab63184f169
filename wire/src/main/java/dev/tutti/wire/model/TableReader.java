package dev.tutti.wire.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a model of a table, which is C2J JSON without prose. */
final class TableReader {
  private static final String NOTHING = "";

  private final Map<String, Shape> shapes = new HashMap<>();

  private TableReader() {}

  static ServiceModel read(JsonNode table) {
    TableReader reader = new TableReader();
    for (var shape : table.path("shapes").properties()) {
      reader.shapes.put(shape.getKey(), reader.shape(shape.getKey(), shape.getValue()));
    }
    reader.shapes.put(NOTHING, new Shape.Structure(NOTHING, false, Map.of(), Set.of(), null, null));
    Map<String, Operation> operations = new LinkedHashMap<>();
    for (var operation : table.path("operations").properties()) {
      operations.put(
          operation.getKey(), reader.operation(operation.getKey(), operation.getValue()));
    }
    return new ServiceModel(Metadata.of(table.path("metadata")), operations, reader.shapes);
  }

  private Operation operation(String name, JsonNode table) {
    JsonNode http = table.path("http");
    return new Operation(
        name,
        http.path("method").asText("POST"),
        http.path("requestUri").asText("/"),
        http.path("responseCode").asInt(200),
        ref(table.path("input")),
        ref(table.path("output")),
        text(table.path("output"), "resultWrapper"),
        "none".equals(text(table, "authtype")));
  }

  private Shape shape(String name, JsonNode table) {
    boolean sensitive = table.path("sensitive").asBoolean();
    return switch (table.path("type").asText()) {
      case "structure" -> structure(name, sensitive, table);
      case "list" ->
          new Shape.Listing(
              name,
              sensitive,
              ref(table.path("member")),
              table.path("member").path("locationName").asText("member"),
              table.path("flattened").asBoolean(),
              limits(table));
      case "map" ->
          new Shape.Mapping(
              name,
              sensitive,
              ref(table.path("key")),
              ref(table.path("value")),
              table.path("key").path("locationName").asText("key"),
              table.path("value").path("locationName").asText("value"),
              table.path("flattened").asBoolean(),
              limits(table));
      case "string", "character" -> string(name, sensitive, table);
      case "integer" -> new Shape.Whole(name, sensitive, false, limits(table));
      case "long" -> new Shape.Whole(name, sensitive, true, limits(table));
      case "float" -> new Shape.Decimal(name, sensitive, false, limits(table));
      case "double" -> new Shape.Decimal(name, sensitive, true, limits(table));
      case "boolean" -> new Shape.Flag(name, sensitive);
      case "blob" -> new Shape.Blob(name, sensitive, limits(table));
      case "timestamp" -> new Shape.Timestamp(name, sensitive, text(table, "timestampFormat"));
      default -> throw new IllegalArgumentException(name + " has an unknown type: " + table);
    };
  }

  private Shape.Structure structure(String name, boolean sensitive, JsonNode table) {
    Map<String, Member> members = new LinkedHashMap<>();
    for (var member : table.path("members").properties()) {
      members.put(member.getKey(), member(member.getKey(), member.getValue()));
    }
    Shape.Fault fault = null;
    if (table.path("exception").asBoolean()) {
      JsonNode error = table.path("error");
      fault =
          new Shape.Fault(
              error.path("httpStatusCode").asInt(0),
              text(error, "code"),
              table.path("fault").asBoolean() || error.path("fault").asBoolean());
    }
    Set<String> required = new LinkedHashSet<>();
    table.path("required").forEach(member -> required.add(member.asText()));
    return new Shape.Structure(name, sensitive, members, required, text(table, "payload"), fault);
  }

  private Member member(String name, JsonNode table) {
    String location = table.path("location").asText("");
    return new Member(
        name,
        ref(table),
        switch (location) {
          case "" -> Member.Location.BODY;
          case "uri" -> Member.Location.URI;
          case "querystring" -> Member.Location.QUERY;
          case "header" -> Member.Location.HEADER;
          case "headers" -> Member.Location.HEADERS;
          case "statusCode" -> Member.Location.STATUS;
          default ->
              throw new IllegalArgumentException(name + " is at an unknown place: " + location);
        },
        table.path("locationName").asText(name),
        table.path("queryName").asText(table.path("locationName").asText(name)),
        table.path("flattened").asBoolean(),
        text(table, "timestampFormat"),
        table.path("printedOnly").asBoolean());
  }

  private static Shape.Text string(String name, boolean sensitive, JsonNode table) {
    String pattern = text(table, "pattern");
    List<String> values = new ArrayList<>();
    table.path("enum").forEach(value -> values.add(value.asText()));
    return new Shape.Text(
        name,
        sensitive,
        limits(table),
        pattern == null ? null : new TextPattern(pattern),
        List.copyOf(values));
  }

  private static Limits limits(JsonNode table) {
    if (!table.has("min") && !table.has("max")) {
      return Limits.NONE;
    }
    return new Limits(
        table.path("min").asDouble(Double.NEGATIVE_INFINITY),
        table.path("max").asDouble(Double.POSITIVE_INFINITY));
  }

  private Ref ref(JsonNode reference) {
    return new Ref(reference.path("shape").asText(NOTHING), shapes);
  }

  private static @Nullable String text(JsonNode table, String member) {
    JsonNode value = table.get(member);
    return value == null ? null : value.asText();
  }
}
