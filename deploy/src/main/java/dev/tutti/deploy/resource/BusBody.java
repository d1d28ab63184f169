package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event bus, with the policy that exposes it.
 *
 * @param settings Description and DeadLetterConfig, where given
 * @param policy a policy document, or null where the template gives none
 */
record BusBody(
    String arn,
    String name,
    ObjectNode settings,
    @Nullable JsonNode policy,
    Map<String, String> tags)
    implements Body {
  static final String TYPE = "AWS::Events::EventBus";

  @Override
  public Map<String, String> parts() {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("settings", Hashes.of(settings));
    parts.put("policy", policy == null ? "" : Hashes.of(policy));
    parts.put("tags", Hashes.of(Tags.byName(tags)));
    return parts;
  }

  @Override
  public ObjectNode keep() {
    ObjectNode keep = Json.object().put("name", name).put("policy", policy != null);
    keep.set("tags", Tags.names(tags));
    return keep;
  }

  @Override
  public boolean exists(Client client) {
    return client.find("events", "DescribeEventBus", named()).isPresent();
  }

  @Override
  public String create(Client client) {
    ObjectNode input = named().setAll(settings);
    if (!tags.isEmpty()) {
      input.set("Tags", Tags.pairs(tags, "Key", "Value"));
    }
    client.call("events", "CreateEventBus", input);
    if (policy != null) {
      putPolicy(client, policy);
    }
    return name;
  }

  @Override
  public void update(Client client, Set<String> changed, Owned before) {
    if (changed.contains("settings")) {
      ObjectNode input = named().put("Description", "");
      client.call("events", "UpdateEventBus", input.setAll(settings));
    }
    if (changed.contains("policy")) {
      if (policy != null) {
        putPolicy(client, policy);
      } else if (before.keep().path("policy").asBoolean()) {
        client.call(
            "events",
            "RemovePermission",
            Json.object().put("EventBusName", name).put("RemoveAllPermissions", true));
      }
    }
    if (changed.contains("tags")) {
      Tags.update(client, "events", arn, tags, before);
    }
  }

  private void putPolicy(Client client, JsonNode document) {
    client.call(
        "events",
        "PutPermission",
        Json.object().put("EventBusName", name).put("Policy", Json.write(document)));
  }

  private ObjectNode named() {
    return Json.object().put("Name", name);
  }
}
