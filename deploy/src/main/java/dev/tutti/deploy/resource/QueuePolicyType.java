package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.deploy.template.Place;
import dev.tutti.deploy.template.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code AWS::SQS::QueuePolicy}. */
final class QueuePolicyType implements ResourceType {
  @Override
  public List<Resource> read(String logicalId, Place place, Shape shape, Site site) {
    List<String> urls = shape.texts("Queues");
    if (urls.isEmpty()) {
      shape.required("Queues");
    }
    JsonNode policy = shape.json("PolicyDocument");
    if (policy == null) {
      shape.required("PolicyDocument");
    }
    shape.done();
    String name = site.name(logicalId, 128);
    Set<String> queues =
        urls.stream().map(url -> QueueType.arn(url, site)).collect(Collectors.toSet());
    return List.of(
        new Resource(
            logicalId,
            QueuePolicyBody.TYPE,
            place,
            name,
            name,
            Map.of("Id", name),
            queues,
            queues.isEmpty() ? "" : queues.iterator().next(),
            new QueuePolicyBody(urls, policy == null ? Json.object() : policy)));
  }
}
