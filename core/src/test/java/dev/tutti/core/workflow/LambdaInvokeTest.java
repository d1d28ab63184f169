package dev.tutti.core.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Request;
import dev.tutti.core.workflow.integrations.Integration;
import dev.tutti.core.workflow.integrations.Result;
import dev.tutti.core.workflow.integrations.Work;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

final class LambdaInvokeTest {
  private static final String RESOURCE = "arn:aws:states:::lambda:invoke";
  private final Integration invoke = Integration.of(RESOURCE);

  @Test
  void aTextIsPayloadAlreadyWritten() {
    assertThat(payload("{\"FunctionName\":\"f\",\"Payload\":\"0.0\"}")).isEqualTo("0.0");
    assertThat(payload("{\"FunctionName\":\"f\",\"Payload\":{\"a\":\"b\"}}"))
        .isEqualTo("{\"a\":\"b\"}");
    assertThat(payload("{\"FunctionName\":\"f\",\"Payload\":null}")).isEmpty();
  }

  @Test
  void aFunctionsErrorNamesTheTasksError() {
    var output = Json.object().put("FunctionError", "Unhandled");
    output.put("Payload", base64("{\"errorType\": \"Odd\", \"errorMessage\": \"\"}"));

    assertThat(invoke.result(work("{}"), new Outcome.Succeeded(output), 0))
        .isEqualTo(new Result.Failure("Odd", "{\"errorType\":\"Odd\",\"errorMessage\":\"\"}"));
  }

  private String payload(String parameters) {
    JsonNode input =
        invoke.request(work(parameters)) instanceof Request.Operation operation
            ? operation.input()
            : Json.object();
    return new String(
        Base64.getDecoder().decode(input.path("Payload").asText()), StandardCharsets.UTF_8);
  }

  private static Work work(String parameters) {
    return new Work(
        "arn:aws:states:us-east-1:111111111111:execution:m:e",
        "111111111111",
        "us-east-1",
        RESOURCE,
        3,
        Json.parse(parameters));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
