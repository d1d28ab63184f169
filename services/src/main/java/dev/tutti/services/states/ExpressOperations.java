package dev.tutti.services.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Codec;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.workflow.Execution;
import dev.tutti.core.workflow.Histories;
import dev.tutti.core.workflow.execution.Arns;
import dev.tutti.core.workflow.execution.Ended;
import dev.tutti.core.workflow.execution.LogEntry;
import dev.tutti.core.workflow.execution.Status;
import dev.tutti.core.workflow.express.Express;
import dev.tutti.core.workflow.express.ExpressCommand;
import dev.tutti.core.workflow.express.ExpressEnd;
import dev.tutti.core.workflow.express.ExpressStart;
import dev.tutti.core.workflow.express.Expresses;
import dev.tutti.services.Exchange;
import dev.tutti.wire.ServiceError;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Executions of express state machines: asynchronous ones, durable before they are acknowledged and
 * run at least once; and synchronous ones, which run while their caller waits, at most once.
 */
final class ExpressOperations {
  /** Executions that callers wait for at a time. */
  private static final int MAX_WAITING = 10_000;

  private static final long BILLING_MILLIS = 100;
  private static final int BILLED_MEGABYTES = 64;

  private static final Codec<Ended> ENDS = new Codec<>(Ended.class);

  private final MachineOperations machines;
  private final Workflow workflow;
  private final Semaphore places = new Semaphore(MAX_WAITING);

  ExpressOperations(MachineOperations machines, Workflow workflow) {
    this.machines = machines;
    this.workflow = workflow;
  }

  /** StartExecution of an express state machine. */
  JsonNode start(Exchange exchange, Origin origin, String name, String input) {
    String arn = arn(exchange, origin, name);
    JsonNode started =
        exchange.ask(
            new Key(Expresses.KIND, arn),
            new ExpressCommand.Start(starting(exchange, origin, input)));
    ObjectNode output = Json.object();
    output.put("executionArn", arn);
    output.put("startDate", Histories.seconds(started.path("startMillis").asLong()));
    return output;
  }

  private static String arn(Exchange exchange, Origin origin, String name) {
    return Arns.express(origin.machine().arn(), name, exchange.id("express"));
  }

  private static ExpressStart starting(Exchange exchange, Origin origin, String input) {
    return new ExpressStart(
        origin.machine().arn(),
        origin.revision(),
        origin.roleArn(),
        input,
        Inputs.text(exchange.input(), "traceHeader"),
        origin.versionArn(),
        origin.aliasArn(),
        origin.logging());
  }

  /** StartSyncExecution. */
  JsonNode startSync(Exchange exchange) {
    JsonNode given = exchange.input();
    Origin origin =
        Origin.of(exchange, machines, Inputs.arn(given, "stateMachineArn", "stateMachine"));
    if (!origin.express()) {
      throw unsupported();
    }
    String name = Inputs.executionName(exchange);
    String input = Inputs.executionInput(given);
    if (!places.tryAcquire()) {
      throw new ServiceError("ThrottlingException", "Rate exceeded");
    }
    try {
      String arn = arn(exchange, origin, name);
      Key key = new Key(Expresses.KIND, arn);
      ExpressStart start = starting(exchange, origin, input);
      ExpressRun run = new ExpressRun(exchange, workflow, key, exchange.cause().then(key, 1), true);
      Execution ended = run.toItsEnd(start);
      ExpressEnd end = end(ended, run.logged());
      note(exchange, key, start, end);
      return answer(exchange, origin, arn, name, input, ended);
    } finally {
      places.release();
    }
  }

  /** Records what ran; where it is logged the caller waits for that, else it may be left out. */
  private static void note(Exchange exchange, Key key, ExpressStart start, ExpressEnd end) {
    ExpressStart kept =
        new ExpressStart(
            start.machineArn(),
            start.revision(),
            start.roleArn(),
            "",
            start.traceHeader(),
            start.versionArn(),
            start.aliasArn(),
            start.logging());
    var note = new ExpressCommand.Note(kept, end);
    if (end.logged().isEmpty()) {
      exchange.leave(key, note);
    } else {
      exchange.ask(key, note);
    }
  }

  private static ExpressEnd end(Execution ended, List<LogEntry> logged) {
    return new ExpressEnd(
        ended.status(),
        ended.startMillis(),
        ended.stopMillis(),
        ended.error(),
        ended.cause(),
        logged);
  }

  private static JsonNode answer(
      Exchange exchange, Origin origin, String arn, String name, String input, Execution ended) {
    boolean data = !exchange.input().path("includedData").asText("").equals("METADATA_ONLY");
    ObjectNode output = Json.object();
    output.put("executionArn", arn);
    output.put("stateMachineArn", origin.machine().arn());
    output.put("name", name);
    output.put("startDate", Histories.seconds(ended.startMillis()));
    output.put("stopDate", Histories.seconds(ended.stopMillis()));
    output.put("status", ended.status().name());
    put(output, "error", ended.error());
    put(output, "cause", ended.cause());
    if (data) {
      output.put("input", input);
    }
    output.putObject("inputDetails").put("included", data);
    if (data && ended.status() == Status.SUCCEEDED && ended.output() != null) {
      output.put("output", Json.write(ended.output()));
    }
    output.putObject("outputDetails").put("included", data);
    put(output, "traceHeader", Inputs.text(exchange.input(), "traceHeader"));
    long took = ended.stopMillis() - ended.startMillis();
    output
        .putObject("billingDetails")
        .put("billedMemoryUsedInMB", BILLED_MEGABYTES)
        .put(
            "billedDurationInMilliseconds",
            Math.max(1, Math.ceilDiv(took, BILLING_MILLIS)) * BILLING_MILLIS);
    return output;
  }

  private static void put(ObjectNode output, String member, @Nullable String value) {
    if (value != null) {
      output.put(member, value);
    }
  }

  /** Runs one that was started; asked for by its own fact. */
  JsonNode run(Exchange exchange) {
    Key key = new Key(Expresses.KIND, Inputs.required(exchange.input(), "executionArn"));
    Express express = exchange.reader().read(key, workflow.expresses(), state -> state);
    ExpressStart start = express.start();
    if (start == null || !express.running() || !Arns.account(key.id()).equals(exchange.context())) {
      throw new ServiceError(
          "ExecutionDoesNotExist", "Execution Does Not Exist: '" + key.id() + "'");
    }
    Cause cause = exchange.cause();
    ExpressRun run = new ExpressRun(exchange, workflow, key, cause, false);
    Execution ended = run.toItsEnd(start);
    return Expresses.written(end(ended, run.logged()));
  }

  /** Runs a map run's child to its end; asked for by the run's own fact. */
  JsonNode runChild(Exchange exchange) {
    JsonNode input = exchange.input();
    Key key = new Key(Expresses.KIND, Inputs.required(input, "executionArn"));
    ExpressStart start =
        new ExpressStart(
            input.path("machineArn").asText(),
            input.path("revision").asText(),
            input.path("roleArn").asText(),
            input.path("input").asText(),
            null,
            null,
            null,
            null);
    ExpressRun run = new ExpressRun(exchange, workflow, key, exchange.cause(), false);
    Execution ended = run.toItsEnd(start);
    return ENDS.encode(
        new Ended(
            key.id(),
            start.machineArn(),
            ended.status(),
            ended.startMillis(),
            ended.stopMillis(),
            start.input(),
            ended.output(),
            ended.error(),
            ended.cause()));
  }

  static ServiceError unsupported() {
    return new ServiceError(
        "StateMachineTypeNotSupported",
        "This operation is not supported by this type of state machine");
  }
}
