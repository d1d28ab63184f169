package dev.tutti.deploy.resource;

import dev.tutti.deploy.template.Place;
import dev.tutti.deploy.template.Shape;
import java.util.ArrayList;
import java.util.List;

/** {@code AWS::Serverless::StateMachine}: a state machine, and what its Events stand for. */
final class ServerlessStateMachine implements ResourceType {
  @Override
  public List<Resource> read(String logicalId, Place place, Shape shape, Site site) {
    shape.noEffect("Policies", "PermissionsBoundary", "RolePath", "PropagateTags");
    var reading = new StateMachineReading(logicalId, place, shape, site);
    boolean inline = shape.names().contains("Definition");
    if (inline == shape.names().contains("DefinitionUri")) {
      shape.problem("DefinitionUri", "a state machine needs either Definition or DefinitionUri");
    }
    String definition = inline ? reading.inline("Definition") : reading.file("DefinitionUri");
    String role = shape.text("Role");
    Resource machine =
        reading.stateMachine(
            shape.text("Type"),
            shape.text("Name"),
            role == null ? site.implicitRole(logicalId) : role,
            definition,
            reading.observed("Logging", "Tracing"));
    List<Resource> resources = new ArrayList<>();
    resources.add(machine);
    if (role == null) {
      resources.add(NoEffect.implicitRole(logicalId + "Role", place, site));
    }
    Shape events = shape.shape("Events");
    if (events != null) {
      for (String name : events.names()) {
        Shape event = events.shape(name);
        if (event != null) {
          resources.addAll(event(machine, logicalId + name, event, site));
        }
      }
    }
    shape.done();
    return resources;
  }

  private static List<Resource> event(Resource machine, String logicalId, Shape event, Site site) {
    String type = event.required("Type");
    Shape given = event.shape("Properties");
    event.done();
    Shape properties =
        given == null ? Shape.of("Properties", event.emptyNode(), site.problems()) : given;
    return switch (type) {
      case "ScheduleV2" ->
          List.of(
              ScheduleType.ofSam(
                  logicalId,
                  event.place(),
                  properties,
                  machine.key(),
                  site.implicitRole(logicalId),
                  site),
              NoEffect.implicitRole(logicalId + "Role", event.place(), site));
      case "EventBridgeRule", "CloudWatchEvent", "Schedule" -> {
        String role = site.implicitRole(logicalId);
        String target = logicalId + "StepFunctionsTarget";
        yield List.of(
            SamEvents.rule(
                logicalId, event.place(), type, properties, machine.key(), target, role, site),
            NoEffect.implicitRole(logicalId + "Role", event.place(), site));
      }
      default -> {
        SamEvents.refuse(event, type);
        yield List.of();
      }
    };
  }
}
