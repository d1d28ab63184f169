package dev.tutti.core.workflow;

import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.workflow.execution.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Redrives (developer guide, "Restarting state machine executions with redrive"): an execution that
 * didn't succeed goes on where it didn't, with what it has, under its own definition.
 */
public final class Redriving {
  /** More than one redrive can add at once, so that what is asked for can be recorded. */
  private static final long LAST_EVENT = Executions.MAX_EVENTS - 10L;

  private static final long PERIOD_MILLIS = Duration.ofDays(14).toMillis();
  private static final long LONGEST_MILLIS = Duration.ofDays(365).toMillis();

  private Redriving() {}

  /**
   * Why an execution can't be redriven, in AWS's words; null where it can.
   *
   * @param events in its history
   */
  public static @Nullable String obstacle(
      Status status, long events, long startMillis, long stopMillis, long nowMillis) {
    if (status == Status.RUNNING || status == Status.SUCCEEDED) {
      return "Execution is " + status.name() + " and cannot be redriven";
    }
    if (events >= LAST_EVENT) {
      return "Execution history event limit exceeded";
    }
    if (nowMillis - startMillis > LONGEST_MILLIS) {
      return "Execution has exceeded the max execution time";
    }
    return nowMillis - stopMillis > PERIOD_MILLIS ? "Execution redrivable period exceeded" : null;
  }

  private static @Nullable String obstacle(Execution state, Moment moment) {
    return obstacle(
        state.status(),
        state.lastEvent(),
        state.startMillis(),
        state.stopMillis(),
        moment.millis());
  }

  /**
   * RedriveExecution.
   *
   * @param told whether somebody listens to changes of status
   */
  static Decision<ExecutionCommand, ExecutionFact> asked(
      Execution state, ExecutionCommand.Redrive c, Moment moment, boolean told) {
    if (state.started() == null) {
      return Decision.refuse(
          "ExecutionDoesNotExist", "Execution Does Not Exist: '" + state.arn() + "'");
    }
    if (c.token() != null && Objects.equals(c.token(), state.redriveToken())) {
      return Decision.<ExecutionCommand, ExecutionFact>none()
          .replying(Json.object().put("redriveMillis", state.redriveMillis()));
    }
    String obstacle =
        state.begun().mapRun() == null
            ? obstacle(state, moment)
            : "Execution is a child workflow execution and can only be redriven by its Map Run";
    if (obstacle != null) {
      return Decision.refuse("ExecutionNotRedrivable", obstacle);
    }
    return redriven(state, c.token(), told)
        .replying(Json.object().put("redriveMillis", moment.millis()));
  }

  /** The redrive of a map run's child. */
  static Decision<ExecutionCommand, ExecutionFact> ofChild(Execution state, Moment moment) {
    if (state.started() == null || state.running()) {
      return Decision.none();
    }
    MapRunChild child = state.begun().mapRun();
    if (child == null) {
      return Decision.none();
    }
    return obstacle(state, moment) == null
        ? redriven(state, null, false)
        : Decision.of(new ExecutionFact.MapRunTold(child, state.ended()));
  }

  private static Decision<ExecutionCommand, ExecutionFact> redriven(
      Execution state, @Nullable String token, boolean told) {
    long id = state.lastEvent() + 1;
    var facts = new ArrayList<ExecutionFact>();
    facts.add(
        new ExecutionFact.Redriven(
            id, state.lastEvent(), state.redrives() + 1, state.status(), token));
    if (told) {
      facts.add(new ExecutionFact.StatusTold(Status.RUNNING, id));
    }
    return Decision.<ExecutionCommand, ExecutionFact>of(facts).then(new ExecutionCommand.Walk(0));
  }
}
