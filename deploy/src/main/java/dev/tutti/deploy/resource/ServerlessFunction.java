package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.deploy.template.Place;
import dev.tutti.deploy.template.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code AWS::Serverless::Function}: a function, and what each of its Events stands for. */
final class ServerlessFunction implements ResourceType {
  @Override
  public List<Resource> read(String logicalId, Place place, Shape shape, Site site) {
    shape.noEffect(
        "Policies",
        "PermissionsBoundary",
        "RolePath",
        "AssumeRolePolicyDocument",
        "Tracing",
        "PropagateTags");
    FunctionReading reading = new FunctionReading(logicalId, place, shape, site, "DeadLetterQueue");
    List<Resource> resources = new ArrayList<>();
    Resource function = reading.function(code(shape, reading));
    resources.add(function);
    if (shape.text("Role") == null) {
      resources.add(NoEffect.implicitRole(logicalId + "Role", place, site));
    }
    Shape invoke = shape.shape("EventInvokeConfig");
    if (invoke != null) {
      resources.add(
          EventInvokeType.ofFunction(
              logicalId + "EventInvokeConfig", place, invoke, function.key()));
    }
    Shape events = shape.shape("Events");
    if (events != null) {
      for (String name : events.names()) {
        Shape event = events.shape(name);
        if (event != null) {
          resources.addAll(event(function, logicalId + name, event, site));
        }
      }
    }
    shape.done();
    return resources;
  }

  private static byte[] code(Shape shape, FunctionReading reading) {
    String text = shape.text("InlineCode");
    if (text != null) {
      return reading.inline("InlineCode", shape, text);
    }
    if (shape.names().contains("CodeUri")) {
      String path = shape.text("CodeUri");
      return path == null ? new byte[0] : reading.at("CodeUri", path);
    }
    shape.problem("CodeUri", "a function needs CodeUri or InlineCode");
    return new byte[0];
  }

  private static List<Resource> event(Resource function, String logicalId, Shape event, Site site) {
    Place place = event.place();
    String arn = function.key();
    String type = event.required("Type");
    Shape properties = event.shape("Properties");
    event.done();
    if (properties == null) {
      properties = Shape.of("Properties", event.emptyNode(), site.problems());
    }
    return switch (type) {
      case "ScheduleV2" ->
          List.of(
              ScheduleType.ofSam(
                  logicalId, place, properties, arn, site.implicitRole(logicalId), site),
              NoEffect.implicitRole(logicalId + "Role", place, site));
      case "EventBridgeRule", "CloudWatchEvent", "Schedule" -> {
        Resource rule =
            SamEvents.rule(
                logicalId, place, type, properties, arn, logicalId + "LambdaTarget", "", site);
        yield List.of(
            rule, permission(logicalId, place, arn, "events.amazonaws.com", rule.key(), site));
      }
      case "SQS" -> List.of(MappingType.ofEvent(logicalId, place, properties, arn, site));
      case "SNS" -> {
        Resource subscription = SamEvents.subscription(logicalId, place, properties, arn, site);
        yield List.of(
            permission(
                logicalId,
                place,
                arn,
                "sns.amazonaws.com",
                SubscriptionType.topic(subscription),
                site),
            subscription);
      }
      default -> {
        SamEvents.refuse(event, type);
        yield List.of();
      }
    };
  }

  private static Resource permission(
      String logicalId, Place place, String function, String principal, String source, Site site) {
    String id = logicalId + "Permission";
    ObjectNode grant =
        Json.object()
            .put("Action", "lambda:InvokeFunction")
            .put("Principal", principal)
            .put("SourceArn", source);
    return LambdaPermission.resource(id, place, function, grant, Set.of(function), site);
  }
}
