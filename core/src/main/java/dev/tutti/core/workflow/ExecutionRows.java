package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Recorded;
import java.util.List;

/** The rows by which executions are listed: the newest first. */
public final class ExecutionRows {
  /** By state machine ARN, age, name. */
  public static final String ALL = "executions";

  /** By state machine ARN, status, age, name. */
  public static final String BY_STATUS = "executionsByStatus";

  private ExecutionRows() {}

  static void index(Execution state, Recorded<ExecutionFact> recorded, Decider.Rows rows) {
    switch (recorded.fact()) {
      case ExecutionFact.Started f -> put(state, f, rows);
      case ExecutionFact.Succeeded f -> ended(state, rows);
      case ExecutionFact.Failed f -> ended(state, rows);
      case ExecutionFact.TimedOut f -> ended(state, rows);
      case ExecutionFact.Aborted f -> ended(state, rows);
      case ExecutionFact other -> {}
    }
  }

  private static void ended(Execution state, Decider.Rows rows) {
    ExecutionFact.Started started = state.begun();
    rows.delete(
        BY_STATUS,
        List.of(started.machineArn(), Status.RUNNING.name(), age(state), Arns.name(state.arn())));
    put(state, started, rows);
  }

  private static void put(Execution state, ExecutionFact.Started started, Decider.Rows rows) {
    String name = Arns.name(state.arn());
    ObjectNode row = Json.object();
    row.put("executionArn", state.arn());
    row.put("stateMachineArn", started.machineArn());
    row.put("name", name);
    row.put("status", state.status().name());
    row.put("startMillis", state.startMillis());
    if (state.stopMillis() != 0) {
      row.put("stopMillis", state.stopMillis());
    }
    rows.put(ALL, List.of(started.machineArn(), age(state), name), row);
    rows.put(
        BY_STATUS, List.of(started.machineArn(), state.status().name(), age(state), name), row);
  }

  private static String age(Execution state) {
    return "%019d".formatted(Long.MAX_VALUE - state.startMillis());
  }
}
