package dev.tutti.services.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.workflow.Execution;
import dev.tutti.core.workflow.ExecutionCommand;
import dev.tutti.core.workflow.ExecutionFact;
import dev.tutti.core.workflow.ExecutionRows;
import dev.tutti.core.workflow.Executions;
import dev.tutti.core.workflow.Histories;
import dev.tutti.core.workflow.MachineCatalogue;
import dev.tutti.core.workflow.MapRunChild;
import dev.tutti.core.workflow.Redriving;
import dev.tutti.core.workflow.execution.Arns;
import dev.tutti.core.workflow.execution.Status;
import dev.tutti.services.Exchange;
import dev.tutti.wire.ServiceError;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Operations on executions. */
final class ExecutionOperations {
  private final MachineOperations machines;
  private final ExpressOperations express;
  private final Executions executions;
  private final LongSupplier clock;
  private final MachineCatalogue catalogue;

  ExecutionOperations(MachineOperations machines, ExpressOperations express, Workflow workflow) {
    this.machines = machines;
    this.express = express;
    this.executions = workflow.executions();
    this.clock = workflow.clock();
    this.catalogue = workflow.machineCatalogue();
  }

  JsonNode start(Exchange exchange) {
    JsonNode input = exchange.input();
    String machineArn = Inputs.arn(input, "stateMachineArn", "stateMachine");
    String name = Inputs.executionName(exchange);
    Origin origin = Origin.of(exchange, machines, machineArn);
    String text = Inputs.executionInput(input);
    if (origin.express()) {
      return express.start(exchange, origin, name, text);
    }
    String arn = Arns.execution(origin.machine().arn(), name);
    JsonNode started =
        exchange.ask(
            new Key(Executions.KIND, arn),
            new ExecutionCommand.Start(
                origin.machine().arn(),
                origin.revision(),
                origin.roleArn(),
                text,
                Inputs.text(input, "traceHeader"),
                origin.versionArn(),
                origin.aliasArn(),
                origin.logging(),
                null));
    ObjectNode output = Json.object();
    output.put("executionArn", arn);
    output.put("startDate", Histories.seconds(started.path("startMillis").asLong()));
    return output;
  }

  JsonNode stop(Exchange exchange) {
    Key key = key(exchange);
    JsonNode stopped =
        exchange.ask(
            key,
            new ExecutionCommand.Stop(
                Inputs.text(exchange.input(), "error"), Inputs.text(exchange.input(), "cause")));
    return Json.object().put("stopDate", Histories.seconds(stopped.path("stopMillis").asLong()));
  }

  JsonNode redrive(Exchange exchange) {
    Key key = key(exchange);
    JsonNode redriven =
        exchange.ask(
            key, new ExecutionCommand.Redrive(Inputs.text(exchange.input(), "clientToken")));
    return Json.object()
        .put("redriveDate", Histories.seconds(redriven.path("redriveMillis").asLong()));
  }

  /** What DescribeExecution shows: immutable, as reads must be. */
  private record View(
      ExecutionFact.Started started,
      Status status,
      long startMillis,
      long stopMillis,
      @Nullable JsonNode output,
      @Nullable String error,
      @Nullable String cause,
      long lastSeq,
      long lastEvent,
      int redrives,
      long redriveMillis) {
    static @Nullable View of(Execution e) {
      ExecutionFact.Started started = e.started();
      return started == null
          ? null
          : new View(
              started,
              e.status(),
              e.startMillis(),
              e.stopMillis(),
              e.output(),
              e.error(),
              e.cause(),
              e.lastSeq(),
              e.lastEvent(),
              e.redrives(),
              e.redriveMillis());
    }
  }

  JsonNode describe(Exchange exchange) {
    Key key = key(exchange);
    View view = view(exchange, key);
    boolean data = !exchange.input().path("includedData").asText("").equals("METADATA_ONLY");
    ObjectNode output = Json.object();
    output.put("executionArn", key.id());
    output.put("stateMachineArn", Arns.machineOf(key.id()));
    MapRunChild child = view.started().mapRun();
    put(output, "mapRunArn", child == null ? null : child.mapRunArn());
    put(output, "stateMachineVersionArn", view.started().versionArn());
    put(output, "stateMachineAliasArn", view.started().aliasArn());
    output.put("name", Arns.executionName(key.id()));
    output.put("status", view.status().name());
    output.put("startDate", Histories.seconds(view.startMillis()));
    if (view.stopMillis() != 0) {
      output.put("stopDate", Histories.seconds(view.stopMillis()));
    }
    if (data) {
      output.put("input", view.started().input());
    }
    output.putObject("inputDetails").put("included", data);
    if (view.output() != null) {
      if (data) {
        output.put("output", Json.write(view.output()));
      }
      output.putObject("outputDetails").put("included", data);
    }
    put(output, "traceHeader", view.started().traceHeader());
    put(output, "error", view.error());
    put(output, "cause", view.cause());
    redrives(view, output);
    return output;
  }

  private void redrives(View view, ObjectNode output) {
    output.put("redriveCount", view.redrives());
    if (view.redrives() > 0) {
      output.put("redriveDate", Histories.seconds(view.redriveMillis()));
    }
    String obstacle =
        Redriving.obstacle(
            view.status(),
            view.lastEvent(),
            view.startMillis(),
            view.stopMillis(),
            clock.getAsLong());
    boolean child = view.started().mapRun() != null;
    output.put(
        "redriveStatus",
        obstacle != null ? "NOT_REDRIVABLE" : child ? "REDRIVABLE_BY_MAP_RUN" : "REDRIVABLE");
    put(output, "redriveStatusReason", obstacle);
  }

