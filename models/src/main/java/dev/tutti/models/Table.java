package dev.tutti.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;

/**
 * A model without its prose: the members that a server needs, under the names that C2J gives them,
 * and only the shapes that an operation reaches.
 */
final class Table {
  private static final Set<String> METADATA =
      Set.of(
          "apiVersion",
          "awsQueryCompatible",
          "endpointPrefix",
          "jsonVersion",
          "protocol",
          "serviceId",
          "signingName",
          "targetPrefix",
          "xmlNamespace");
  private static final Set<String> OPERATION =
      Set.of("http", "input", "output", "errors", "authtype");
  private static final Set<String> SHAPE =
      Set.of(
          "type",
          "members",
          "member",
          "key",
          "value",
          "required",
          "min",
          "max",
          "pattern",
          "enum",
          "sensitive",
          "flattened",
          "payload",
          "streaming",
          "timestampFormat",
          "locationName",
          "exception",
          "fault",
          "error");
  private static final Set<String> MEMBER =
      Set.of(
          "shape",
          "location",
          "locationName",
          "flattened",
          "streaming",
          "timestampFormat",
          "idempotencyToken",
          "printedOnly",
          "queryName");

  private Table() {}

  static ObjectNode of(String name, ObjectNode model) {
    ObjectNode table = model.objectNode();
    ObjectNode metadata = table.putObject("metadata").put("name", name);
    keep(model.path("metadata"), METADATA, metadata);
    if (!metadata.has("signingName")) {
      metadata.put("signingName", metadata.path("endpointPrefix").textValue());
    }
    ObjectNode operations = table.putObject("operations");
    for (var operation : model.path("operations").properties()) {
      keep(operation.getValue(), OPERATION, operations.putObject(operation.getKey()));
    }
    ObjectNode shapes = table.putObject("shapes");
    for (String reached : reached(operations, model.path("shapes"))) {
      shapes.set(reached, shape(reached, model.path("shapes").path(reached)));
    }
    return table;
  }

  private static ObjectNode shape(String name, JsonNode full) {
    if (!full.isObject()) {
      throw new IllegalArgumentException("a shape is referred to and missing: " + name);
    }
    ObjectNode shape = ((ObjectNode) full).objectNode();
    keep(full, SHAPE, shape);
    for (String part : new String[] {"member", "key", "value"}) {
      if (shape.has(part)) {
        keep(full.path(part), MEMBER, shape.putObject(part));
      }
    }
    if (shape.has("members")) {
      ObjectNode members = shape.putObject("members");
      for (var member : full.path("members").properties()) {
        keep(member.getValue(), MEMBER, members.putObject(member.getKey()));
      }
    }
    return shape;
  }

  /** The shapes that operations name, and the shapes that those name, sorted. */
  private static Set<String> reached(JsonNode operations, JsonNode shapes) {
    Set<String> reached = new TreeSet<>();
    Deque<JsonNode> open = new ArrayDeque<>();
    open.add(operations);
    while (!open.isEmpty()) {
      for (String name : open.remove().findValuesAsText("shape")) {
        if (reached.add(name)) {
          open.add(references(shapes.path(name)));
        }
      }
    }
    return reached;
  }

  /** Only the places of a shape that refer to shapes; a member may itself be called "shape". */
  private static JsonNode references(JsonNode shape) {
    var places = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.arrayNode();
    shape.path("members").forEach(places::add);
    for (String part : new String[] {"member", "key", "value"}) {
      if (shape.has(part)) {
        places.add(shape.path(part));
      }
    }
    return places;
  }

  private static void keep(JsonNode from, Set<String> names, ObjectNode to) {
    for (var member : from.properties()) {
      if (names.contains(member.getKey())) {
        if (member.getKey().equals("errors")) {
          var errors = to.putArray("errors");
          member.getValue().forEach(error -> errors.addObject().set("shape", error.path("shape")));
        } else {
          to.set(member.getKey(), member.getValue());
        }
      }
    }
  }
}
