package dev.tutti.services.states;

import dev.tutti.core.asl.Flow;
import dev.tutti.core.asl.MapState;
import dev.tutti.core.asl.ParallelState;
import dev.tutti.core.asl.Resource;
import dev.tutti.core.asl.State;
import dev.tutti.core.asl.StateMachine;
import dev.tutti.core.asl.TaskState;
import dev.tutti.wire.ServiceError;
import java.util.ArrayList;
import java.util.List;

/** What express state machines can't do: wait for jobs, for callbacks and for activities. */
final class ExpressRules {
  private ExpressRules() {}

  /**
   * Checks a definition.
   *
   * @throws ServiceError InvalidDefinition, with every reason
   */
  static void check(StateMachine machine) {
    List<String> found = new ArrayList<>();
    check(machine.flow(), "", found);
    if (!found.isEmpty()) {
      throw new ServiceError(
          "InvalidDefinition",
          "Invalid State Machine Definition: '" + String.join(", ", found) + "'");
    }
  }

  private static void check(Flow flow, String at, List<String> found) {
    for (State state : flow.states().values()) {
      String location = at + "/States/" + state.name();
      switch (state) {
        case TaskState task -> check(task.resource(), location, found);
        case ParallelState parallel -> {
          for (int i = 0; i < parallel.branches().size(); i++) {
            check(parallel.branches().get(i), location + "/Branches[" + i + "]", found);
          }
        }
        case MapState map -> check(map.processor(), location + "/ItemProcessor", found);
        default -> {}
      }
    }
  }

  private static void check(Resource resource, String location, List<String> found) {
    String what =
        switch (resource) {
          case Resource.Activity _ -> "Activity ARN";
          case Resource.Optimised o when waits(o.pattern()) -> integration(o.pattern());
          case Resource.AwsSdk s when waits(s.pattern()) -> integration(s.pattern());
          default -> "";
        };
    if (!what.isEmpty()) {
      found.add(
          "SCHEMA_VALIDATION_FAILED: Express state machine does not support "
              + what
              + " at "
              + location
              + "/Resource");
    }
  }

  private static boolean waits(Resource.Pattern pattern) {
    return pattern != Resource.Pattern.REQUEST_RESPONSE;
  }

  private static String integration(Resource.Pattern pattern) {
    String suffix = pattern == Resource.Pattern.WAIT_FOR_TASK_TOKEN ? ".waitForTaskToken" : ".sync";
    return "'" + suffix + "' service integration";
  }
}
