package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.workflow.integrations.Target;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Facts as GetExecutionHistory shows them (API reference, HistoryEvent). */
public final class Histories {
  private final boolean data;

  /**
   * A view of histories.
   *
   * @param includeExecutionData whether inputs and outputs are shown
   */
  public Histories(boolean includeExecutionData) {
    this.data = includeExecutionData;
  }

  /**
   * A fact as a history event, members by their model names, timestamps in epoch seconds.
   *
   * @return null where the fact doesn't show
   */
  public @Nullable ObjectNode render(Recorded<ExecutionFact> recorded) {
    if (!(recorded.fact() instanceof ExecutionFact.Shown shown)) {
      return null;
    }
    ObjectNode event = Json.object();
    event.put("timestamp", seconds(recorded.millis()));
    event.put("id", shown.id());
    event.put("previousEventId", shown.previous());
    event.put("type", type(shown));
    details(shown, event);
    return event;
  }

  /** Epoch milliseconds as the epoch seconds of the models. */
  public static BigDecimal seconds(long millis) {
    return BigDecimal.valueOf(millis, 3);
  }

  private static String type(ExecutionFact.Shown shown) {
    return switch (shown) {
      case ExecutionFact.Started f -> "ExecutionStarted";
      case ExecutionFact.Entered f -> f.type() + "StateEntered";
      case ExecutionFact.Exited f -> f.type() + "StateExited";
      case ExecutionFact.TaskScheduled f -> task(f.resource(), "Scheduled");
      case ExecutionFact.TaskStarted f -> task(f.resource(), "Started");
      case ExecutionFact.TaskTaken f -> task(f.resource(), "Started");
      case ExecutionFact.TaskSubmitted f -> "TaskSubmitted";
      case ExecutionFact.TaskSucceeded f -> task(f.resource(), "Succeeded");
      case ExecutionFact.TaskFailed f -> task(f.resource(), "Failed");
      case ExecutionFact.TaskTimedOut f -> task(f.resource(), "TimedOut");
      case ExecutionFact.EvaluationFailed f -> "EvaluationFailed";
      case ExecutionFact.ParallelStarted f -> "ParallelStateStarted";
      case ExecutionFact.MapStarted f -> "MapStateStarted";
      case ExecutionFact.MapRunStarted f -> "MapRunStarted";
      case ExecutionFact.MapRunRedriven f -> "MapRunRedriven";
      case ExecutionFact.Redriven f -> "ExecutionRedriven";
      case ExecutionFact.MapRunEnded f ->
          switch (f.status()) {
            case SUCCEEDED -> "MapRunSucceeded";
            case ABORTED -> "MapRunAborted";
            case RUNNING, FAILED, TIMED_OUT -> "MapRunFailed";
          };
      case ExecutionFact.IterationStarted f -> "MapIterationStarted";
      case ExecutionFact.IterationSucceeded f -> "MapIterationSucceeded";
      case ExecutionFact.IterationFailed f -> "MapIterationFailed";
      case ExecutionFact.IterationAborted f -> "MapIterationAborted";
      case ExecutionFact.ChildrenSucceeded f -> f.type() + "StateSucceeded";
      case ExecutionFact.ChildrenFailed f -> f.type() + "StateFailed";
      case ExecutionFact.StateAborted f -> f.type() + "StateAborted";
      case ExecutionFact.Succeeded f -> "ExecutionSucceeded";
      case ExecutionFact.Failed f -> "ExecutionFailed";
      case ExecutionFact.TimedOut f -> "ExecutionTimedOut";
      case ExecutionFact.Aborted f -> "ExecutionAborted";
    };
  }

  private static String task(String resource, String what) {
    return (Target.isFunction(resource)
            ? "LambdaFunction"
            : Target.isActivity(resource) ? "Activity" : "Task")
        + what;
  }

