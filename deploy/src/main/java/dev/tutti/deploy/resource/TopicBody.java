package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * An SNS topic.
 *
 * @param fifo whether it keeps order, which can't be changed
 * @param attributes those that can be changed
 */
record TopicBody(
    String arn, String name, boolean fifo, Map<String, String> attributes, Map<String, String> tags)
    implements Body {
  static final String TYPE = "AWS::SNS::Topic";

  /** What attributes are when a template no longer names them; the others are taken back. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "ContentBasedDeduplication", "false",
          "FifoThroughputScope", "Topic",
          "MaximumMessageSize", "262144",
          "SignatureVersion", "1");

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
    ObjectNode keep = Json.object();
    keep.set("attributes", Tags.names(attributes));
    keep.set("tags", Tags.names(tags));
    return keep;
  }

  @Override
  public boolean exists(Client client) {
    return client.find("sns", "GetTopicAttributes", Json.object().put("TopicArn", arn)).isPresent();
  }

  @Override
  public String create(Client client) {
    ObjectNode input = Json.object().put("Name", name);
    ObjectNode given = Tags.byName(attributes);
    if (fifo) {
      given.put("FifoTopic", "true");
    }
    if (!given.isEmpty()) {
      input.set("Attributes", given);
    }
    if (!tags.isEmpty()) {
      input.set("Tags", Tags.pairs(tags, "Key", "Value"));
    }
    return client.call("sns", "CreateTopic", input).path("TopicArn").asText(arn);
  }

  @Override
  public void update(Client client, Set<String> changed, Owned before) {
    if (changed.contains("attributes")) {
      attributes.forEach((attribute, value) -> set(client, attribute, value));
      before
          .keep()
          .path("attributes")
          .valueStream()
          .map(name -> name.asText())
          .filter(attribute -> !attributes.containsKey(attribute))
          .forEach(attribute -> set(client, attribute, DEFAULTS.getOrDefault(attribute, "")));
    }
    if (changed.contains("tags")) {
      Tags.update(client, "sns", arn, tags, before);
    }
  }

  private void set(Client client, String attribute, String value) {
    client.call(
        "sns",
        "SetTopicAttributes",
        Json.object()
            .put("TopicArn", arn)
            .put("AttributeName", attribute)
            .put("AttributeValue", value));
  }
}