  JsonNode describeMachine(Exchange exchange) {
    Key key = key(exchange);
    ExecutionFact.Started started = view(exchange, key).started();
    MachineCatalogue.Text text = catalogue.text(started.machineArn(), started.revision());
    ObjectNode output = Json.object();
    String arn = Arns.machineOf(key.id());
    output.put("stateMachineArn", arn);
    output.put("name", Arns.name(started.machineArn()));
    MachineOperations.definition(exchange, text.definition(), output);
    output.put("roleArn", text.roleArn());
    output.put("updateDate", Histories.seconds(text.millis()));
    MapRunChild child = started.mapRun();
    if (child != null) {
      output.put("mapRunArn", child.mapRunArn());
      output.put("label", arn.substring(arn.indexOf('/') + 1));
    }
    MachineOperations.configuration(machines.machine(exchange, started.machineArn()), output);
    if (!text.first()) {
      output.put("revisionId", MachineCatalogue.whole(started.revision()));
    }
    return output;
  }

  JsonNode list(Exchange exchange) {
    JsonNode input = exchange.input();
    if (input.hasNonNull("mapRunArn")) {
      if (input.hasNonNull("stateMachineArn")) {
        throw new ServiceError(
            "ValidationException",
            "Either a mapRunArn or a stateMachineArn can be specified, but not both");
      }
      return page(exchange, MapRunOperations.own(exchange));
    }
    String arn = Inputs.arn(input, "stateMachineArn", "stateMachine");
    if (!machines.machine(exchange, Arns.unqualified(arn)).exists()
        && !MachineOperations.runs(exchange, arn)) {
      throw MachineOperations.missing(arn);
    }
    if (machines.machine(exchange, Arns.unqualified(arn)).type().equals("EXPRESS")) {
      throw ExpressOperations.unsupported();
    }
    return page(exchange, arn);
  }

  /** A page of what is listed under an ARN. */
  private static JsonNode page(Exchange exchange, String arn) {
    JsonNode input = exchange.input();
    String status = Inputs.text(input, "statusFilter");
    String redrives = Inputs.text(input, "redriveFilter");
    boolean redriven = "REDRIVEN".equals(redrives);
    return Pages.of(
        exchange.reader(),
        input,
        redriven
            ? ExecutionRows.REDRIVEN
            : status == null ? ExecutionRows.ALL : ExecutionRows.BY_STATUS,
        redriven || status == null ? List.of(arn) : List.of(arn, status),
        row ->
            redrives == null
                || (redriven
                    ? status == null || row.path("status").asText().equals(status)
                    : !row.has("redriveCount")),
        "executions",
        ExecutionOperations::item);
  }

  private static JsonNode item(JsonNode row) {
    ObjectNode item = Json.object();
    item.set("executionArn", row.get("executionArn"));
    item.set("stateMachineArn", row.get("stateMachineArn"));
    item.set("name", row.get("name"));
    item.set("status", row.get("status"));
    item.put("startDate", Histories.seconds(row.path("startMillis").asLong()));
    if (row.has("stopMillis")) {
      item.put("stopDate", Histories.seconds(row.path("stopMillis").asLong()));
    }
    for (String member : List.of("stateMachineVersionArn", "stateMachineAliasArn", "mapRunArn")) {
      if (row.has(member)) {
        item.set(member, row.get(member));
      }
    }
    item.put("redriveCount", row.path("redriveCount").asInt());
    if (row.has("redriveMillis")) {
      item.put("redriveDate", Histories.seconds(row.path("redriveMillis").asLong()));
    }
    return item;
  }

  JsonNode history(Exchange exchange) {
    JsonNode input = exchange.input();
    Key key = key(exchange);
    long last = view(exchange, key).lastSeq();
    boolean reverse = input.path("reverseOrder").asBoolean(false);
    var histories = new Histories(input.path("includeExecutionData").asBoolean(true));
    int size = Pages.size(input);
    long at = position(input, reverse ? last : 1);
    ObjectNode output = Json.object();
    ArrayNode events = output.putArray("events");
    while (at >= 1 && at <= last) {
      long from = reverse ? Math.max(1, at - size + 1) : at;
      long count = reverse ? at - from + 1 : size;
      List<Recorded<ExecutionFact>> facts =
          exchange.reader().facts(key, executions, from, (int) count);
      if (facts.isEmpty()) {
        break;
      }
      for (Recorded<ExecutionFact> fact : reverse ? facts.reversed() : facts) {
        ObjectNode event = histories.render(fact);
        if (event != null && events.size() == size) {
          output.put("nextToken", Pages.token(List.of(Long.toString(fact.seq()))));
          return output;
        }
        if (event != null) {
          events.add(event);
        }
      }
      at = reverse ? from - 1 : facts.getLast().seq() + 1;
    }
    return output;
  }

  private static long position(JsonNode input, long start) {
    List<String> after = Pages.after(input);
    if (after == null) {
      return start;
    }
    try {
      return Long.parseLong(after.getFirst());
    } catch (NumberFormatException e) {
      throw Pages.invalid();
    }
  }

  private View view(Exchange exchange, Key key) {
    return exchange
        .reader()
        .read(key, executions, execution -> Optional.ofNullable(View.of(execution)))
        .orElseThrow(() -> missing(key.id()));
  }

  private static Key key(Exchange exchange) {
    String arn = Inputs.arn(exchange.input(), "executionArn", "execution");
    if (!Arns.account(arn).equals(exchange.context())) {
      throw missing(arn);
    }
    return new Key(Executions.KIND, arn);
  }

  private static ServiceError missing(String arn) {
    return new ServiceError("ExecutionDoesNotExist", "Execution Does Not Exist: '" + arn + "'");
  }

  private static void put(ObjectNode output, String member, @Nullable String value) {
    if (value != null) {
      output.put(member, value);
    }
  }
}
