package dev.tutti.deploy.resource;

import dev.tutti.deploy.template.Place;
import dev.tutti.deploy.template.Shape;
import java.util.List;
import java.util.Set;

/** {@code AWS::StepFunctions::StateMachine}. */
final class StatesStateMachine implements ResourceType {
  private static final List<String> DEFINITIONS =
      List.of("Definition", "DefinitionString", "DefinitionS3Location");

  @Override
  public List<Resource> read(String logicalId, Place place, Shape shape, Site site) {
    var reading = new StateMachineReading(logicalId, place, shape, site);
    Set<String> names = shape.names();
    if (DEFINITIONS.stream().filter(names::contains).count() != 1) {
      shape.problem(
          "Definition",
          "a state machine needs one of Definition, DefinitionString and a local"
              + " DefinitionS3Location");
    }
    String definition =
        names.contains("DefinitionS3Location")
            ? reading.file("DefinitionS3Location")
            : reading.inline(names.contains("Definition") ? "Definition" : "DefinitionString");
    Resource machine =
        reading.stateMachine(
            shape.text("StateMachineType"),
            shape.text("StateMachineName"),
            shape.required("RoleArn"),
            definition,
            reading.observed("LoggingConfiguration", "TracingConfiguration"));
    shape.done();
    return List.of(machine);
  }
}
