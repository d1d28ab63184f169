package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Request;
import dev.tutti.core.workflow.execution.Arns;
import dev.tutti.core.workflow.execution.Status;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * "Step Functions Execution Status Change" events (EventBridge user guide, "AWS service events"):
 * owed by the fact that tells of the change, put on the default bus of the execution's context
 * under an id that is derived from it, so that there is one of each.
 */
final class StatusEvents {
  /** Longest input or output that an event shows, in characters. */
  private static final int MAX_TEXT = 120 * 1024;

  private StatusEvents() {}

  static Effect put(Execution execution, ExecutionFact.StatusTold fact, long millis) {
    String arn = execution.arn();
    ObjectNode event = Json.object();
    event.put("version", "0");
    event.put("id", Ids.uuid(arn + "#status#" + fact.event()));
    event.put("detail-type", "Step Functions Execution Status Change");
    event.put("source", "aws.states");
    event.put("account", Arns.account(arn));
    event.put("time", Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString());
    event.put("region", Arns.region(arn));
    event.putArray("resources").add(arn);
    event.set("detail", detail(execution, fact.status()));
    ObjectNode input = Json.object();
    input.put(
        "EventBusArn",
        "arn:aws:events:%s:%s:event-bus/default".formatted(Arns.region(arn), Arns.account(arn)));
    input.set("Event", event);
    input.putArray("Hops");
    return new Effect.Call(
        "status/" + fact.event(),
        "events",
        new Request.Operation(
            Arns.account(arn), Arns.region(arn), "events", "ForwardEvent", input));
  }

  private static JsonNode detail(Execution execution, Status status) {
    ExecutionFact.Started started = execution.begun();
    boolean over = status != Status.RUNNING;
    ObjectNode detail = Json.object();
    detail.put("executionArn", execution.arn());
    detail.put("stateMachineArn", started.machineArn());
    detail.put("name", Arns.executionName(execution.arn()));
    detail.put("status", status.name());
    detail.put("startDate", execution.startMillis());
    detail.put("stopDate", over ? (Long) execution.stopMillis() : null);
    boolean shown = started.input().length() <= MAX_TEXT;
    detail.put("input", shown ? started.input() : null);
    JsonNode result = over ? execution.output() : null;
    String output = result == null ? null : Json.write(result);
    boolean outputShown = output != null && output.length() <= MAX_TEXT;
    detail.put("output", outputShown ? output : null);
    detail.put("stateMachineVersionArn", started.versionArn());
    detail.put("stateMachineAliasArn", started.aliasArn());
    detail.put("redriveCount", execution.redrives());
    detail.put("redriveDate", execution.redrives() > 0 ? (Long) execution.redriveMillis() : null);
    boolean redrivable = over && status != Status.SUCCEEDED;
    detail.put("redriveStatus", redrivable ? "REDRIVABLE" : "NOT_REDRIVABLE");
    detail.put(
        "redriveStatusReason",
        redrivable ? null : "Execution is " + status + " and cannot be redriven");
    detail.putObject("inputDetails").put("included", shown);
    if (output == null) {
      detail.putNull("outputDetails");
    } else {
      detail.putObject("outputDetails").put("included", outputShown);
    }
    detail.put("error", over ? execution.error() : null);
    detail.put("cause", over ? execution.cause() : null);
    return detail;
  }
}
