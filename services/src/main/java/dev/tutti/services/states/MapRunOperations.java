package dev.tutti.services.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.workflow.Histories;
import dev.tutti.core.workflow.MapRun;
import dev.tutti.core.workflow.MapRunCommand;
import dev.tutti.core.workflow.MapRunStart;
import dev.tutti.core.workflow.MapRuns;
import dev.tutti.core.workflow.execution.Arns;
import dev.tutti.core.workflow.execution.Status;
import dev.tutti.services.Exchange;
import dev.tutti.wire.ServiceError;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Operations on map runs. */
final class MapRunOperations {
  private final MapRuns mapRuns;

  MapRunOperations(Workflow workflow) {
    this.mapRuns = workflow.mapRuns();
  }

  /** The ARN of a map run that a call names, which is of the caller's context. */
  static String own(Exchange exchange) {
    String arn = Inputs.arn(exchange.input(), "mapRunArn", "mapRun");
    if (!Arns.account(arn).equals(exchange.context())) {
      throw missing(arn);
    }
    return arn;
  }

  private static ServiceError missing(String arn) {
    return new ServiceError("ResourceNotFound", "Resource not found: '" + arn + "'");
  }

  JsonNode list(Exchange exchange) {
    String execution = Inputs.arn(exchange.input(), "executionArn", "execution");
    if (!Arns.account(execution).equals(exchange.context())) {
      throw new ServiceError(
          "ExecutionDoesNotExist", "Execution Does Not Exist: '" + execution + "'");
    }
    return Pages.of(
        exchange.reader(),
        exchange.input(),
        MapRuns.ROWS,
        List.of(execution),
        "mapRuns",
        row -> {
          ObjectNode item = Json.object();
          item.set("executionArn", row.get("executionArn"));
          item.set("mapRunArn", row.get("mapRunArn"));
          item.set("stateMachineArn", row.get("stateMachineArn"));
          item.put("startDate", Histories.seconds(row.path("startMillis").asLong()));
          if (row.has("stopMillis")) {
            item.put("stopDate", Histories.seconds(row.path("stopMillis").asLong()));
          }
          return item;
        });
  }

  JsonNode describe(Exchange exchange) {
    String arn = own(exchange);
    return exchange
        .reader()
        .read(new Key(MapRuns.KIND, arn), mapRuns, run -> Optional.ofNullable(shown(run)))
        .orElseThrow(() -> missing(arn));
  }

  private static @Nullable JsonNode shown(MapRun run) {
    MapRunStart start = run.start();
    if (start == null) {
      return null;
    }
    ObjectNode output = Json.object();
    output.put("mapRunArn", run.arn());
    output.put("executionArn", start.executionArn());
    output.put("status", run.status().name());
    output.put("startDate", Histories.seconds(run.startMillis()));
    if (run.stopMillis() != 0) {
      output.put("stopDate", Histories.seconds(run.stopMillis()));
    }
    output.put("maxConcurrency", run.concurrency());
    output.put("toleratedFailurePercentage", run.toleratedPercentage().max(BigDecimal.ZERO));
    output.put("toleratedFailureCount", Math.max(0, run.toleratedCount()));
    output.set("itemCounts", counts(run, MapRun.Count::items));
    output.set("executionCounts", counts(run, MapRun.Count::children));
    if (run.redrives() > 0) {
      output.put("redriveCount", run.redrives());
      output.put("redriveDate", Histories.seconds(run.redriveMillis()));
    }
    return output;
  }

  /** How many there are of what, by how they fared. */
  private static ObjectNode counts(MapRun run, ToIntFunction<MapRun.Count> of) {
    ObjectNode counts = Json.object();
    counts.put("pending", of.applyAsInt(run.pending()));
    counts.put("running", of.applyAsInt(run.underWay()));
    counts.put("succeeded", of.applyAsInt(run.ended(Status.SUCCEEDED)));
    counts.put("failed", of.applyAsInt(run.ended(Status.FAILED)));
    counts.put("timedOut", of.applyAsInt(run.ended(Status.TIMED_OUT)));
    counts.put("aborted", of.applyAsInt(run.ended(Status.ABORTED)));
    counts.put("total", of.applyAsInt(run.total()));
    counts.put("resultsWritten", of.applyAsInt(run.ended(Status.SUCCEEDED)));
    return counts;
  }

  JsonNode update(Exchange exchange) {
    JsonNode input = exchange.input();
    JsonNode percentage = input.path("toleratedFailurePercentage");
    exchange.ask(
        new Key(MapRuns.KIND, own(exchange)),
        new MapRunCommand.Update(
            whole(input.path("maxConcurrency")),
            whole(input.path("toleratedFailureCount")),
            percentage.isNumber() ? percentage.decimalValue() : null));
    return Json.object();
  }

  private static @Nullable Long whole(JsonNode value) {
    return value.isNumber() ? (Long) value.longValue() : null;
  }
}
