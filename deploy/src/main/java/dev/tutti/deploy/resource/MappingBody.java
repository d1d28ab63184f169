package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.Map;
import java.util.Set;

/**
 * A function's event source mapping; function and source are what it is.
 *
 * @param settings as {@code UpdateEventSourceMapping} takes them, each with a value
 */
record MappingBody(String function, String source, ObjectNode settings, Map<String, String> tags)
    implements Body {
  static final String TYPE = "AWS::Lambda::EventSourceMapping";

  String key() {
    return "mapping|" + function + "|" + source;
  }

  @Override
  public Map<String, String> parts() {
    return Map.of("settings", Hashes.of(settings), "tags", Hashes.of(Tags.byName(tags)));
  }

  @Override
  public ObjectNode keep() {
    ObjectNode keep = Json.object();
    keep.set("tags", Tags.names(tags));
    return keep;
  }

  @Override
  public boolean exists(Client client) {
    return !there(client).isMissingNode();
  }

  private JsonNode there(Client client) {
    return client
        .call(
            "lambda",
            "ListEventSourceMappings",
            Json.object().put("FunctionName", function).put("EventSourceArn", source))
        .path("EventSourceMappings")
        .path(0);
  }

  @Override
  public String create(Client client) {
    ObjectNode input = settings.deepCopy();
    input.put("FunctionName", function).put("EventSourceArn", source);
    if (!tags.isEmpty()) {
      input.set("Tags", Tags.byName(tags));
    }
    return client.call("lambda", "CreateEventSourceMapping", input).path("UUID").asText();
  }

  @Override
  public void update(Client client, Set<String> changed, Owned before) {
    ObjectNode input = settings.deepCopy();
    String id =
        before.physicalId().isEmpty() ? there(client).path("UUID").asText() : before.physicalId();
    JsonNode updated = client.call("lambda", "UpdateEventSourceMapping", input.put("UUID", id));
    if (changed.contains("tags")) {
      tag(client, updated.path("EventSourceMappingArn").asText(), before);
    }
  }

  private void tag(Client client, String arn, Owned before) {
    ObjectNode gone = Json.object().put("Resource", arn);
    var keys = gone.putArray("TagKeys");
    for (JsonNode name : before.keep().path("tags")) {
      if (!tags.containsKey(name.asText())) {
        keys.add(name.asText());
      }
    }
    if (!keys.isEmpty()) {
      client.call("lambda", "UntagResource", gone);
    }
    if (!tags.isEmpty()) {
      ObjectNode input = Json.object().put("Resource", arn);
      input.set("Tags", Tags.byName(tags));
      client.call("lambda", "TagResource", input);
    }
  }
}
