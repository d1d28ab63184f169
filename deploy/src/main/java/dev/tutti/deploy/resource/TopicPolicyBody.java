package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The policy of some topics. A topic always has one, so removing it sets the owner's own. */
record TopicPolicyBody(List<String> topics, JsonNode policy) implements Body {
  static final String TYPE = "AWS::SNS::TopicPolicy";

  @Override
  public Map<String, String> parts() {
    ArrayNode all = Json.array();
    topics.forEach(all::add);
    return Map.of("policy", Hashes.of(all.add(policy)));
  }

  @Override
  public ObjectNode keep() {
    ObjectNode keep = Json.object();
    topics.forEach(keep.putArray("topics")::add);
    return keep;
  }

  @Override
  public boolean exists(Client client) {
    return false;
  }

  @Override
  public String create(Client client) {
    for (String topic : topics) {
      set(client, topic, policy);
    }
    return String.join(",", topics);
  }

  @Override
  public void update(Client client, Set<String> changed, Owned before) {
    create(client);
    before
        .keep()
        .path("topics")
        .valueStream()
        .map(JsonNode::asText)
        .filter(topic -> !topics.contains(topic))
        .forEach(topic -> reset(client, topic));
  }

  /** Gives a topic the policy under which only its own account uses it. */
  static void reset(Client client, String topic) {
    ObjectNode statement = Json.object().put("Sid", "owner").put("Effect", "Allow");
    statement.putObject("Principal").put("AWS", client.account());
    statement.putArray("Action").add("SNS:Publish").add("SNS:Subscribe");
    statement.put("Resource", topic);
    ObjectNode policy = Json.object().put("Version", "2012-10-17");
    policy.putArray("Statement").add(statement);
    set(client, topic, policy);
  }

  private static void set(Client client, String topic, JsonNode policy) {
    client.call(
        "sns",
        "SetTopicAttributes",
        Json.object()
            .put("TopicArn", topic)
            .put("AttributeName", "Policy")
            .put("AttributeValue", Json.write(policy)));
  }
}
