package dev.tutti.services.states;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.host.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class ExpressTest {
  private static final String CALLS =
      """
      {"StartAt": "P", "States": {"P": {"Type": "Parallel", "End": true, "Branches": [
        {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "%1$s", "End": true}}},
        {"StartAt": "B", "States": {"B": {"Type": "Task", "Resource": "%1$s", "End": true,
          "Retry": [{"ErrorEquals": ["Again"], "IntervalSeconds": 1}]}}}]}}}\
      """
          .formatted(States.FUNCTION);

  private static String machine(States states, String definition) {
    return states
        .call(
            "CreateStateMachine",
            Json.object()
                .put("name", "x")
                .put("type", "EXPRESS")
                .put("definition", definition)
                .put("roleArn", "arn:aws:iam::111111111111:role/r"))
        .get("stateMachineArn")
        .asText();
  }

  private static JsonNode payload(String json) {
    return Json.object()
        .put("StatusCode", 200)
        .put("Payload", Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static JsonNode sync(States states, String machine, String input) {
    return states.call(
        "StartSyncExecution",
        Json.object().put("stateMachineArn", machine).put("name", "e").put("input", input));
  }

  @Test
  void aSynchronousOneAnswersWithItsEnd() {
    List<String> invoked = new CopyOnWriteArrayList<>();
    try (States states =
        new States(input -> {
          invoked.add(input.path("FunctionName").asText());
          return payload("\"done\"");
        })) {
      JsonNode end = sync(states, machine(states, CALLS), "{\"n\":1}");
      assertThat(end.get("status").asText()).isEqualTo("SUCCEEDED");
      assertThat(end.get("output").asText()).isEqualTo("[\"done\",\"done\"]");
      assertThat(end.get("executionArn").asText())
          .matches("arn:aws:states:us-east-1:111111111111:express:x:e:[0-9a-f-]{36}");
      assertThat(end.get("billingDetails").get("billedDurationInMilliseconds").asLong() % 100)
          .isZero();
      assertThat(invoked).hasSize(2);
    }
  }

  @Test
  void itRetriesAndFailsAsStandardOnesDo() {
    List<String> invoked = new CopyOnWriteArrayList<>();
    try (States states =
        new States(input -> {
          invoked.add("");
          return ((ObjectNode) payload("{\"errorType\":\"Again\",\"errorMessage\":\"no\"}"))
              .put("FunctionError", "Unhandled");
        })) {
      String machine =
          machine(
              states,
              """
              {"StartAt": "B", "States": {"B": {"Type": "Task", "Resource": "%s", "End": true,
                "Retry": [{"ErrorEquals": ["Again"], "IntervalSeconds": 1, "MaxAttempts": 1}]}}}\
              """
                  .formatted(States.FUNCTION));
      JsonNode end = sync(states, machine, "{}");
      assertThat(end.get("status").asText()).isEqualTo("FAILED");
      assertThat(end.get("error").asText()).isEqualTo("Again");
      assertThat(end.has("output")).isFalse();
      assertThat(invoked).hasSize(2);
    }
  }

  @Test
  void anAsynchronousOneRunsAndIsRunAnewAfterACrash() {
    var store = new MemoryStore();
    List<String> invoked = new CopyOnWriteArrayList<>();
    var never = new CountDownLatch(1);
    try (States states =
        new States(
            store,
            input -> {
              invoked.add("first");
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return payload("1");
            })) {
      String machine =
          machine(
              states,
              """
              {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "%s", "End": true}}}\
              """
                  .formatted(States.FUNCTION));
      assertThat(states.start(machine, "{}")).contains(":express:x:");
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> invoked.size() == 1);
    }
    try (States states =
        new States(
            store,
            input -> {
              invoked.add("second");
              return payload("1");
            })) {
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> invoked.contains("second"));
      assertThat(
              states.refused(
                  "ListExecutions",
                  "{\"stateMachineArn\":"
                      + " \"arn:aws:states:us-east-1:111111111111:stateMachine:x\"}"))
          .startsWith("StateMachineTypeNotSupported");
    }
    never.countDown();
  }

  /** The body of the first message is the same in each run, and that of the second is not. */
  @Test
  void whatOneThatIsRunAnewSaysAgainIsSaidOnce() {
    var store = new MemoryStore();
    var reached = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    try (States states =
        new States(
            store,
            input -> {
              reached.countDown();
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return payload("1");
            })) {
      String url = states.queue("CreateQueue", "{\"QueueName\": \"q\"}").get("QueueUrl").asText();
      String machine =
          machine(
              states,
              """
              {"StartAt": "A", "States": {
                "A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
                  "Parameters": {"QueueUrl": "%1$s", "MessageBody": "same"},
                  "ResultPath": null, "Next": "B"},
                "B": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
                  "Parameters": {"QueueUrl": "%1$s", "MessageBody.$": "$$.State.EnteredTime"},
                  "ResultPath": null, "Next": "C"},
                "C": {"Type": "Task", "Resource": "%2$s", "End": true}}}\
              """
                  .formatted(url, States.FUNCTION));
      var _ = states.start(machine, "{}");
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> reached.getCount() == 0);
      assertThat(received(states)).hasSize(2).contains("same");
    }
    var again = new CountDownLatch(1);
    try (States states =
        new States(
            store,
            input -> {
              again.countDown();
              return payload("1");
            })) {
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> again.getCount() == 0);
      assertThat(received(states)).hasSize(1).doesNotContain("same");
    }
    never.countDown();
  }

  /** The bodies of the queue's messages, which are removed. */
  private static List<String> received(States states) {
    List<String> bodies = new ArrayList<>();
    ObjectNode queue = Json.object().put("QueueUrl", "http://127.0.0.1:4566/111111111111/q");
    JsonNode messages =
        states
            .queue("ReceiveMessage", Json.write(queue.put("MaxNumberOfMessages", 10)))
            .path("Messages");
    queue.remove("MaxNumberOfMessages");
    for (JsonNode message : messages) {
      bodies.add(message.get("Body").asText());
      states.queue(
          "DeleteMessage",
          Json.write(queue.put("ReceiptHandle", message.get("ReceiptHandle").asText())));
    }
    return bodies;
  }

  @Test
  void refusesWhatOnlyStandardOnesCanDo() {
    try (States states = new States(input -> payload("1"))) {
      String definition =
          """
          {"StartAt": "T", "States": {"T": {"Type": "Task", "End": true,
            "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
            "Parameters": {"FunctionName": "f"}}}}\
          """;
      String call =
          Json.write(
              Json.object()
                  .put("name", "x")
                  .put("type", "EXPRESS")
                  .put("definition", definition)
                  .put("roleArn", "arn:aws:iam::111111111111:role/r"));
      assertThat(states.refused("CreateStateMachine", call))
          .isEqualTo(
              "InvalidDefinition: Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED:"
                  + " Express state machine does not support '.waitForTaskToken' service"
                  + " integration  at /States/T/Resource'");
      String standard =
          states.machine(
              "s", "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}");
      assertThat(
              states.refused("StartSyncExecution", "{\"stateMachineArn\": \"" + standard + "\"}"))
          .startsWith("StateMachineTypeNotSupported");
    }
  }
}
