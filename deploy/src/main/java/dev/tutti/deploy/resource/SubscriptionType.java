package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.deploy.template.Place;
import dev.tutti.deploy.template.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code AWS::SNS::Subscription}. */
final class SubscriptionType implements ResourceType {
  @Override
  public List<Resource> read(String logicalId, Place place, Shape shape, Site site) {
    String topic = shape.required("TopicArn");
    String protocol = shape.required("Protocol");
    String endpoint = shape.required("Endpoint");
    Map<String, String> attributes = attributes(shape);
    shape.done();
    return List.of(resource(logicalId, place, topic, protocol, endpoint, attributes));
  }

  /** The attributes that a subscription can be given, each as text. */
  static Map<String, String> attributes(Shape shape) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (String name :
        List.of(
            "FilterPolicyScope",
            "FilterPolicy",
            "RawMessageDelivery",
            "RedrivePolicy",
            "DeliveryPolicy")) {
      JsonNode value = shape.json(name);
      if (value != null) {
        attributes.put(name, value.isContainerNode() ? Json.write(value) : value.asText());
      }
    }
    return attributes;
  }

  static Resource resource(
      String logicalId,
      Place place,
      String topic,
      String protocol,
      String endpoint,
      Map<String, String> attributes) {
    var body = new SubscriptionBody(topic, protocol, endpoint, attributes);
    return new Resource(
        logicalId,
        SubscriptionBody.TYPE,
        place,
        body.key(),
        "",
        Map.of(),
        Set.of(topic, endpoint),
        "",
        body);
  }

  /** The ARN of the topic that a subscription is to. */
  static String topic(Resource subscription) {
    return subscription.key().substring(0, subscription.key().indexOf('|'));
  }
}
