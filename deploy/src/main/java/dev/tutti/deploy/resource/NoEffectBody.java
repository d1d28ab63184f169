package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.Map;
import java.util.Set;

/**
 * Something that a template may ask for and that means nothing here: a name and an ARN for others
 * to refer to. No call is made for it.
 */
record NoEffectBody(String name) implements Body {
  @Override
  public Map<String, String> parts() {
    return Map.of();
  }

  @Override
  public ObjectNode keep() {
    return Json.object();
  }

  @Override
  public boolean exists(Client client) {
    return false;
  }

  @Override
  public String create(Client client) {
    return name;
  }

  @Override
  public void update(Client client, Set<String> changed, Owned before) {}
}
