package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.Map;
import java.util.Set;

/** A subscription to a topic; topic, protocol and endpoint are what it is. */
record SubscriptionBody(
    String topic, String protocol, String endpoint, Map<String, String> attributes)
    implements Body {
  static final String TYPE = "AWS::SNS::Subscription";

  String key() {
    return topic + "|" + protocol + "|" + endpoint;
  }

  @Override
  public Map<String, String> parts() {
    return Map.of("attributes", Hashes.of(Tags.byName(attributes)));
  }

  @Override
  public ObjectNode keep() {
    ObjectNode keep = Json.object();
    keep.set("attributes", Tags.names(attributes));
    return keep;
  }

  /** Subscribing the same endpoint again is no second subscription, so nothing has to be found. */
  @Override
  public boolean exists(Client client) {
    return false;
  }

  @Override
  public String create(Client client) {
    ObjectNode input =
        Json.object()
            .put("TopicArn", topic)
            .put("Protocol", protocol)
            .put("Endpoint", endpoint)
            .put("ReturnSubscriptionArn", true);
    if (!attributes.isEmpty()) {
      input.set("Attributes", Tags.byName(attributes));
    }
    return client.call("sns", "Subscribe", input).path("SubscriptionArn").asText();
  }

  @Override
  public void update(Client client, Set<String> changed, Owned before) {
    attributes.forEach((name, value) -> set(client, before, name, value));
    before
        .keep()
        .path("attributes")
        .valueStream()
        .map(JsonNode::asText)
        .filter(name -> !attributes.containsKey(name))
        .forEach(name -> set(client, before, name, absent(name)));
  }

  private static String absent(String attribute) {
    return switch (attribute) {
      case "RawMessageDelivery" -> "false";
      case "FilterPolicyScope" -> "MessageAttributes";
      default -> "{}";
    };
  }

  private static void set(Client client, Owned before, String name, String value) {
    client.call(
        "sns",
        "SetSubscriptionAttributes",
        Json.object()
            .put("SubscriptionArn", before.physicalId())
            .put("AttributeName", name)
            .put("AttributeValue", value));
  }
}
