package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.deploy.template.Place;
import dev.tutti.deploy.template.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code AWS::Lambda::EventInvokeConfig}, and a SAM function's {@code EventInvokeConfig}. */
final class EventInvokeType implements ResourceType {
  @Override
  public List<Resource> read(String logicalId, Place place, Shape shape, Site site) {
    String function = shape.required("FunctionName");
    String arn =
        function.startsWith("arn:") ? function : site.arn("lambda", "function:" + function);
    return List.of(resource(logicalId, place, shape, arn, shape.required("Qualifier")));
  }

  /** A SAM function's own, which counts for its unpublished version. */
  static Resource ofFunction(String logicalId, Place place, Shape shape, String function) {
    return resource(logicalId, place, shape, function, "$LATEST");
  }

  private static Resource resource(
      String logicalId, Place place, Shape shape, String function, String qualifier) {
    ObjectNode settings = Json.object();
    for (String number : List.of("MaximumRetryAttempts", "MaximumEventAgeInSeconds")) {
      Integer value = shape.integer(number);
      if (value != null) {
        settings.put(number, value);
      }
    }
    Set<String> needs = new HashSet<>(Set.of(function));
    Shape destinations = shape.shape("DestinationConfig");
    if (destinations != null) {
      for (String condition : List.of("OnSuccess", "OnFailure")) {
        destination(destinations.shape(condition), condition, settings, needs);
      }
      destinations.done();
    }
    shape.done();
    if (settings.isEmpty()) {
      shape.problem("MaximumRetryAttempts", "something has to be configured");
    }
    ObjectNode named = Json.object().put("FunctionName", function).put("Qualifier", qualifier);
    String id = function + "|" + qualifier;
    return new Resource(
        logicalId,
        SettingsBody.Kind.EVENT_INVOKE.type(),
        place,
        "event-invoke|" + id,
        logicalId,
        Map.of(),
        Set.copyOf(needs),
        "",
        new SettingsBody(SettingsBody.Kind.EVENT_INVOKE, id, named, settings));
  }

  /** SAM also names the destination's type, and would make a queue or topic where none is given. */
  private static void destination(
      @Nullable Shape shape, String condition, ObjectNode settings, Set<String> needs) {
    if (shape == null) {
      return;
    }
    shape.text("Type");
    String arn = shape.required("Destination");
    shape.done();
    needs.add(arn);
    settings.withObject("/DestinationConfig").putObject(condition).put("Destination", arn);
  }
}
