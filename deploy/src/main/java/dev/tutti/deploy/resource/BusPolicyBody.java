package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * One statement of a bus's policy. A whole statement goes into the policy that the bus has, in the
 * place of the one with the same id; the older form of action and principal is a call of its own.
 *
 * @param statement a statement with its {@code Sid}, or members of {@code PutPermission}
 * @param whole which of the two
 */
record BusPolicyBody(String bus, String statementId, ObjectNode statement, boolean whole)
    implements Body {
  static final String TYPE = "AWS::Events::EventBusPolicy";

  @Override
  public Map<String, String> parts() {
    return Map.of("statement", Hashes.of(statement));
  }

  @Override
  public ObjectNode keep() {
    return Json.object().put("bus", bus).put("statementId", statementId);
  }

  @Override
  public boolean exists(Client client) {
    for (JsonNode other : statements(policy(client))) {
      if (other.path("Sid").asText().equals(statementId)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String create(Client client) {
    put(client);
    return statementId;
  }

  @Override
  public void update(Client client, Set<String> changed, Owned before) {
    put(client);
  }

  private void put(Client client) {
    ObjectNode input = Json.object().put("EventBusName", bus);
    if (whole) {
      input.put("Policy", Json.write(withStatement(policy(client))));
    } else {
      input.put("StatementId", statementId).setAll(statement);
    }
    client.call("events", "PutPermission", input);
  }

  private ObjectNode withStatement(JsonNode policy) {
    ObjectNode result = Json.object();
    result.put("Version", policy.path("Version").asText("2012-10-17"));
    ArrayNode statements = result.putArray("Statement");
    for (JsonNode other : statements(policy)) {
      if (!other.path("Sid").asText().equals(statementId)) {
        statements.add(other);
      }
    }
    statements.add(statement);
    return result;
  }

  private JsonNode policy(Client client) {
    JsonNode described = client.call("events", "DescribeEventBus", Json.object().put("Name", bus));
    String policy = described.path("Policy").asText("");
    return policy.isEmpty() ? Json.object() : Json.parse(policy);
  }

  /** A policy's statements, which may be a single one instead of a list. */
  private static Iterable<JsonNode> statements(JsonNode policy) {
    JsonNode statements = policy.path("Statement");
    return statements.isObject()
        ? Set.of(statements)
        : StreamSupport.stream(statements.spliterator(), false).toList();
  }
}
