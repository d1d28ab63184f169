package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.deploy.template.Place;
import dev.tutti.deploy.template.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code AWS::SNS::TopicPolicy}. */
final class TopicPolicyType implements ResourceType {
  @Override
  public List<Resource> read(String logicalId, Place place, Shape shape, Site site) {
    List<String> topics = shape.texts("Topics");
    if (topics.isEmpty()) {
      shape.required("Topics");
    }
    JsonNode policy = shape.json("PolicyDocument");
    if (policy == null) {
      shape.required("PolicyDocument");
    }
    shape.done();
    String name = site.name(logicalId, 128);
    return List.of(
        new Resource(
            logicalId,
            TopicPolicyBody.TYPE,
            place,
            name,
            name,
            Map.of("Id", name),
            Set.copyOf(topics),
            topics.isEmpty() ? "" : topics.getFirst(),
            new TopicPolicyBody(topics, policy == null ? Json.object() : policy)));
  }
}
