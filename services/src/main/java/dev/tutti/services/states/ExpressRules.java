package dev.tutti.services.states;

import dev.tutti.core.asl.Flow;
import dev.tutti.core.asl.MapState;
import dev.tutti.core.asl.ParallelState;
import dev.tutti.core.asl.Resource;
import dev.tutti.core.asl.State;
import dev.tutti.core.asl.StateMachine;
import dev.tutti.core.asl.TaskState;
import dev.tutti.core.asl.compile.Diagnostic;
import dev.tutti.core.asl.compile.InvalidDefinition;
import dev.tutti.wire.ServiceError;
import java.util.ArrayList;
import java.util.List;

/**
 * What express state machines can't do: wait for jobs, for callbacks and for activities, and spread
 * a Map over executions of its own.
 */
final class ExpressRules {
  private ExpressRules() {}

  /**
   * Checks a definition.
   *
   * @throws ServiceError InvalidDefinition, with every reason
   */
  static void check(StateMachine machine) {
    List<Diagnostic> found = faults(machine);
    if (!found.isEmpty()) {
      throw new ServiceError("InvalidDefinition", new InvalidDefinition(found).text());
    }
  }

  /** What is wrong with a definition for that reason. */
  static List<Diagnostic> faults(StateMachine machine) {
    List<Diagnostic> found = new ArrayList<>();
    check(machine.flow(), "", found);
    return found;
  }

  private static void check(Flow flow, String at, List<Diagnostic> found) {
    for (State state : flow.states().values()) {
      String location = at + "/States/" + state.name();
      switch (state) {
        case TaskState task -> check(task.resource(), location, found);
        case ParallelState parallel -> {
          for (int i = 0; i < parallel.branches().size(); i++) {
            check(parallel.branches().get(i), location + "/Branches[" + i + "]", found);
          }
        }
        case MapState map -> {
          String processor = location + "/ItemProcessor";
          if (map.distributed() != null) {
            add(
                "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state"
                    + " machines",
                processor + "/ProcessorConfig",
                found);
          }
          check(map.processor(), processor, found);
        }
        default -> {}
      }
    }
  }

  private static void check(Resource resource, String location, List<Diagnostic> found) {
    String what =
        switch (resource) {
          case Resource.Activity _ -> "Activity ARN";
          case Resource.Optimised o when waits(o.pattern()) -> integration(o.pattern());
          case Resource.AwsSdk s when waits(s.pattern()) -> integration(s.pattern());
          default -> "";
        };
    if (!what.isEmpty()) {
      add("Express state machine does not support " + what, location + "/Resource", found);
    }
  }

  private static void add(String message, String location, List<Diagnostic> found) {
    found.add(new Diagnostic(Diagnostic.SCHEMA_VALIDATION_FAILED, message, location));
  }

  private static boolean waits(Resource.Pattern pattern) {
    return pattern != Resource.Pattern.REQUEST_RESPONSE;
  }

  private static String integration(Resource.Pattern pattern) {
    String suffix = pattern == Resource.Pattern.WAIT_FOR_TASK_TOKEN ? ".waitForTaskToken" : ".sync";
    return "'" + suffix + "' service integration "; // the blank is AWS's
  }
}
