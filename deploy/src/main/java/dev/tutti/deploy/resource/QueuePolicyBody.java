package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The policy of some queues.
 *
 * @param urls the queues' addresses
 */
record QueuePolicyBody(List<String> urls, JsonNode policy) implements Body {
  static final String TYPE = "AWS::SQS::QueuePolicy";

  @Override
  public Map<String, String> parts() {
    ArrayNode all = Json.array();
    urls.forEach(all::add);
    return Map.of("policy", Hashes.of(all.add(policy)));
  }

  @Override
  public ObjectNode keep() {
    ObjectNode keep = Json.object();
    urls.forEach(keep.putArray("queues")::add);
    return keep;
  }

  @Override
  public boolean exists(Client client) {
    return false;
  }

  @Override
  public String create(Client client) {
    urls.forEach(url -> set(client, url, Json.write(policy)));
    return String.join(",", urls);
  }

  @Override
  public void update(Client client, Set<String> changed, Owned before) {
    create(client);
    for (JsonNode url : before.keep().path("queues")) {
      if (!urls.contains(url.asText())) {
        set(client, url.asText(), "");
      }
    }
  }

  /** Sets a queue's policy; an empty one leaves it to its owner. */
  static void set(Client client, String url, String policy) {
    ObjectNode input = Json.object().put("QueueUrl", url);
    input.putObject("Attributes").put("Policy", policy);
    client.call("sqs", "SetQueueAttributes", input);
  }
}
