package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.deploy.template.Node;
import dev.tutti.deploy.template.Place;
import dev.tutti.deploy.template.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code AWS::SNS::Topic}, with the subscriptions that it lists. */
final class TopicType implements ResourceType {
  private static final List<String> ATTRIBUTES =
      List.of(
          "DeliveryPolicy",
          "FifoThroughputScope",
          "MaximumMessageSize",
          "SignatureVersion",
          "TracingConfig");

  @Override
  public List<Resource> read(String logicalId, Place place, Shape shape, Site site) {
    Boolean fifoFlag = shape.flag("FifoTopic");
    boolean fifo = fifoFlag != null && fifoFlag;
    String given = shape.text("TopicName");
    String name =
        given != null
            ? given
            : fifo ? site.name(logicalId, 251) + ".fifo" : site.name(logicalId, 256);
    if (fifo != name.endsWith(".fifo")) {
      shape.problem("TopicName", "the name of a FIFO topic, and no other, ends in .fifo");
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    String displayName = shape.text("DisplayName");
    if (displayName != null) {
      attributes.put("DisplayName", displayName);
    }
    Boolean deduplicates = shape.flag("ContentBasedDeduplication");
    if (deduplicates != null) {
      attributes.put("ContentBasedDeduplication", deduplicates.toString());
    }
    for (String attribute : ATTRIBUTES) {
      JsonNode value = shape.json(attribute);
      if (value != null) {
        attributes.put(attribute, value.isContainerNode() ? Json.write(value) : value.asText());
      }
    }
    String arn = site.arn("sns", name);
    List<Resource> resources = new ArrayList<>();
    resources.add(
        new Resource(
            logicalId,
            TopicBody.TYPE,
            place,
            arn,
            arn,
            Map.of("TopicArn", arn, "TopicName", name),
            Set.of(),
            "",
            new TopicBody(arn, name, fifo, attributes, Tags.read(shape, site))));
    for (Node item : shape.list("Subscription")) {
      Shape entry = Shape.of("a subscription", item, site.problems());
      String protocol = entry.required("Protocol");
      String endpoint = entry.required("Endpoint");
      entry.done();
      String id = logicalId + "Subscription" + Hashes.base36(protocol + "|" + endpoint, 8);
      resources.add(
          SubscriptionType.resource(id, entry.place(), arn, protocol, endpoint, Map.of()));
    }
    shape.done();
    return resources;
  }
}
