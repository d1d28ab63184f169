package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.deploy.template.Node;
import dev.tutti.deploy.template.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tags: as templates write them, as each service takes them, and how they change. */
final class Tags {
  private Tags() {}

  /** Reads {@code Tags} as a mapping, as SAM has it, or as a list of Key and Value. */
  static Map<String, String> read(Shape properties, Site site) {
    if (!(properties.node("Tags") instanceof Node.Items)) {
      return properties.textsByName("Tags");
    }
    Map<String, String> tags = new LinkedHashMap<>();
    for (Node item : properties.list("Tags")) {
      Shape tag = Shape.of("a tag", item, site.problems());
      tags.put(tag.required("Key"), tag.required("Value"));
      tag.done();
    }
    return tags;
  }

  static ObjectNode byName(Map<String, String> tags) {
    ObjectNode object = Json.object();
    tags.forEach(object::put);
    return object;
  }

  /** As a list of pairs; {@code key} and {@code value} are how the service writes the two. */
  static ArrayNode pairs(Map<String, String> tags, String key, String value) {
    ArrayNode array = Json.array();
    tags.forEach((name, text) -> array.addObject().put(key, name).put(value, text));
    return array;
  }

  static ArrayNode names(Map<String, String> tags) {
    ArrayNode array = Json.array();
    tags.keySet().forEach(array::add);
    return array;
  }

  /** Sets what a resource's tags are now and takes away those that it had from us and has not. */
  static void update(
      Client client, String service, String arn, Map<String, String> tags, Owned before) {
    boolean small = service.equals("states") || service.equals("pipes");
    String member =
        switch (service) {
          case "lambda" -> "Resource";
          case "events" -> "ResourceARN";
          case "states", "pipes" -> "resourceArn";
          case "secretsmanager" -> "SecretId";
          default -> "ResourceArn";
        };
    List<String> gone =
        before
            .keep()
            .path("tags")
            .valueStream()
            .map(JsonNode::asText)
            .filter(name -> !tags.containsKey(name))
            .toList();
    if (!tags.isEmpty()) {
      ObjectNode input = Json.object().put(member, arn);
      switch (service) {
        case "lambda" -> input.set("Tags", byName(tags));
        case "states" -> input.set("tags", pairs(tags, "key", "value"));
        case "pipes" -> input.set("tags", byName(tags));
        default -> input.set("Tags", pairs(tags, "Key", "Value"));
      }
      client.call(service, "TagResource", input);
    }
    if (!gone.isEmpty()) {
      ObjectNode input = Json.object().put(member, arn);
      gone.forEach(input.putArray(small ? "tagKeys" : "TagKeys")::add);
      client.call(service, "UntagResource", input);
    }
  }
}
