package dev.tutti.services.states;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.host.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class RedriveTest {
  private static final String FAILING =
      """
      {"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": 1, "Next": "T"},
        "T": {"Type": "Task", "Resource": "%s", "End": true}}}
      """
          .formatted(States.FUNCTION);

  private static ObjectNode of(String execution) {
    return Json.object().put("executionArn", execution);
  }

  private static JsonNode answer(boolean well) {
    ObjectNode output = Json.object().put("StatusCode", 200);
    if (!well) {
      output.put("FunctionError", "Unhandled");
    }
    String payload = well ? "2" : "{\"errorType\":\"Broken\",\"errorMessage\":\"no\"}";
    return output.put(
        "Payload", Base64.getEncoder().encodeToString(payload.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aFailedExecutionGoesOnWhereItFailed() {
    var mended = new AtomicBoolean();
    try (States states = new States(_ -> answer(mended.get()))) {
      String execution = states.start(states.machine("m", FAILING), "{}");
      JsonNode failed = states.ended(execution);
      assertThat(failed.path("redriveStatus").asText()).isEqualTo("REDRIVABLE");
      mended.set(true);
      JsonNode first = states.call("RedriveExecution", of(execution).put("clientToken", "t"));
      JsonNode ended = states.ended(execution);
      assertThat(ended.path("output").asText()).isEqualTo("2");
      assertThat(ended.path("startDate")).isEqualTo(failed.path("startDate"));
      assertThat(ended.path("redriveCount").asInt()).isEqualTo(1);
      assertThat(ended.path("redriveDate")).isEqualTo(first.path("redriveDate"));
      assertThat(states.call("RedriveExecution", of(execution).put("clientToken", "t")))
          .isEqualTo(first);
      assertThat(states.refused("RedriveExecution", of(execution).toString()))
          .isEqualTo("ExecutionNotRedrivable: Execution is SUCCEEDED and cannot be redriven");
      JsonNode events = states.call("GetExecutionHistory", of(execution)).path("events");
      assertThat(events.findValuesAsText("type"))
          .containsExactly(
              "ExecutionStarted",
              "PassStateEntered",
              "PassStateExited",
              "TaskStateEntered",
              "LambdaFunctionScheduled",
              "LambdaFunctionStarted",
              "LambdaFunctionFailed",
              "ExecutionFailed",
              "ExecutionRedriven",
              "LambdaFunctionScheduled",
              "LambdaFunctionStarted",
              "LambdaFunctionSucceeded",
              "TaskStateExited",
              "ExecutionSucceeded");
    }
  }

  @Test
  void redrivenOnesAreListed() {
    try (States states = new States(_ -> answer(false))) {
      String machine = states.machine("m", FAILING);
      String execution = states.start(machine, "{}");
      JsonNode _ = states.ended(execution);
      JsonNode _ = states.ended(states.start(machine, "{}"));
      JsonNode _ = states.call("RedriveExecution", of(execution));
      JsonNode _ = states.ended(execution);
      ObjectNode asked = Json.object().put("stateMachineArn", machine);
      assertThat(
              states
                  .call("ListExecutions", asked.put("redriveFilter", "REDRIVEN"))
                  .path("executions"))
          .hasSize(1)
          .first()
          .satisfies(row -> {
            assertThat(row.path("executionArn").asText()).isEqualTo(execution);
            assertThat(row.path("redriveCount").asInt()).isEqualTo(1);
            assertThat(row.path("status").asText()).isEqualTo("FAILED");
          });
      assertThat(
              states
                  .call("ListExecutions", asked.put("redriveFilter", "NOT_REDRIVEN"))
                  .path("executions"))
          .hasSize(1);
    }
  }

  @Test
  void aMapRunGoesOnWithItsUnsuccessfulChildren() {
    var mended = new AtomicBoolean();
    var calls = new AtomicInteger();
    String map =
        """
        {"StartAt": "M", "States": {"M": {"Type": "Map", "Label": "L", "MaxConcurrency": 1,
          "End": true, "ItemProcessor": {
            "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "TYPE"},
            "StartAt": "C", "States": {
              "C": {"Type": "Choice", "Default": "P",
                "Choices": [{"Variable": "$", "NumericEquals": 0, "Next": "T"}]},
              "P": {"Type": "Pass", "End": true},
              "T": {"Type": "Task", "Resource": "FUNCTION", "End": true}}}}}}
        """;
    for (String type : new String[] {"STANDARD", "EXPRESS"}) {
      mended.set(false);
      calls.set(0);
      try (States states =
          new States(
              new MemoryStore(),
              _ -> {
                int _ = calls.incrementAndGet();
                return answer(mended.get());
              })) {
        String execution =
            states.start(
                states.machine("m", map.replace("TYPE", type).replace("FUNCTION", States.FUNCTION)),
                "[5, 0, 7]");
        assertThat(states.ended(execution).path("error").asText())
            .isEqualTo("States.ExceedToleratedFailureThreshold");
        mended.set(true);
        JsonNode _ = states.call("RedriveExecution", of(execution));
        assertThat(states.ended(execution).path("output").asText()).as(type).isEqualTo("[5,2,7]");
        assertThat(calls.get()).isEqualTo(2);
        JsonNode runs = states.call("ListMapRuns", of(execution)).path("mapRuns");
        assertThat(runs).hasSize(1);
        JsonNode run =
            states.call(
                "DescribeMapRun",
                Json.object().put("mapRunArn", runs.get(0).path("mapRunArn").asText()));
        assertThat(run.path("redriveCount").asInt()).isEqualTo(1);
        assertThat(run.path("itemCounts").path("succeeded").asInt()).isEqualTo(3);
        assertThat(run.path("itemCounts").path("failed").asInt()).isZero();
      }
    }
  }
}
