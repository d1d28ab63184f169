package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.deploy.template.Node;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A state machine.
 *
 * @param settings roleArn, loggingConfiguration and tracingConfiguration, all three
 * @param written where the definition's parts stand
 */
public record StateMachineBody(
    String arn,
    String name,
    String type,
    String definition,
    ObjectNode settings,
    Map<String, String> tags,
    Node written)
    implements Body {
  static final String TYPE = "AWS::StepFunctions::StateMachine";

  @Override
  public Map<String, String> parts() {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("definition", Hashes.of(Json.text(definition)));
    parts.put("settings", Hashes.of(settings));
    parts.put("tags", Hashes.of(Tags.byName(tags)));
    parts.put(FIXED, type);
    return parts;
  }

  @Override
  public ObjectNode keep() {
    ObjectNode keep = Json.object();
    keep.set("tags", Tags.names(tags));
    return keep;
  }

  @Override
  public boolean exists(Client client) {
    return client.find("states", "DescribeStateMachine", about()).isPresent();
  }

  @Override
  public String create(Client client) {
    ObjectNode input =
        Json.object().put("name", name).put("definition", definition).put("type", type);
    input.setAll(settings);
    if (!tags.isEmpty()) {
      input.set("tags", Tags.pairs(tags, "key", "value"));
    }
    return client.call("states", "CreateStateMachine", input).path("stateMachineArn").asText(arn);
  }

  @Override
  public void update(Client client, Set<String> changed, Owned before) {
    ObjectNode input = about();
    if (changed.contains("definition")) {
      input.put("definition", definition);
    }
    if (changed.contains("settings")) {
      input.setAll(settings);
    }
    if (input.size() > 1) {
      client.call("states", "UpdateStateMachine", input);
    }
    if (changed.contains("tags")) {
      Tags.update(client, "states", arn, tags, before);
    }
  }

  private ObjectNode about() {
    return Json.object().put("stateMachineArn", arn);
  }
}
