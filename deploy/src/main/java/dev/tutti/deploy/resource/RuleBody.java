package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A rule and its targets.
 *
 * @param bus name, or ARN where the bus is another context's
 * @param foreign whether the bus is another context's, where we may not look a rule up
 * @param settings EventPattern, State, Description, RoleArn, as {@code PutRule} takes them
 * @param targets as {@code PutTargets} takes them
 */
record RuleBody(
    String arn,
    String name,
    String bus,
    boolean foreign,
    ObjectNode settings,
    ArrayNode targets,
    Map<String, String> tags)
    implements Body {
  static final String TYPE = "AWS::Events::Rule";
  private static final int MOST_TARGETS_AT_ONCE = 10;

  @Override
  public Map<String, String> parts() {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("rule", Hashes.of(settings));
    parts.put("targets", Hashes.of(targets));
    parts.put("tags", Hashes.of(Tags.byName(tags)));
    return parts;
  }

  @Override
  public ObjectNode keep() {
    ObjectNode keep = Json.object().put("name", name).put("bus", bus);
    ArrayNode ids = keep.putArray("targets");
    targets.forEach(target -> ids.add(target.path("Id").asText()));
    keep.set("tags", Tags.names(tags));
    return keep;
  }

  @Override
  public boolean exists(Client client) {
    return !foreign
        && client
            .find(
                "events", "DescribeRule", Json.object().put("Name", name).put("EventBusName", bus))
            .isPresent();
  }

  @Override
  public String create(Client client) {
    putRule(client, true);
    putTargets(client);
    return name;
  }

  @Override
  public void update(Client client, Set<String> changed, Owned before) {
    if (changed.contains("rule")) {
      putRule(client, false);
    }
    if (changed.contains("targets")) {
      putTargets(client);
      List<String> ours = keep().path("targets").valueStream().map(JsonNode::asText).toList();
      List<String> gone =
          before
              .keep()
              .path("targets")
              .valueStream()
              .map(JsonNode::asText)
              .filter(id -> !ours.contains(id))
              .toList();
      Removal.targets(client, name, bus, gone);
    }
    if (changed.contains("tags")) {
      Tags.update(client, "events", arn, tags, before);
    }
  }

  private void putRule(Client client, boolean tagged) {
    ObjectNode input = Json.object().put("Name", name).put("EventBusName", bus);
    input.setAll(settings);
    if (tagged && !tags.isEmpty()) {
      input.set("Tags", Tags.pairs(tags, "Key", "Value"));
    }
    client.call("events", "PutRule", input);
  }

  private void putTargets(Client client) {
    for (int from = 0; from < targets.size(); from += MOST_TARGETS_AT_ONCE) {
      ObjectNode input = Json.object().put("Rule", name).put("EventBusName", bus);
      ArrayNode some = input.putArray("Targets");
      for (int i = from; i < Math.min(targets.size(), from + MOST_TARGETS_AT_ONCE); i++) {
        some.add(targets.get(i));
      }
      JsonNode answer = client.call("events", "PutTargets", input);
      Removal.failOnEntries("events:PutTargets", answer);
    }
  }
}
