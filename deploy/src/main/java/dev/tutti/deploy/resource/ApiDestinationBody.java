package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.Map;
import java.util.Set;

/**
 * An API destination of EventBridge.
 *
 * @param settings as {@code CreateApiDestination} takes them, without Name
 */
record ApiDestinationBody(String name, ObjectNode settings) implements Body {
  static final String TYPE = "AWS::Events::ApiDestination";

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
    return client.find("events", "DescribeApiDestination", named()).isPresent();
  }

  @Override
  public String create(Client client) {
    client.call("events", "CreateApiDestination", named().setAll(settings));
    return name;
  }

  @Override
  public void update(Client client, Set<String> changed, Owned before) {
    ObjectNode input = named().put("Description", "");
    client.call("events", "UpdateApiDestination", input.setAll(settings));
  }

  private ObjectNode named() {
    return Json.object().put("Name", name);
  }
}
