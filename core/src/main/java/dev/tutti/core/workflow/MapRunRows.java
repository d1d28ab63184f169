package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.workflow.execution.Arns;
import java.util.List;

/** The rows by which map runs are listed, and from which their results are written. */
public final class MapRunRows {
  /**
   * How the children of a run fared whose results are exported, by ARN of the run and place: those
   * that have ended, {@code {"Status": …}} and all else that there is to say; and those that never
   * began, with status {@code PENDING}.
   */
  public static final String RESULTS = "mapRunResults";

  private MapRunRows() {}

  static void index(
      MapRun state, MapRunStart start, Recorded<MapRunFact> recorded, Decider.Rows rows) {
    switch (recorded.fact()) {
      case MapRunFact.Started f -> list(state, start, rows);
      case MapRunFact.Redriven f -> list(state, start, rows);
      case MapRunFact.Ended f -> list(state, start, rows);
      case MapRunFact.ChildEnded f -> {
        if (f.details() != null) {
          rows.put(RESULTS, key(state, f.index()), f.details());
        }
      }
      case MapRunFact.ChildStopped f -> {
        if (start.exports()) {
          ObjectNode row = Json.object();
          row.put("ExecutionArn", f.executionArn());
          row.put("Name", Arns.executionName(f.executionArn()));
          row.put("Status", "ABORTED");
          rows.put(RESULTS, key(state, f.index()), row);
        }
      }
      case MapRunFact.WritingBegan f ->
          state
              .waiting()
              .forEach((index, item) ->
                  rows.put(
                      RESULTS,
                      key(state, index),
                      Json.object()
                          .put("Input", Json.write(item.input()))
                          .put("Status", "PENDING")));
      case MapRunFact other -> {}
    }
  }

  private static List<String> key(MapRun state, int index) {
    return List.of(state.arn(), Ids.sortable(index));
  }

  private static void list(MapRun state, MapRunStart start, Decider.Rows rows) {
    ObjectNode row = Json.object();
    row.put("executionArn", start.executionArn());
    row.put("mapRunArn", state.arn());
    row.put("stateMachineArn", Arns.machineOf(state.arn()));
    row.put("startMillis", state.startMillis());
    if (state.stopMillis() != 0) {
      row.put("stopMillis", state.stopMillis());
    }
    rows.put(
        MapRuns.ROWS,
        List.of(start.executionArn(), Ids.newestFirst(state.startMillis()), state.arn()),
        row);
  }
}