  private void details(ExecutionFact.Shown shown, ObjectNode event) {
    switch (shown) {
      case ExecutionFact.Started f -> {
        ObjectNode to = event.putObject("executionStartedEventDetails");
        value(to, "input", f.input());
        to.put("roleArn", f.roleArn());
      }
      case ExecutionFact.Entered f -> {
        ObjectNode to = event.putObject("stateEnteredEventDetails");
        to.put("name", f.state());
        value(to, "input", f.written() == null ? Json.write(f.input()) : f.written());
      }
      case ExecutionFact.Exited f -> {
        ObjectNode to = event.putObject("stateExitedEventDetails");
        to.put("name", f.state());
        value(to, "output", Json.write(f.output()));
        if (f.assigned() != null) {
          assigned(to, f.assigned());
        }
      }
      case ExecutionFact.TaskScheduled f -> scheduled(f, event);
      case ExecutionFact.TaskStarted f -> {
        if (!Target.isFunction(f.resource())) {
          target(event.putObject("taskStartedEventDetails"), f.resource());
        }
      }
      case ExecutionFact.TaskTaken f -> {
        ObjectNode to = event.putObject("activityStartedEventDetails");
        if (f.worker() != null) {
          to.put("workerName", f.worker());
        }
      }
      case ExecutionFact.TaskSubmitted f -> {
        ObjectNode to = event.putObject("taskSubmittedEventDetails");
        target(to, f.resource());
        value(to, "output", Json.write(f.output()));
      }
      case ExecutionFact.TaskSucceeded f ->
          value(task(event, f.resource(), "Succeeded"), "output", Json.write(f.output()));
      case ExecutionFact.TaskFailed f ->
          why(task(event, f.resource(), "Failed"), f.error(), f.cause());
      case ExecutionFact.TaskTimedOut f ->
          why(task(event, f.resource(), "TimedOut"), f.error(), null);
      case ExecutionFact.EvaluationFailed f -> {
        ObjectNode to = event.putObject("evaluationFailedEventDetails");
        to.put("state", f.state());
        why(to, f.error(), f.cause());
        if (f.location() != null) {
          to.put("location", f.location());
        }
      }
      case ExecutionFact.ParallelStarted f -> {}
      case ExecutionFact.MapStarted f ->
          event.putObject("mapStateStartedEventDetails").put("length", f.length());
      case ExecutionFact.MapRunStarted f ->
          event.putObject("mapRunStartedEventDetails").put("mapRunArn", f.mapRunArn());
      case ExecutionFact.MapRunRedriven f ->
          event
              .putObject("mapRunRedrivenEventDetails")
              .put("mapRunArn", f.mapRunArn())
              .put("redriveCount", f.count());
      case ExecutionFact.Redriven f ->
          event.putObject("executionRedrivenEventDetails").put("redriveCount", f.count());
      case ExecutionFact.MapRunEnded f -> {
        if (f.error() != null) {
          why(event.putObject("mapRunFailedEventDetails"), f.error(), f.cause());
        }
      }
      case ExecutionFact.IterationStarted f -> iteration(event, "Started", f.state(), f.index());
      case ExecutionFact.IterationSucceeded f ->
          iteration(event, "Succeeded", f.state(), f.index());
      case ExecutionFact.IterationFailed f -> iteration(event, "Failed", f.state(), f.index());
      case ExecutionFact.IterationAborted f -> iteration(event, "Aborted", f.state(), f.index());
      case ExecutionFact.ChildrenSucceeded f -> {}
      case ExecutionFact.ChildrenFailed f -> {}
      case ExecutionFact.StateAborted f -> {}
      case ExecutionFact.Succeeded f ->
          value(
              event.putObject("executionSucceededEventDetails"), "output", Json.write(f.output()));
      case ExecutionFact.Failed f ->
          why(event.putObject("executionFailedEventDetails"), f.error(), f.cause());
      case ExecutionFact.TimedOut f ->
          why(event.putObject("executionTimedOutEventDetails"), f.error(), f.cause());
      case ExecutionFact.Aborted f ->
          why(event.putObject("executionAbortedEventDetails"), f.error(), f.cause());
    }
  }

  private void scheduled(ExecutionFact.TaskScheduled f, ObjectNode event) {
    ObjectNode to;
    if (Target.isFunction(f.resource()) || Target.isActivity(f.resource())) {
      to =
          event.putObject(
              Target.isFunction(f.resource())
                  ? "lambdaFunctionScheduledEventDetails"
                  : "activityScheduledEventDetails");
      to.put("resource", f.resource());
      value(to, "input", Json.write(f.parameters()));
    } else {
      to = event.putObject("taskScheduledEventDetails");
      target(to, f.resource());
      to.put("region", f.region());
      to.put("parameters", data ? Json.write(f.parameters()) : "");
    }
    if (f.timeoutSeconds() != null) {
      to.put("timeoutInSeconds", f.timeoutSeconds());
    }
    if (f.heartbeatSeconds() != null && !Target.isFunction(f.resource())) {
      to.put("heartbeatInSeconds", f.heartbeatSeconds());
    }
    JsonNode role = f.credentials() == null ? null : f.credentials().get("RoleArn");
    if (role != null) {
      to.putObject("taskCredentials").set("roleArn", role);
    }
  }

  private static ObjectNode task(ObjectNode event, String resource, String what) {
    if (Target.isFunction(resource)) {
      return event.putObject("lambdaFunction" + what + "EventDetails");
    }
    if (Target.isActivity(resource)) {
      return event.putObject("activity" + what + "EventDetails");
    }
    ObjectNode to = event.putObject("task" + what + "EventDetails");
    target(to, resource);
    return to;
  }

  private static void target(ObjectNode to, String resource) {
    Target target = Target.of(resource);
    to.put("resourceType", target.type());
    to.put("resource", target.action());
  }

  private static void iteration(ObjectNode event, String what, String state, int index) {
    event.putObject("mapIteration" + what + "EventDetails").put("name", state).put("index", index);
  }

  private void value(ObjectNode to, String name, String text) {
    if (data) {
      to.put(name, text);
      to.putObject(name + "Details").put("truncated", false);
    } else {
      to.putObject(name + "Details").put("truncated", true);
    }
  }

  private void assigned(ObjectNode to, JsonNode variables) {
    if (data) {
      ObjectNode texts = to.putObject("assignedVariables");
      variables
          .properties()
          .forEach(variable -> texts.put(variable.getKey(), Json.write(variable.getValue())));
    }
    to.putObject("assignedVariablesDetails").put("truncated", !data);
  }

  private void why(ObjectNode to, @Nullable String error, @Nullable String cause) {
    if (data && error != null) {
      to.put("error", error);
    }
    if (data && cause != null) {
      to.put("cause", cause);
    }
  }
}
