package dev.tutti.services.states;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TestStateTest {
  private static final String TASK =
      """
      {"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
       "Parameters":{"FunctionName":"f","Payload.$":"$.p"},"ResultSelector":{"got.$":"$.Payload"},
       "ResultPath":"$.r","Next":"After",
       "Retry":[{"ErrorEquals":["Busy"],"IntervalSeconds":2,"MaxAttempts":3}],
       "Catch":[{"ErrorEquals":["Other"],"Next":"No"},{"ErrorEquals":["States.ALL"],"Next":"Help"}]}
      """;

  private final States states =
      new States(input -> {
        byte[] payload = Base64.getDecoder().decode(input.path("Payload").asText());
        String answer = "{\"echo\":" + new String(payload, StandardCharsets.UTF_8) + "}";
        return Json.object()
            .put("StatusCode", 200)
            .put(
                "Payload",
                Base64.getEncoder().encodeToString(answer.getBytes(StandardCharsets.UTF_8)));
      });

  @AfterEach
  void close() {
    states.close();
  }

  private static ObjectNode trial(String definition, String input) {
    return Json.object()
        .put("definition", definition)
        .put("input", input)
        .put("roleArn", "arn:aws:iam::111111111111:role/r")
        .put("inspectionLevel", "DEBUG");
  }

  private JsonNode failing(String error, int retries) {
    ObjectNode input = trial(TASK, "{\"p\":1}");
    input.putObject("mock").putObject("errorOutput").put("error", error).put("cause", "why");
    input.putObject("stateConfiguration").put("retrierRetryCount", retries);
    return states.call("TestState", input);
  }

  @Test
  void aTaskIsAskedForInEarnestAndItsDataIsShown() {
    JsonNode found = states.call("TestState", trial(TASK, "{\"p\":{\"n\":1}}"));
    assertThat(found.path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(found.path("nextState").asText()).isEqualTo("After");
    assertThat(found.path("output").asText())
        .isEqualTo("{\"p\":{\"n\":1},\"r\":{\"got\":{\"echo\":{\"n\":1}}}}");
    JsonNode data = found.path("inspectionData");
    assertThat(data.path("afterInputPath").asText()).isEqualTo("{\"p\":{\"n\":1}}");
    assertThat(Json.parse(data.path("afterParameters").asText()))
        .isEqualTo(Json.parse("{\"FunctionName\":\"f\",\"Payload\":{\"n\":1}}"));
    assertThat(Json.parse(data.path("result").asText()).path("ExecutedVersion").asText())
        .isEqualTo("$LATEST");
    assertThat(data.path("afterResultSelector").asText())
        .isEqualTo("{\"got\":{\"echo\":{\"n\":1}}}");
  }

  @Test
  void aMockedErrorIsRetriedCaughtOrLost() {
    JsonNode retried = failing("Busy", 2);
    assertThat(retried.path("status").asText()).isEqualTo("RETRIABLE");
    assertThat(Json.write(retried.path("inspectionData").path("errorDetails")))
        .isEqualTo("{\"retryIndex\":0,\"retryBackoffIntervalSeconds\":8}");
    JsonNode caught = failing("Busy", 3);
    assertThat(caught.path("status").asText()).isEqualTo("CAUGHT_ERROR");
    assertThat(caught.path("nextState").asText()).isEqualTo("Help");
    assertThat(caught.path("output").asText()).isEqualTo("{\"Error\":\"Busy\",\"Cause\":\"why\"}");
    JsonNode lost = failing("States.Runtime", 0);
    assertThat(lost.path("status").asText()).isEqualTo("FAILED");
    assertThat(lost.path("error").asText()).isEqualTo("States.Runtime");
  }

  @Test
  void anErrorIsCaughtWithoutAnOutputWhereTheCatcherFails() {
    ObjectNode input =
        trial(
            """
            {"Type":"Task","QueryLanguage":"JSONata","Resource":"arn:aws:states:::lambda:invoke",
             "Arguments":{"FunctionName":"f"},"End":true,"Catch":[{"ErrorEquals":["States.ALL"],
               "Output":"{% $states.input.missing %}","Next":"Help"}]}
            """,
            "{}");
    input.set("mock", Json.parse("{\"errorOutput\":{\"error\":\"Busy\",\"cause\":\"why\"}}"));
    JsonNode caught = states.call("TestState", input);
    assertThat(caught.path("status").asText()).isEqualTo("CAUGHT_ERROR");
    assertThat(caught.path("nextState").asText()).isEqualTo("Help");
    assertThat(caught.has("output")).isFalse();
  }

  @Test
  void variablesGoInAndComeOut() {
    ObjectNode input =
        trial(
            """
            {"Type":"Pass","QueryLanguage":"JSONata","Assign":{"b":"{% $a + 1 %}"},
             "Output":"{% $states.context.Execution.Name %}","End":true}
            """,
            "{}");
    input.put("variables", "{\"a\":1}").put("context", "{\"Execution\":{\"Name\":\"mine\"}}");
    JsonNode found = states.call("TestState", input);
    assertThat(found.path("output").asText()).isEqualTo("\"mine\"");
    assertThat(found.path("inspectionData").path("variables").asText())
        .isEqualTo("{\"a\":1,\"b\":2}");
  }

  @Test
  void aMapFailsWhereMoreIterationsFailThanItTolerates() {
    ObjectNode input =
        trial(
            """
            {"Type":"Map","ItemsPath":"$.v","ToleratedFailurePercentage":50,"End":true,
             "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"A",
              "States":{"A":{"Type":"Pass","End":true}}}}
            """,
            "{\"v\":[1,2,3,4]}");
    input.putObject("mock").put("result", "[1,2,3,4]");
    input.putObject("stateConfiguration").put("mapIterationFailureCount", 2);
    JsonNode tolerated = states.call("TestState", input);
    assertThat(tolerated.path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(tolerated.path("inspectionData").path("afterItemsPath").asText())
        .isEqualTo("[1,2,3,4]");
    assertThat(tolerated.path("inspectionData").has("afterItemSelector")).isFalse();
    input.putObject("stateConfiguration").put("mapIterationFailureCount", 3);
    JsonNode exceeded = states.call("TestState", input);
    assertThat(exceeded.path("error").asText()).isEqualTo("States.ExceedToleratedFailureThreshold");
  }

  @Test
  void whatAnItemSelectorMakesOfEachItemIsShown() {
    ObjectNode input =
        trial(
            """
            {"Type":"Map","ItemsPath":"$.v","End":true,
             "ItemSelector":{
              "i.$":"$$.Map.Item.Index","v.$":"$$.Map.Item.Value","first.$":"$.v[0]"},
             "ItemProcessor":{"ProcessorConfig":{"Mode":"INLINE"},"StartAt":"A",
              "States":{"A":{"Type":"Pass","End":true}}}}
            """,
            "{\"v\":[4,5]}");
    input.putObject("mock").put("result", "[1,2]");
    JsonNode found = states.call("TestState", input);
    assertThat(found.path("output").asText()).isEqualTo("[1,2]");
    assertThat(Json.parse(found.path("inspectionData").path("afterItemSelector").asText()))
        .isEqualTo(Json.parse("[{\"i\":0,\"v\":4,\"first\":4},{\"i\":1,\"v\":5,\"first\":4}]"));
  }

  @Test
  void aStateOfAnItemProcessorHasTheInputForItsItem() {
    ObjectNode input =
        trial(
            """
            {"StartAt":"M","States":{"M":{"Type":"Map","End":true,
             "ItemProcessor":{"ProcessorConfig":{"Mode":"INLINE"},"StartAt":"A",
              "States":{"A":{"Type":"Pass","End":true,
               "Parameters":{"i.$":"$$.Map.Item.Index","v.$":"$$.Map.Item.Value.n"}}}}}}}
            """,
            "{\"n\":7}");
    input.put("stateName", "A");
    assertThat(states.call("TestState", input).path("output").asText())
        .isEqualTo("{\"i\":0,\"v\":7}");
    input.put("context", "{\"Map\":{\"Item\":{\"Index\":3,\"Value\":{\"n\":8}}}}");
    assertThat(states.call("TestState", input).path("output").asText())
        .isEqualTo("{\"i\":3,\"v\":8}");
  }

  @Test
  void whatAMockSaysMustFitTheService() {
    String task =
        "{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::sqs:sendMessage\",\"End\":true}";
    ObjectNode input = trial(task, "{}");
    input.putObject("mock").put("result", "{\"MessageId\":7}");
    assertThat(states.refused("TestState", Json.write(input)))
        .isEqualTo(
            "ValidationException: Mock result schema validation error: Field 'MessageId' must be a"
                + " string");
    input.putObject("mock").put("result", "{\"MessageId\":7}").put("fieldValidationMode", "NONE");
    assertThat(states.call("TestState", input).path("output").asText())
        .isEqualTo("{\"MessageId\":7}");
  }

  @Test
  void aStateDeepInADefinitionIsFound() {
    ObjectNode input =
        trial(
            """
            {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":[
             {"StartAt":"Deep","States":{"Deep":{"Type":"Succeed"}}}]}}}
            """,
            "[1]");
    input.put("stateName", "Deep");
    assertThat(states.call("TestState", input).path("output").asText()).isEqualTo("[1]");
    input.put("stateName", "Missing");
    assertThat(states.refused("TestState", Json.write(input)))
        .isEqualTo("ValidationException: State not found in definition");
  }
}
