package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.Map;
import java.util.Set;

/**
 * How asynchronous invocations of one version or alias of a function are retried, and who is told.
 *
 * @param settings as {@code PutFunctionEventInvokeConfig} takes them, which replaces all there is
 */
record EventInvokeBody(String function, String qualifier, ObjectNode settings) implements Body {
  static final String TYPE = "AWS::Lambda::EventInvokeConfig";

  String key() {
    return "event-invoke|" + function + "|" + qualifier;
  }

  private ObjectNode named() {
    return Json.object().put("FunctionName", function).put("Qualifier", qualifier);
  }

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
    return client.find("lambda", "GetFunctionEventInvokeConfig", named()).isPresent();
  }

  @Override
  public String create(Client client) {
    client.call("lambda", "PutFunctionEventInvokeConfig", named().setAll(settings));
    return function + "|" + qualifier;
  }

  @Override
  public void update(Client client, Set<String> changed, Owned before) {
    create(client);
  }
}
