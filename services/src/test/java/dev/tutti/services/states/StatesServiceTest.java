package dev.tutti.services.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.wire.ServiceError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StatesServiceTest {
  private static final String PASS =
      "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}";
  private static final String TASK =
      "{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"Resource\":\""
          + States.FUNCTION
          + "\",\"End\":true}}}";
  private static final String CALLBACK =
      """
      {"StartAt":"T","States":{"T":{"Type":"Task","End":true,
        "Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken",
        "Parameters":{"FunctionName":"f","Payload":{"token.$":"$$.Task.Token"}}}}}
      """;

  private final LinkedBlockingQueue<String> payloads = new LinkedBlockingQueue<>();
  private final States states = new States(this::invoke);

  private JsonNode invoke(JsonNode input) {
    var payload =
        new String(
            Base64.getDecoder().decode(input.path("Payload").asText()), StandardCharsets.UTF_8);
    payloads.add(payload);
    return Json.object().put("StatusCode", 200).put("Payload", input.path("Payload").asText());
  }

  @AfterEach
  void close() {
    states.close();
  }

  @Test
  void runsAnExecutionAndShowsItsHistory() {
    String execution = states.start(states.machine("m", TASK), "{ \"a\" : 1.50 }");

    JsonNode ended = states.ended(execution);
    assertThat(ended.get("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(ended.get("output").asText()).isEqualTo("{\"a\":1.50}");
    assertThat(ended.get("input").asText()).isEqualTo("{ \"a\" : 1.50 }");
    JsonNode events =
        states
            .call("GetExecutionHistory", Json.object().put("executionArn", execution))
            .get("events");
    assertThat(events.findValuesAsText("type"))
        .containsExactly(
            "ExecutionStarted",
            "TaskStateEntered",
            "LambdaFunctionScheduled",
            "LambdaFunctionStarted",
            "LambdaFunctionSucceeded",
            "TaskStateExited",
            "ExecutionSucceeded");
    assertThat(events.get(1).at("/stateEnteredEventDetails/input").asText())
        .isEqualTo("{ \"a\" : 1.50 }");
  }

  @Test
  void pagesAHistoryEitherWay() {
    String execution = states.start(states.machine("m", TASK), "{}");
    states.ended(execution);

    for (boolean reverse : new boolean[] {false, true}) {
      var ids = new ArrayList<Integer>();
      ObjectNode page =
          Json.object()
              .put("executionArn", execution)
              .put("maxResults", 2)
              .put("reverseOrder", reverse);
      JsonNode answer = states.call("GetExecutionHistory", page);
      while (true) {
        answer.get("events").forEach(event -> ids.add(event.get("id").asInt()));
        if (!answer.has("nextToken")) {
          break;
        }
        page.set("nextToken", answer.get("nextToken"));
        answer = states.call("GetExecutionHistory", page);
      }
      var expected = List.of(1, 2, 3, 4, 5, 6, 7);
      assertThat(ids).isEqualTo(reverse ? expected.reversed() : expected);
    }
  }

  @Test
  void aTaskTokenEndsATaskOnce() throws InterruptedException {
    String execution = states.start(states.machine("m", CALLBACK), "{}");
    String token = Json.parse(payloads.poll(20, TimeUnit.SECONDS)).get("token").asText();

    ObjectNode success = Json.object().put("taskToken", token).put("output", "{\"done\":true}");
    Assertions.assertThatThrownBy(() -> states.callAs("222222222222", "SendTaskSuccess", success))
        .isInstanceOf(ServiceError.class);
    states.call("SendTaskHeartbeat", Json.object().put("taskToken", token));
    states.call("SendTaskSuccess", success);

    assertThat(states.ended(execution).get("output").asText()).isEqualTo("{\"done\":true}");
    assertThat(states.refused("SendTaskSuccess", success.toString())).startsWith("TaskTimedOut:");
    assertThat(states.refused("SendTaskHeartbeat", "{\"taskToken\":\"bm90aGluZw\"}"))
        .isEqualTo("InvalidToken: Invalid Token: 'Invalid token'");
  }

  @Test
  void anExecutionWaitsForTheOneItStarted() {
    String child = states.machine("child", PASS);
    String parent =
        states.machine(
            "parent",
            "{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"End\":true,"
                + "\"Resource\":\"arn:aws:states:::states:startExecution.sync:2\","
                + "\"Parameters\":{\"StateMachineArn\":\""
                + child
                + "\",\"Input.$\":\"$\",\"Name\":\"c\"},\"OutputPath\":\"$.Output\"}}}");

    JsonNode ended = states.ended(states.start(parent, "{\"x\":[1]}"));

    assertThat(ended.path("output").asText()).as(ended.toString()).isEqualTo("{\"x\":[1]}");
  }

  @Test
  void anExecutionThatIsStoppedStopsTheOneItWaitsFor() throws InterruptedException {
    String child = states.machine("child", CALLBACK);
    String parent =
        states.machine(
            "parent",
            "{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"End\":true,"
                + "\"Resource\":\"arn:aws:states:::states:startExecution.sync:2\","
                + "\"Parameters\":{\"StateMachineArn\":\""
                + child
                + "\",\"Name\":\"c\"}}}}");
    String execution = states.start(parent, "{}");
    assertThat(payloads.poll(20, TimeUnit.SECONDS)).isNotNull();
    await()
        .until(() ->
            states
                .call("GetExecutionHistory", Json.object().put("executionArn", execution))
                .toString()
                .contains("TaskSubmitted"));

    states.call("StopExecution", Json.object().put("executionArn", execution));

    String waitedFor = child.replace(":stateMachine:", ":execution:") + ":c";
    assertThat(states.ended(waitedFor).get("status").asText()).isEqualTo("ABORTED");
  }

  @Test
  void aMissedHeartbeatIsCaughtByItsName() {
    String machine =
        states.machine(
            "m",
            CALLBACK
                .replace(
                    "\"End\":true",
                    "\"HeartbeatSeconds\":1,\"TimeoutSeconds\":100,\"End\":true,"
                        + "\"Catch\":[{\"ErrorEquals\":[\"States.HeartbeatTimeout\"],\"Next\":\"Late\"}]")
                .replaceFirst("\"States\":\\{", "\"States\":{\"Late\":{\"Type\":\"Succeed\"},"));

    JsonNode ended = states.ended(states.start(machine, "{}"));

    assertThat(Json.parse(ended.path("output").asText()).path("Error").asText())
        .as(ended.toString())
        .isEqualTo("States.Timeout");
  }

  @Test
  void startingAgainUnderTheSameNameIsIdempotentWhileItRuns() throws InterruptedException {
    String machine = states.machine("m", CALLBACK);
    ObjectNode start =
        Json.object().put("stateMachineArn", machine).put("name", "n").put("input", "{}");
    JsonNode first = states.call("StartExecution", start);

    assertThat(states.call("StartExecution", start)).isEqualTo(first);
    assertThat(states.refused("StartExecution", start.put("input", "[]").toString()))
        .isEqualTo(
            "ExecutionAlreadyExists: Execution Already Exists: '"
                + first.get("executionArn").asText()
                + "'");

    ObjectNode stop = Json.object().set("executionArn", first.get("executionArn"));
    assertThat(states.call("StopExecution", stop.put("error", "E")).has("stopDate")).isTrue();
    JsonNode ended = states.describe(first.get("executionArn").asText());
    assertThat(ended.get("status").asText() + ended.get("error").asText()).isEqualTo("ABORTEDE");
  }

  @Test
  void createsAndUpdatesStateMachinesAsAwsDoes() {
    String arn = states.machine("m", PASS);
    assertThat(states.machine("m", PASS)).isEqualTo(arn);
    assertThat(
            states.refused(
                "CreateStateMachine",
                Json.object()
                    .put("name", "m")
                    .put("definition", TASK)
                    .put("roleArn", "arn:aws:iam::111111111111:role/r")
                    .toString()))
        .isEqualTo("StateMachineAlreadyExists: State Machine Already Exists: '" + arn + "'");
    ObjectNode described = Json.object().put("stateMachineArn", arn);
    assertThat(states.call("DescribeStateMachine", described).has("revisionId")).isFalse();

    JsonNode updated =
        states.call("UpdateStateMachine", described.deepCopy().put("definition", TASK));

    JsonNode now = states.call("DescribeStateMachine", described);
    assertThat(now.get("revisionId")).isEqualTo(updated.get("revisionId"));
    assertThat(now.get("definition").asText()).isEqualTo(TASK);
    assertThat(now.get("loggingConfiguration").toString())
        .isEqualTo("{\"level\":\"OFF\",\"includeExecutionData\":false}");
  }

  @Test
  void metadataAloneComesWithAnEmptyDefinition() {
    String arn = states.machine("m", PASS);
    String execution = states.start(arn, "{}");
    states.call("PublishStateMachineVersion", Json.object().put("stateMachineArn", arn));
    ObjectNode asked = Json.object().put("includedData", "METADATA_ONLY");
    for (String machine : List.of(arn, arn + ":1")) {
      asked.put("stateMachineArn", machine);
      assertThat(states.call("DescribeStateMachine", asked).path("definition").asText())
          .isEqualTo("{}");
    }
    asked.remove("stateMachineArn");
    asked.put("executionArn", execution);
    JsonNode described = states.call("DescribeStateMachineForExecution", asked);
    assertThat(described.path("definition").asText()).isEqualTo("{}");
    assertThat(described.path("stateMachineArn").asText()).isEqualTo(arn);
    assertThat(described.has("mapRunArn") || described.has("label")).isFalse();
  }

  @Test
  void startsTheVersionThatAnAliasLeadsTo() {
    String machine =
        states.machine(
            "m",
            """
            {"StartAt":"A","States":{"A":{"Type":"Succeed"}}}\
            """);
    String version = machine + ":1";
    states.call("PublishStateMachineVersion", Json.object().put("stateMachineArn", machine));
    states.call(
        "UpdateStateMachine",
        Json.object()
            .put("stateMachineArn", machine)
            .put(
                "definition",
                """
                {"StartAt":"B","States":{"B":{"Type":"Fail"}}}\
                """));
    ObjectNode routed = Json.object().put("name", "live");
    routed
        .putArray("routingConfiguration")
        .addObject()
        .put("stateMachineVersionArn", version)
        .put("weight", 100);
    String alias =
        states.call("CreateStateMachineAlias", routed).get("stateMachineAliasArn").asText();

    JsonNode ended = states.ended(states.start(alias, "{}"));

    assertThat(alias).isEqualTo(machine + ":live");
    assertThat(ended.get("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(ended.get("stateMachineArn").asText()).isEqualTo(machine);
    assertThat(ended.get("stateMachineVersionArn").asText()).isEqualTo(version);
    assertThat(ended.get("stateMachineAliasArn").asText()).isEqualTo(alias);
    assertThat(
            states
                .call("ListExecutions", Json.object().put("stateMachineArn", version))
                .get("executions"))
        .hasSize(1);
    assertThat(
            states.refused(
                "DeleteStateMachineVersion",
                Json.write(Json.object().put("stateMachineVersionArn", version))))
        .startsWith("ConflictException: ");
  }

  @Test
  void deletedStateMachinesAreGoneWhenTheirExecutionsAre() throws InterruptedException {
    String arn = states.machine("m", CALLBACK);
    String execution = states.start(arn, "{}");
    ObjectNode machine = Json.object().put("stateMachineArn", arn);
    states.call("DeleteStateMachine", machine);

    assertThat(states.call("DescribeStateMachine", machine).get("status").asText())
        .isEqualTo("DELETING");
    String token = Json.parse(payloads.poll(20, TimeUnit.SECONDS)).get("token").asText();
    states.call("SendTaskSuccess", Json.object().put("taskToken", token).put("output", "1"));

    assertThat(states.ended(execution).get("output").asText()).isEqualTo("1");
    assertThat(states.refused("DescribeStateMachine", machine.toString()))
        .isEqualTo("StateMachineDoesNotExist: State Machine Does Not Exist: '" + arn + "'");
    assertThat(states.call("ListStateMachines", "{}").get("stateMachines")).isEmpty();
  }

  @Test
  void listsExecutionsInPagesTheNewestFirst() {
    String arn = states.machine("m", PASS);
    var started = new ArrayList<String>();
    for (int i = 0; i < 5; i++) {
      started.add(states.start(arn, "{}"));
    }
    started.forEach(states::ended);

    var listed = new ArrayList<String>();
    ObjectNode page =
        Json.object()
            .put("stateMachineArn", arn)
            .put("maxResults", 2)
            .put("statusFilter", "SUCCEEDED");
    JsonNode answer = states.call("ListExecutions", page);
    while (true) {
      listed.addAll(answer.get("executions").findValuesAsText("executionArn"));
      if (!answer.has("nextToken")) {
        break;
      }
      page.set("nextToken", answer.get("nextToken"));
      answer = states.call("ListExecutions", page);
    }
    assertThat(listed).containsExactlyInAnyOrderElementsOf(started);
    page.remove("nextToken");
    page.put("statusFilter", "RUNNING");
    assertThat(states.call("ListExecutions", page).get("executions")).isEmpty();
  }

  @Test
  void namesWhatIsWrongWithACall() {
    String arn = states.machine("m", PASS);
    assertThat(
            states.refused(
                "StartExecution",
                Json.object().put("stateMachineArn", arn).put("input", "not some json").toString()))
        .isEqualTo(
            "InvalidExecutionInput: Invalid State Machine Execution Input: 'Unrecognized token"
                + " 'not': was expecting (JSON String, Number, Array, Object or token 'null',"
                + " 'true' or 'false')'");
    assertThat(
            states.refused(
                "StartExecution",
                Json.object().put("stateMachineArn", arn).put("input", "").toString()))
        .isEqualTo(
            "InvalidExecutionInput: Invalid State Machine Execution Input: 'Invalid execution"
                + " input.'");
    assertThat(
            states.refused(
                "CreateStateMachine",
                "{\"name\":\"a b\",\"definition\":\"{}\",\"roleArn\":\"arn:aws:iam::1:role/r\"}"))
        .isEqualTo("InvalidName: Invalid Name: 'a b'");
    assertThat(
            states.refused(
                "CreateStateMachine",
                "{\"name\":\"a\",\"definition\":\"{\\\"StartAt\\\":\\\"A\\\"}\","
                    + "\"roleArn\":\"arn:aws:iam::1:role/r\"}"))
        .isEqualTo(
            "InvalidDefinition: Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These"
                + " fields are required: [States] at /'");
    assertThat(states.refused("DescribeExecution", "{\"executionArn\":\"nope\"}"))
        .isEqualTo("InvalidArn: Invalid Arn: 'Invalid ARN prefix: nope'");
    assertThat(states.refused("UpdateStateMachine", "{\"stateMachineArn\":\"" + arn + "\"}"))
        .startsWith("MissingRequiredParameter: Either the definition, the role ARN,");
  }

  @Test
  void keepsTags() {
    String arn = states.machine("m", PASS);
    states.call(
        "TagResource",
        "{\"resourceArn\":\""
            + arn
            + "\",\"tags\":[{\"key\":\"a\",\"value\":\"1\"},{\"key\":\"b\",\"value\":\"2\"}]}");
    states.call("UntagResource", "{\"resourceArn\":\"" + arn + "\",\"tagKeys\":[\"a\"]}");

    assertThat(states.call("ListTagsForResource", "{\"resourceArn\":\"" + arn + "\"}").toString())
        .isEqualTo("{\"tags\":[{\"key\":\"b\",\"value\":\"2\"}]}");
  }
}
