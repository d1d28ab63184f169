package dev.tutti.services.map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.contexts.ContextCatalogue;
import dev.tutti.core.json.Json;
import dev.tutti.wire.Call;
import dev.tutti.wire.Door;
import java.util.Collection;
import java.util.UUID;

/**
 * Reads the map through the public operations of each context, so that it shows what anyone could
 * see: {@code {contexts: [{account, name, functions: [{arn}], stateMachines: [{arn, uses: [arn]}],
 * buses: [{arn, exposed, rules: [{name, createdBy, enabled, targets: [arn]}]}], topics: [{arn,
 * subscriptions: [endpoint]}]}]}}. Edges are the {@code uses}, {@code targets} and {@code
 * subscriptions}; they are the declared ones.
 */
public final class MapReader {
  private final Door door;
  private final String region;
  private final ContextCatalogue contexts;

  public MapReader(Door door, String region, ContextCatalogue contexts) {
    this.door = door;
    this.region = region;
    this.contexts = contexts;
  }

  /** The map as it is now. */
  public JsonNode read() {
    ObjectNode map = Json.object();
    ArrayNode all = map.putArray("contexts");
    contexts.names().forEach((account, name) -> all.add(context(account, name)));
    return map;
  }

  private ObjectNode context(String account, String name) {
    ObjectNode context = Json.object().put("account", account).put("name", name);
    ArrayNode functions = context.putArray("functions");
    pages(account, "lambda", "ListFunctions", Json.object(), "Functions", "NextMarker", "Marker")
        .forEach(f -> functions.addObject().put("arn", f.path("FunctionArn").textValue()));
    ArrayNode machines = context.putArray("stateMachines");
    pages(
            account,
            "states",
            "ListStateMachines",
            Json.object(),
            "stateMachines",
            "nextToken",
            "nextToken")
        .forEach(m -> machines.add(machine(account, m.path("stateMachineArn").textValue())));
    ArrayNode buses = context.putArray("buses");
    pages(
            account,
            "events",
            "ListEventBuses",
            Json.object(),
            "EventBuses",
            "NextToken",
            "NextToken")
        .forEach(bus -> buses.add(bus(account, bus)));
    ArrayNode topics = context.putArray("topics");
    pages(account, "sns", "ListTopics", Json.object(), "Topics", "NextToken", "NextToken")
        .forEach(topic -> topics.add(topic(account, topic.path("TopicArn").textValue())));
    return context;
  }

  private ObjectNode machine(String account, String arn) {
    ObjectNode machine = Json.object().put("arn", arn);
    JsonNode described =
        call(account, "states", "DescribeStateMachine", Json.object().put("stateMachineArn", arn));
    Collection<String> uses =
        Uses.of(Json.parse(described.path("definition").textValue()), account, region);
    uses.forEach(machine.putArray("uses")::add);
    return machine;
  }

  private ObjectNode bus(String account, JsonNode listed) {
    String arn = listed.path("Arn").textValue();
    ObjectNode bus = Json.object().put("arn", arn);
    bus.put("exposed", listed.hasNonNull("Policy"));
    ArrayNode rules = bus.putArray("rules");
    ObjectNode ofBus = Json.object().put("EventBusName", arn);
    for (JsonNode rule :
        pages(account, "events", "ListRules", ofBus, "Rules", "NextToken", "NextToken")) {
      String name = rule.path("Name").textValue();
      ObjectNode described =
          rules
              .addObject()
              .put("name", name)
              .put("createdBy", createdBy(account, arn, name))
              .put("enabled", "ENABLED".equals(rule.path("State").textValue()));
      ArrayNode targets = described.putArray("targets");
      ObjectNode ofRule = Json.object().put("EventBusName", arn).put("Rule", name);
      pages(account, "events", "ListTargetsByRule", ofRule, "Targets", "NextToken", "NextToken")
          .forEach(target -> targets.add(target.path("Arn").textValue()));
    }
    return bus;
  }

  private String createdBy(String account, String bus, String rule) {
    ObjectNode input = Json.object().put("EventBusName", bus).put("Name", rule);
    return call(account, "events", "DescribeRule", input).path("CreatedBy").asText(account);
  }

  private ObjectNode topic(String account, String arn) {
    ObjectNode topic = Json.object().put("arn", arn);
    ArrayNode subscriptions = topic.putArray("subscriptions");
    ObjectNode input = Json.object().put("TopicArn", arn);
    pages(
            account,
            "sns",
            "ListSubscriptionsByTopic",
            input,
            "Subscriptions",
            "NextToken",
            "NextToken")
        .forEach(each -> subscriptions.add(each.path("Endpoint").textValue()));
    return topic;
  }

  /** All items of a list operation, over its pages. */
  private ArrayNode pages(
      String account,
      String service,
      String operation,
      ObjectNode input,
      String items,
      String tokenOut,
      String tokenIn) {
    ArrayNode all = Json.array();
    ObjectNode request = input.deepCopy();
    JsonNode page;
    do {
      page = call(account, service, operation, request);
      page.path(items).forEach(all::add);
      if (page.hasNonNull(tokenOut)) {
        request.set(tokenIn, page.path(tokenOut));
      }
    } while (page.hasNonNull(tokenOut));
    return all;
  }

  private JsonNode call(String account, String service, String operation, JsonNode input) {
    String id = UUID.randomUUID().toString();
    return door.call(new Call(account, region, service, operation, input, id, null));
  }
}
