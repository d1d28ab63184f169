package dev.tutti.services.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.logs.LogPolicies;
import dev.tutti.core.logs.PolicyCommand;
import dev.tutti.host.Reader.Row;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.wire.ServiceError;
import java.util.List;
import java.util.Map;

/** Resource policies of an account's log groups: kept and told. */
final class ResourcePolicies {
  /** Most policies of an account in a region. */
  private static final int MAX_POLICIES = 10;

  private ResourcePolicies() {}

  static Map<String, Operation> operations() {
    return Map.of(
        "PutResourcePolicy", ResourcePolicies::put,
        "DeleteResourcePolicy", ResourcePolicies::delete,
        "DescribeResourcePolicies", ResourcePolicies::describe);
  }

  private static JsonNode put(Exchange exchange) {
    String name = name(exchange);
    String document = exchange.input().path("policyDocument").asText();
    try {
      Json.parse(document);
    } catch (MalformedJson e) {
      throw new ServiceError("InvalidParameterException", "Invalid policy document.");
    }
    List<Row> rows = rows(exchange);
    if (rows.size() == MAX_POLICIES
        && rows.stream().noneMatch(row -> row.key().getLast().equals(name))) {
      throw new ServiceError("LimitExceededException", "Resource limit exceeded.");
    }
    exchange.ask(key(exchange), new PolicyCommand.PutPolicy(document));
    ObjectNode output = Json.object();
    rows(exchange).stream()
        .filter(row -> row.key().getLast().equals(name))
        .forEach(row -> output.set("resourcePolicy", written(row)));
    return output;
  }

  private static String name(Exchange exchange) {
    return exchange.input().path("policyName").asText();
  }

  private static Key key(Exchange exchange) {
    return LogPolicies.key(exchange.context(), exchange.region(), name(exchange));
  }

  private static List<Row> rows(Exchange exchange) {
    List<String> owner = List.of(exchange.context(), exchange.region());
    return exchange.reader().rows(LogPolicies.TABLE, owner, null, MAX_POLICIES);
  }

  private static JsonNode delete(Exchange exchange) {
    return exchange.ask(key(exchange), new PolicyCommand.DeletePolicy());
  }

  private static JsonNode describe(Exchange exchange) {
    ObjectNode output = Json.object();
    ArrayNode policies = output.putArray("resourcePolicies");
    rows(exchange).forEach(row -> policies.add(written(row)));
    return output;
  }

  private static ObjectNode written(Row row) {
    return Json.object()
        .put("policyName", row.key().getLast())
        .put("policyDocument", row.value().path("document").asText())
        .put("lastUpdatedTime", row.value().path("lastUpdatedMillis").asLong());
  }
}
