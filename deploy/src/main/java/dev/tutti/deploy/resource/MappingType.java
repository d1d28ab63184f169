package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.deploy.template.Place;
import dev.tutti.deploy.template.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code AWS::Lambda::EventSourceMapping}, and SAM's event of type {@code SQS}. */
final class MappingType implements ResourceType {
  @Override
  public List<Resource> read(String logicalId, Place place, Shape shape, Site site) {
    String function = shape.required("FunctionName");
    String arn =
        function.startsWith("arn:") ? function : site.arn("lambda", "function:" + function);
    String source = shape.required("EventSourceArn");
    return List.of(resource(logicalId, place, shape, arn, source, site));
  }

  /** A SAM function's event. */
  static Resource ofEvent(String logicalId, Place place, Shape event, String function, Site site) {
    return resource(logicalId, place, event, function, event.required("Queue"), site);
  }

  private static Resource resource(
      String logicalId, Place place, Shape shape, String function, String source, Site site) {
    ObjectNode settings = settings(shape);
    Map<String, String> tags = Tags.read(shape, site);
    shape.done();
    var body = new MappingBody(function, source, settings, tags);
    return new Resource(
        logicalId,
        MappingBody.TYPE,
        place,
        body.key(),
        "",
        Map.of(),
        Set.of(function, source),
        "",
        body);
  }

  /** All that can be updated, with Lambda's defaults where the template says nothing. */
  private static ObjectNode settings(Shape shape) {
    ObjectNode settings = Json.object();
    Boolean enabled = shape.flag("Enabled");
    settings.put("Enabled", enabled == null || enabled);
    Integer batch = shape.integer("BatchSize");
    settings.put("BatchSize", batch == null ? 10 : batch);
    Integer window = shape.integer("MaximumBatchingWindowInSeconds");
    settings.put("MaximumBatchingWindowInSeconds", window == null ? 0 : window);
    JsonNode filters = shape.json("FilterCriteria");
    settings.set("FilterCriteria", filters == null ? Json.object() : filters);
    settings.putArray("FunctionResponseTypes");
    shape
        .texts("FunctionResponseTypes")
        .forEach(type -> settings.withArray("FunctionResponseTypes").add(type));
    JsonNode scaling = shape.json("ScalingConfig");
    settings.set("ScalingConfig", scaling == null ? Json.object() : scaling);
    return settings;
  }
}
