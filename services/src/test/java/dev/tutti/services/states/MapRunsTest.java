package dev.tutti.services.states;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import org.junit.jupiter.api.Test;

final class MapRunsTest {
  private static final String MAP =
      """
      {"StartAt": "M", "States": {"M": {"Type": "Map", "Label": "L", "MaxConcurrency": 2, "End": true,
        "ToleratedFailurePercentage": %s, "ItemProcessor": {
          "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
          "StartAt": "C", "States": {
            "C": {"Type": "Choice", "Default": "P",
              "Choices": [{"Variable": "$", "NumericEquals": 0, "Next": "F"}]},
            "P": {"Type": "Pass", "End": true},
            "F": {"Type": "Fail", "Error": "Zero"}}}}}}\
      """;

  @Test
  void childrenAreListedAndCounted() {
    try (States states = new States(input -> input)) {
      String execution = states.start(states.machine("m", MAP.formatted("50")), "[1,0,2,3]");
      assertThat(states.ended(execution).get("output").asText()).isEqualTo("[1,2,3]");
      JsonNode runs =
          states.call("ListMapRuns", Json.object().put("executionArn", execution)).get("mapRuns");
      assertThat(runs).hasSize(1);
      String run = runs.get(0).get("mapRunArn").asText();
      assertThat(run).startsWith("arn:aws:states:us-east-1:" + States.ACCOUNT + ":mapRun:m/L:");
      JsonNode described = states.call("DescribeMapRun", Json.object().put("mapRunArn", run));
      assertThat(described.get("status").asText()).isEqualTo("SUCCEEDED");
      assertThat(described.get("itemCounts").get("failed").asInt()).isEqualTo(1);
      assertThat(described.get("itemCounts").get("succeeded").asInt()).isEqualTo(3);
      JsonNode children =
          states
              .call(
                  "ListExecutions",
                  Json.object().put("mapRunArn", run).put("statusFilter", "SUCCEEDED"))
              .get("executions");
      assertThat(children).hasSize(3);
      JsonNode child = states.describe(children.get(0).get("executionArn").asText());
      assertThat(child.get("mapRunArn").asText()).isEqualTo(run);
      assertThat(child.get("stateMachineArn").asText()).endsWith(":stateMachine:m/L");
    }
  }

  @Test
  void aChildTellsOfItsMapRunAndOfTheMachineThatItIsPartOf() {
    try (States states = new States(input -> input)) {
      String machine = states.machine("m", MAP.formatted("50"));
      JsonNode updated =
          states.call(
              "UpdateStateMachine",
              Json.object().put("stateMachineArn", machine).put("definition", MAP.formatted("40")));
      String execution = states.start(machine, "[1]");
      assertThat(states.ended(execution).get("output").asText()).isEqualTo("[1]");
      String run =
          states
              .call("ListMapRuns", Json.object().put("executionArn", execution))
              .at("/mapRuns/0/mapRunArn")
              .asText();
      String child =
          states
              .call("ListExecutions", Json.object().put("mapRunArn", run))
              .at("/executions/0/executionArn")
              .asText();

      JsonNode described =
          states.call("DescribeStateMachineForExecution", Json.object().put("executionArn", child));

      assertThat(described.get("mapRunArn").asText()).isEqualTo(run);
      assertThat(described.get("label").asText()).isEqualTo("L");
      assertThat(described.get("stateMachineArn").asText()).isEqualTo(machine + "/L");
      assertThat(described.get("revisionId")).isEqualTo(updated.get("revisionId"));
      assertThat(
              states.refused(
                  "ListExecutions",
                  Json.write(Json.object().put("mapRunArn", run).put("stateMachineArn", machine))))
          .isEqualTo(
              "ValidationException: Either a mapRunArn or a stateMachineArn can be specified, but"
                  + " not both");
    }
  }

  @Test
  void tooManyFailuresFailTheState() {
    try (States states = new States(input -> input)) {
      String execution = states.start(states.machine("m", MAP.formatted("10")), "[1,0,2,3]");
      JsonNode ended = states.ended(execution);
      assertThat(ended.get("status").asText()).isEqualTo("FAILED");
      assertThat(ended.get("error").asText()).isEqualTo("States.ExceedToleratedFailureThreshold");
    }
  }
}
