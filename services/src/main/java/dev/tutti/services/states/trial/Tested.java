package dev.tutti.services.states.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.asl.Flow;
import dev.tutti.core.asl.MapState;
import dev.tutti.core.asl.ParallelState;
import dev.tutti.core.asl.Resource;
import dev.tutti.core.asl.State;
import dev.tutti.core.asl.TaskState;
import dev.tutti.core.asl.compile.Definitions;
import dev.tutti.core.asl.compile.InvalidDefinition;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.core.workflow.Trial;
import dev.tutti.wire.ServiceError;
import org.jspecify.annotations.Nullable;

/** Which state is tested, and whether it can be as it is asked for. */
final class Tested {
  private Tested() {}

  /**
   * The state that is tested.
   *
   * @param iterated whether it is in the processor of a Map state
   */
  record Found(State state, boolean iterated) {}

  /** The state that a call names: its definition is that state, or holds it. */
  static Found found(JsonNode input) {
    String definition = input.path("definition").asText();
    try {
      if (!input.hasNonNull("stateName")) {
        return new Found(Definitions.compileState(Trial.STATE_NAME, definition), false);
      }
      Flow flow = Definitions.compile(definition).flow();
      Found found = find(flow, input.path("stateName").asText(), false);
      if (found == null) {
        throw invalid("State not found in definition");
      }
      return found;
    } catch (InvalidDefinition e) {
      throw new ServiceError("InvalidDefinition", e.text());
    }
  }

  /** A state of this name, in the flow or deeper in it. */
  private static @Nullable Found find(Flow flow, String name, boolean iterated) {
    State own = flow.states().get(name);
    if (own != null) {
      return new Found(own, iterated);
    }
    for (State state : flow.states().values()) {
      Found inner = inside(state, name, iterated);
      if (inner != null) {
        return inner;
      }
    }
    return null;
  }

  private static @Nullable Found inside(State state, String name, boolean iterated) {
    if (state instanceof MapState map) {
      return find(map.processor(), name, true);
    }
    if (state instanceof ParallelState parallel) {
      for (Flow branch : parallel.branches()) {
        Found found = find(branch, name, iterated);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /** What can be tested without a mock, and what with one. */
  static void check(State state, JsonNode input) {
    boolean mocked = input.hasNonNull("mock");
    if (!mocked && (state instanceof MapState || state instanceof ParallelState)) {
      throw new ServiceError(
          "InvalidDefinition",
          "TestState API does not support Map or Parallel states. Supported state types include:"
              + " [Task, Wait, Pass, Succeed, Fail, Choice]");
    }
    if (!mocked && state instanceof TaskState task) {
      if (waits(task.resource()) || task.resource() instanceof Resource.Activity) {
        throw new ServiceError(
            "InvalidDefinition",
            "TestState API does not support activities and the '.sync' and '.waitForTaskToken'"
                + " service integration patterns when a mock is not specified.");
      }
      if (!input.hasNonNull("roleArn")) {
        throw invalid("RoleArn must be specified when testing a Task state");
      }
    }
    json(input.path("input").asText("{}"));
  }

  private static void json(String text) {
    try {
      Json.parse(text);
    } catch (MalformedJson e) {
      throw new ServiceError(
          "InvalidExecutionInput",
          "Invalid State Machine Execution Input: '" + e.getMessage() + "'");
    }
  }

  private static boolean waits(Resource resource) {
    Resource.Pattern pattern =
        switch (resource) {
          case Resource.Optimised optimised -> optimised.pattern();
          case Resource.AwsSdk sdk -> sdk.pattern();
          default -> Resource.Pattern.REQUEST_RESPONSE;
        };
    return pattern != Resource.Pattern.REQUEST_RESPONSE;
  }

  /** The variables that are set before the state. */
  static ObjectNode variables(JsonNode input) {
    ObjectNode given = object(input, "variables");
    return given == null ? Json.object() : given;
  }

  /** The context object that the call gives; null for none. */
  static @Nullable ObjectNode context(State state, JsonNode input) {
    ObjectNode given = object(input, "context");
    boolean waits = state instanceof TaskState task && waits(task.resource());
    if (given != null && given.has("Task") && !waits) {
      throw invalid(
          "Invalid Context object provided: Context object contains 'Task' when state is not a Task"
              + " state with a '.sync' or '.waitForTaskToken' service integration pattern");
    }
    return given;
  }

  private static @Nullable ObjectNode object(JsonNode input, String member) {
    if (!input.hasNonNull(member)) {
      return null;
    }
    try {
      if (Json.parse(input.path(member).asText()) instanceof ObjectNode object) {
        return object;
      }
    } catch (MalformedJson e) {
      throw invalid("The '" + member + "' field must be valid JSON: " + e.getMessage());
    }
    throw invalid("The '" + member + "' field must be a JSON object");
  }

  static ServiceError invalid(String message) {
    return new ServiceError("ValidationException", message);
  }
}
