package dev.tutti.services.states;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.host.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

final class ActivitiesTest {
  private static final String ARN = "arn:aws:states:us-east-1:111111111111:activity:a";
  private static final String TASK =
      """
      {"StartAt": "T", "States": {"T": {"Type": "Task", "Resource": "%s", "End": true}}}\
      """
          .formatted(ARN);

  private static States open(MemoryStore store) {
    return new States(store, input -> Json.object());
  }

  private static JsonNode poll(States states) {
    return states.call(
        "GetActivityTask", Json.object().put("activityArn", ARN).put("workerName", "w"));
  }

  private static void succeed(States states, JsonNode task) {
    states.call(
        "SendTaskSuccess",
        Json.object().put("taskToken", task.get("taskToken").asText()).put("output", "[1]"));
  }

  @Test
  void createsDescribesListsAndDeletes() {
    try (States states = open(new MemoryStore())) {
      JsonNode created = states.call("CreateActivity", "{\"name\": \"a\"}");
      assertThat(created.get("activityArn").asText()).isEqualTo(ARN);
      assertThat(states.call("CreateActivity", "{\"name\": \"a\"}")).isEqualTo(created);
      assertThat(states.call("DescribeActivity", Json.object().put("activityArn", ARN)))
          .hasToString(
              "{\"activityArn\":\"%s\",\"name\":\"a\",\"creationDate\":%s,\"encryptionConfiguration\":{\"type\":\"AWS_OWNED_KEY\"}}"
                  .formatted(ARN, created.get("creationDate")));
      assertThat(states.call("ListActivities", "{}").get("activities")).hasSize(1);
      states.call("DeleteActivity", Json.object().put("activityArn", ARN));
      assertThat(states.refused("DescribeActivity", "{\"activityArn\": \"" + ARN + "\"}"))
          .isEqualTo("ActivityDoesNotExist: Activity Does Not Exist: '" + ARN + "'");
      assertThat(states.refused("GetActivityTask", "{\"activityArn\": \"" + ARN + "\"}"))
          .startsWith("ActivityDoesNotExist");
      assertThat(states.call("ListActivities", "{}").get("activities")).isEmpty();
    }
  }

  @Test
  void tagsThem() {
    try (States states = open(new MemoryStore())) {
      states.call(
          "CreateActivity", "{\"name\": \"a\", \"tags\": [{\"key\": \"k\", \"value\": \"v\"}]}");
      JsonNode tags = states.call("ListTagsForResource", Json.object().put("resourceArn", ARN));
      assertThat(tags.get("tags")).hasToString("[{\"key\":\"k\",\"value\":\"v\"}]");
    }
  }

  @Test
  void aWaitingWorkerGetsATaskAtOnceAndTheHistoryNamesIt() throws Exception {
    try (States states = open(new MemoryStore());
        ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      states.call("CreateActivity", "{\"name\": \"a\"}");
      CompletableFuture<JsonNode> polled =
          CompletableFuture.supplyAsync(() -> poll(states), workers);
      String execution = states.start(states.machine("m", TASK), "{\"n\":1}");
      JsonNode task = polled.get();
      assertThat(task.get("input").asText()).isEqualTo("{\"n\":1}");
      succeed(states, task);
      assertThat(states.ended(execution).get("output").asText()).isEqualTo("[1]");
      JsonNode events =
          states
              .call("GetExecutionHistory", Json.object().put("executionArn", execution))
              .get("events");
      assertThat(events.findValuesAsText("type"))
          .containsSubsequence("ActivityScheduled", "ActivityStarted", "ActivitySucceeded");
      assertThat(events.findValue("activityStartedEventDetails"))
          .hasToString("{\"workerName\":\"w\"}");
    }
  }

  @Test
  void tasksThatNobodyTookWaitThroughARestart() {
    var store = new MemoryStore();
    List<String> executions = new ArrayList<>();
    try (States states = open(store)) {
      states.call("CreateActivity", "{\"name\": \"a\"}");
      String machine = states.machine("m", TASK);
      for (int i = 0; i < 3; i++) {
        executions.add(states.start(machine, "{\"n\":" + i + "}"));
      }
      succeed(states, poll(states));
      states.call("StopExecution", Json.object().put("executionArn", executions.get(1)));
    }
    try (States states = open(store)) {
      JsonNode task = poll(states);
      assertThat(task.get("input").asText()).isEqualTo("{\"n\":2}");
      succeed(states, task);
      assertThat(states.ended(executions.get(2)).get("status").asText()).isEqualTo("SUCCEEDED");
    }
  }

  @Test
  void everyTaskGoesToOneWorker() throws Exception {
    try (States states = open(new MemoryStore());
        ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      states.call("CreateActivity", "{\"name\": \"a\"}");
      String machine = states.machine("m", TASK);
      List<CompletableFuture<String>> taken = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        taken.add(
            CompletableFuture.supplyAsync(
                () -> {
                  JsonNode task = poll(states);
                  succeed(states, task);
                  return task.get("input").asText();
                },
                workers));
      }
      List<String> inputs = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        inputs.add("{\"n\":" + i + "}");
        states.start(machine, inputs.get(i));
      }
      List<String> got = new ArrayList<>();
      for (CompletableFuture<String> each : taken) {
        got.add(each.get());
      }
      assertThat(got).containsExactlyInAnyOrderElementsOf(inputs);
    }
  }
}
