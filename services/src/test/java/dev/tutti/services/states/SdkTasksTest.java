package dev.tutti.services.states;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SdkTasksTest {
  private final States states =
      new States(input -> {
        byte[] payload = Base64.getDecoder().decode(input.path("Payload").asText());
        String answer = "\"" + new String(payload, StandardCharsets.UTF_8).length() + "\"";
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

  private JsonNode run(String resource, String parameters) {
    String machine =
        states.machine(
            "m",
            """
            {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:%s",
             "Parameters":%s,"End":true}}}
            """
                .formatted(resource, parameters));
    return states.ended(states.start(machine, "{}"));
  }

  @Test
  void anyOperationThatIsSpokenCanBeAsked() {
    JsonNode asked = run("lambda:invoke", "{\"FunctionName\":\"f\",\"Payload\":{\"a\":1}}");
    assertThat(asked.path("output").asText())
        .isEqualTo("{\"StatusCode\":200,\"Payload\":\"\\\"7\\\"\"}");
  }

  @Test
  void namesAreThoseOfAnSdk() {
    JsonNode listed = run("sfn:listStateMachines", "{\"MaxResults\":5}");
    JsonNode machine = Json.parse(listed.path("output").asText()).path("StateMachines").get(0);
    assertThat(machine.path("StateMachineArn").asText()).endsWith(":stateMachine:m");
    assertThat(machine.path("CreationDate").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
  }

  @Test
  void errorsAreNamedAfterTheirClasses() {
    JsonNode refused = run("sfn:sendTaskSuccess", "{\"TaskToken\":\"none\",\"Output\":\"1\"}");
    assertThat(refused.path("error").asText()).isEqualTo("Sfn.InvalidTokenException");
    assertThat(refused.path("cause").asText())
        .startsWith("Invalid Token: 'Invalid token' (Service: Sfn, Status Code: 400, Request ID: ")
        .endsWith(") (SDK Attempt Count: 1)");
  }

  @Test
  void bucketsGiveARequestTwoIds() {
    JsonNode refused = run("s3:listBuckets", "{}");
    assertThat(refused.path("error").asText()).isEqualTo("S3.S3Exception");
    assertThat(refused.path("cause").asText())
        .matches(".* Request ID: [0-9a-f-]{36}, Extended Request ID: [0-9a-f]{64}\\) \\(.*");
  }

  @Test
  void whatIsNotSpokenFailsByName() {
    JsonNode refused = run("dynamodb:listTables", "{}");
    assertThat(refused.path("error").asText()).isEqualTo("DynamoDb.DynamoDbException");
    assertThat(refused.path("cause").asText())
        .contains("dynamodb:ListTables is not available here");
  }
}
