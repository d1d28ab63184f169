package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.Map;
import java.util.Set;

/**
 * A connection of EventBridge.
 *
 * @param settings as {@code CreateConnection} takes them, without Name; they hold secrets, so the
 *     stack's record has their fingerprint only
 */
record ConnectionBody(String name, ObjectNode settings) implements Body {
  static final String TYPE = "AWS::Events::Connection";

  @Override
  public Map<String, String> parts() {
    return Map.of("settings", Hashes.of(settings));
  }

  @Override
  public ObjectNode keep() {
    return named();
  }

  @Override
  public boolean exists(Client client) {
    return client.find("events", "DescribeConnection", named()).isPresent();
  }

  @Override
  public String create(Client client) {
    client.call("events", "CreateConnection", named().setAll(settings));
    return name;
  }

  @Override
  public void update(Client client, Set<String> changed, Owned before) {
    client.call("events", "UpdateConnection", named().put("Description", "").setAll(settings));
  }

  private ObjectNode named() {
    return Json.object().put("Name", name);
  }

  /** Says nothing of what the settings hold. */
  @Override
  public String toString() {
    return "ConnectionBody[" + name + "]";
  }
}
