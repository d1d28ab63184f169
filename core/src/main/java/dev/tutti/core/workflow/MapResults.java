package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.asl.ResultWriter;
import dev.tutti.core.json.Json;
import dev.tutti.core.workflow.execution.Arns;
import dev.tutti.core.workflow.execution.Ended;
import dev.tutti.core.workflow.execution.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a child's end means for the results of its map run (developer guide, "ResultWriter"). */
final class MapResults {
  private MapResults() {}

  /** The fact of its end. */
  static MapRunFact of(MapRunStart start, int index, Ended ended) {
    MapWriting writing = start.writing();
    boolean bare = writing == null || writing.transformation() != ResultWriter.Transformation.NONE;
    boolean well = ended.status() == Status.SUCCEEDED;
    @Nullable JsonNode output = null;
    if (well && !start.exports()) {
      output = bare ? ended.output() : details(ended, start);
    }
    return new MapRunFact.ChildEnded(
        index, ended.status(), output, start.exports() ? details(ended, start) : null);
  }

  /** All that there is to say of a child. */
  private static ObjectNode details(Ended ended, MapRunStart start) {
    ObjectNode details = Json.object();
    String arn = ended.executionArn();
    details.put("ExecutionArn", arn);
    details.put("Input", ended.input());
    details.putObject("InputDetails").put("Included", true);
    details.put("Name", Arns.executionName(arn));
    if (ended.output() != null) {
      details.put("Output", Json.write(ended.output()));
      details.putObject("OutputDetails").put("Included", true);
    }
    if (ended.error() != null) {
      details.put("Error", ended.error());
    }
    if (ended.cause() != null) {
      details.put("Cause", ended.cause());
    }
    details.put("RedriveCount", 0);
    boolean well = ended.status() == Status.SUCCEEDED;
    details.put("RedriveStatus", well ? "NOT_REDRIVABLE" : "REDRIVABLE_BY_MAP_RUN");
    if (well) {
      details.put("RedriveStatusReason", "Execution is SUCCEEDED and cannot be redriven");
    }
    details.put("StartDate", Instant.ofEpochMilli(ended.startMillis()).toString());
    details.put("StateMachineArn", start.ofExpress() ? start.machineArn() : Arns.machineOf(arn));
    details.put("Status", ended.status().name());
    details.put("StopDate", Instant.ofEpochMilli(ended.stopMillis()).toString());
    return details;
  }
}
