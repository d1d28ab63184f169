package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.Map;
import java.util.Set;

/**
 * Leave for another service or context to invoke a function. A statement can't be changed, so an
 * update takes the old one away and adds the new one.
 *
 * @param grant Action, Principal, SourceArn, SourceAccount as {@code AddPermission} takes them
 */
record PermissionBody(String function, String statementId, ObjectNode grant) implements Body {
  static final String TYPE = "AWS::Lambda::Permission";

  @Override
  public Map<String, String> parts() {
    return Map.of("grant", Hashes.of(grant));
  }

  @Override
  public ObjectNode keep() {
    return Json.object().put("function", function).put("statementId", statementId);
  }

  @Override
  public boolean exists(Client client) {
    return client
        .find("lambda", "GetPolicy", Json.object().put("FunctionName", function))
        .map(answer -> answer.path("Policy").asText(""))
        .filter(policy -> !policy.isEmpty() && hasStatement(Json.parse(policy)))
        .isPresent();
  }

  private boolean hasStatement(JsonNode policy) {
    return policy
        .path("Statement")
        .valueStream()
        .anyMatch(statement -> statement.path("Sid").asText().equals(statementId));
  }

  @Override
  public String create(Client client) {
    ObjectNode input = Json.object().put("FunctionName", function).put("StatementId", statementId);
    client.call("lambda", "AddPermission", input.setAll(grant));
    return statementId;
  }

  @Override
  public void update(Client client, Set<String> changed, Owned before) {
    Removal.permission(client, function, statementId);
    create(client);
  }
}
