package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.workflow.execution.Arns;
import dev.tutti.core.workflow.execution.Status;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The rows by which executions are listed: the newest first. */
public final class ExecutionRows {
  /** By ARN of the state machine, the version or the alias, then age, name. */
  public static final String ALL = "executions";

  /** The same by status. */
  public static final String BY_STATUS = "executionsByStatus";

  /** As {@link #ALL}, those that were redriven. */
  public static final String REDRIVEN = "executionsRedriven";

  private ExecutionRows() {}

  static void index(Execution state, Recorded<ExecutionFact> recorded, Decider.Rows rows) {
    switch (recorded.fact()) {
      case ExecutionFact.Started f -> {
        if (state.running()) {
          put(state, f, rows);
        } // else it ended in the same turn
      }
      case ExecutionFact.Redriven f -> {
        changed(state, f.from(), rows);
        for (String arn : arns(state.begun())) {
          rows.put(REDRIVEN, List.of(arn, age(state), Arns.executionName(state.arn())), row(state));
        }
      }
      case ExecutionFact.Succeeded f -> ended(state, rows);
      case ExecutionFact.Failed f -> ended(state, rows);
      case ExecutionFact.TimedOut f -> ended(state, rows);
      case ExecutionFact.Aborted f -> ended(state, rows);
      case ExecutionFact other -> {}
    }
  }

  private static void ended(Execution state, Decider.Rows rows) {
    changed(state, Status.RUNNING, rows);
    if (state.redrives() > 0) {
      for (String arn : arns(state.begun())) {
        rows.put(REDRIVEN, List.of(arn, age(state), Arns.executionName(state.arn())), row(state));
      }
    }
  }

  private static void changed(Execution state, Status from, Decider.Rows rows) {
    ExecutionFact.Started started = state.begun();
    if (from != state.status()) {
      for (String arn : arns(started)) {
        rows.delete(BY_STATUS, List.of(arn, from.name(), age(state), Arns.name(state.arn())));
      }
    }
    put(state, started, rows);
  }

  private static void put(Execution state, ExecutionFact.Started started, Decider.Rows rows) {
    String name = Arns.executionName(state.arn());
    ObjectNode row = row(state);
    for (String arn : arns(started)) {
      rows.put(ALL, List.of(arn, age(state), name), row);
      rows.put(BY_STATUS, List.of(arn, state.status().name(), age(state), name), row);
    }
  }

  private static ObjectNode row(Execution state) {
    ExecutionFact.Started started = state.begun();
    String name = Arns.executionName(state.arn());
    ObjectNode row = Json.object();
    row.put("executionArn", state.arn());
    row.put("stateMachineArn", Arns.machineOf(state.arn()));
    row.put("name", name);
    row.put("status", state.status().name());
    row.put("startMillis", state.startMillis());
    if (state.stopMillis() != 0) {
      row.put("stopMillis", state.stopMillis());
    }
    if (started.mapRun() != null) {
      row.put("mapRunArn", started.mapRun().mapRunArn());
    }
    if (started.versionArn() != null) {
      row.put("stateMachineVersionArn", started.versionArn());
    }
    if (started.aliasArn() != null) {
      row.put("stateMachineAliasArn", started.aliasArn());
    }
    if (state.redrives() > 0) {
      row.put("redriveCount", state.redrives());
      row.put("redriveMillis", state.redriveMillis());
    }
    return row;
  }

  /** The ARNs under which it is listed. */
  private static List<String> arns(ExecutionFact.Started started) {
    if (started.mapRun() != null) {
      return List.of(started.mapRun().mapRunArn());
    }
    return Stream.of(started.machineArn(), started.versionArn(), started.aliasArn())
        .filter(Objects::nonNull)
        .toList();
  }

  private static String age(Execution state) {
    return Ids.newestFirst(state.startMillis());
  }
}
