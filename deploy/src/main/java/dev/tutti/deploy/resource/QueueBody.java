package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * An SQS queue.
 *
 * @param url by whose last two parts SQS knows it, as which {@code Ref} gives it
 * @param fifo whether it keeps order, which can't be changed
 * @param attributes those that can be changed, each as text
 */
record QueueBody(
    String arn,
    String url,
    String name,
    boolean fifo,
    Map<String, String> attributes,
    Map<String, String> tags)
    implements Body {
  static final String TYPE = "AWS::SQS::Queue";

  /** What attributes are when a template no longer names them; the others are taken back. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "DelaySeconds", "0",
          "MaximumMessageSize", "262144",
          "MessageRetentionPeriod", "345600",
          "ReceiveMessageWaitTimeSeconds", "0",
          "VisibilityTimeout", "30",
          "ContentBasedDeduplication", "false",
          "DeduplicationScope", "queue",
          "FifoThroughputLimit", "perQueue",
          "SqsManagedSseEnabled", "true");

  @Override
  public Map<String, String> parts() {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("attributes", Hashes.of(Tags.byName(attributes)));
    parts.put("tags", Hashes.of(Tags.byName(tags)));
    parts.put(FIXED, String.valueOf(fifo));
    return parts;
  }

  @Override
  public ObjectNode keep() {
    ObjectNode keep = Json.object().put("url", url);
    keep.set("attributes", Tags.names(attributes));
    keep.set("tags", Tags.names(tags));
    return keep;
  }

  @Override
  public boolean exists(Client client) {
    return client.find("sqs", "GetQueueAttributes", Json.object().put("QueueUrl", url)).isPresent();
  }

  @Override
  public String create(Client client) {
    ObjectNode input = Json.object().put("QueueName", name);
    ObjectNode given = Tags.byName(attributes);
    if (fifo) {
      given.put("FifoQueue", "true");
    }
    if (!given.isEmpty()) {
      input.set("Attributes", given);
    }
    if (!tags.isEmpty()) {
      input.set("tags", Tags.byName(tags));
    }
    client.call("sqs", "CreateQueue", input);
    return url;
  }

  @Override
  public void update(Client client, Set<String> changed, Owned before) {
    if (changed.contains("attributes")) {
      ObjectNode all = Tags.byName(attributes);
      for (JsonNode name : before.keep().path("attributes")) {
        if (!attributes.containsKey(name.asText())) {
          all.put(name.asText(), DEFAULTS.getOrDefault(name.asText(), ""));
        }
      }
      ObjectNode input = Json.object().put("QueueUrl", url);
      input.set("Attributes", all);
      client.call("sqs", "SetQueueAttributes", input);
    }
    if (changed.contains("tags")) {
      tag(client, before);
    }
  }

  private void tag(Client client, Owned before) {
    ObjectNode gone = Json.object().put("QueueUrl", url);
    var keys = gone.putArray("TagKeys");
    for (JsonNode name : before.keep().path("tags")) {
      if (!tags.containsKey(name.asText())) {
        keys.add(name.asText());
      }
    }
    if (!keys.isEmpty()) {
      client.call("sqs", "UntagQueue", gone);
    }
    if (!tags.isEmpty()) {
      ObjectNode input = Json.object().put("QueueUrl", url);
      input.set("Tags", Tags.byName(tags));
      client.call("sqs", "TagQueue", input);
    }
  }
}
