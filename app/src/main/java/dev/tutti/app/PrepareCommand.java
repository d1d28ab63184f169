package dev.tutti.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import picocli.CommandLine.Command;

/**
 * Lives the life of a small runtime, so that the JVM which does it can keep what it learned of
 * classes and hot methods (its AOT cache) for the starts that follow. The launcher runs it once
 * after each build.
 */
@Command(
    name = "prepare",
    hidden = true,
    description = "Run a small load and the demo in temporary data directories, and end.")
final class PrepareCommand implements Runnable {
  private static final String ACCOUNT = "111111111111";
  private static final String STATES = "AWSStepFunctions";
  private static final String MACHINE = "arn:aws:states:us-east-1:" + ACCOUNT + ":stateMachine:m";
  private static final int ROUNDS = 500;
  private static final String DEFINITION =
      """
      {"StartAt": "A", "States": {
        "A": {"Type": "Pass", "Parameters": {"n.$": "$.n"}, "Next": "B"},
        "B": {"Type": "Choice", "Default": "C",
              "Choices": [{"Variable": "$.n", "NumericGreaterThan": 3, "Next": "C"}]},
        "C": {"Type": "Task", "Resource": "arn:aws:states:::events:putEvents", "End": true,
              "Parameters": {"Entries": [{"Source": "s", "DetailType": "t", "Detail.$": "$"}]}}}}
      """;

  @Override
  public void run() {
    Path data = temporary();
    try {
      alive(data, PrepareCommand::live);
      alive(data, PrepareCommand::list); // with what was there before, as most starts
      var _ = Main.commandLine("up").parseArgs("up", "--data", data.toString());
    } finally {
      DemoData.delete(data);
    }
    // Where this machine lacks what its functions need, starts are quick nevertheless.
    var _ =
        Main.commandLine("demo").execute("demo", "--port", "0", "--data", temporary().toString());
  }

  private static void alive(Path data, Consumer<AwsClient> load) {
    try (Assembly runtime = Assembly.open(RuntimeSettings.of(data, 0));
        AwsClient client = new AwsClient(runtime.port())) {
      load.accept(client);
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("tutti-prepare");
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary data directory can be made", e);
    }
  }

  private static void live(AwsClient client) {
    ObjectNode machine = Json.object().put("name", "m").put("definition", DEFINITION);
    machine.put("roleArn", "arn:aws:iam::" + ACCOUNT + ":role/r");
    client.call(ACCOUNT, STATES, "CreateStateMachine", machine);
    ObjectNode rule = Json.object().put("Name", "r").put("EventPattern", "{\"source\":[\"s\"]}");
    client.call(ACCOUNT, "AWSEvents", "PutRule", rule);
    ObjectNode targets = Json.object().put("Rule", "r");
    targets.putArray("Targets").addObject().put("Id", "1").put("Arn", MACHINE);
    // Each event that comes of an execution starts one that fails at once for want of its input.
    client.call(ACCOUNT, "AWSEvents", "PutTargets", targets);
    for (int i = 0; i < ROUNDS; i++) {
      ObjectNode start = Json.object().put("stateMachineArn", MACHINE);
      JsonNode started =
          client.call(ACCOUNT, STATES, "StartExecution", start.put("input", "{\"n\":" + i + "}"));
      ObjectNode which = Json.object().put("executionArn", started.path("executionArn").asText());
      client.call(ACCOUNT, STATES, "DescribeExecution", which);
      client.call(ACCOUNT, STATES, "GetExecutionHistory", which);
    }
  }

  private static void list(AwsClient client) {
    ObjectNode which = Json.object().put("stateMachineArn", MACHINE);
    client.call(ACCOUNT, STATES, "ListExecutions", which);
  }
}
