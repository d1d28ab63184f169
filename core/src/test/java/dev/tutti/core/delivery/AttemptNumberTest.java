package dev.tutti.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttemptNumberTest {
  private static final String INPUT = "{\"attempt\":<aws.scheduler.attempt-number>}";

  @Test
  void itStandsWhereverTheWordIs() {
    var input = Json.object().put("MessageBody", INPUT).put("n", 1);
    input.putArray("Entries").addObject().put("Detail", INPUT);

    assertThat(filled(input))
        .isEqualTo(
            Json.parse(
                "{\"MessageBody\":\"{\\\"attempt\\\":3}\",\"n\":1,"
                    + "\"Entries\":[{\"Detail\":\"{\\\"attempt\\\":3}\"}]}"));
  }

  @Test
  void itStandsInAFunctionsPayload() {
    String payload = Base64.getEncoder().encodeToString(INPUT.getBytes(StandardCharsets.UTF_8));

    String filled = filled(Json.object().put("Payload", payload)).path("Payload").asText();

    assertThat(new String(Base64.getDecoder().decode(filled), StandardCharsets.UTF_8))
        .isEqualTo("{\"attempt\":3}");
  }

  @Test
  void aPayloadIsATextWhereTheFunctionIsCalledByAnSdksNames() {
    Request request =
        AttemptNumber.in(
            new Request.Operation(
                "1",
                "us-east-1",
                "aws-sdk:lambda",
                "invoke",
                Json.object().put("FunctionName", "f").put("Payload", INPUT)),
            3);

    assertThat(((Request.Operation) request).input().path("Payload").asText())
        .isEqualTo("{\"attempt\":3}");
  }

  @Test
  void whatGoesElsewhereStaysAsItIs() {
    Request post = new Request.Post("http://127.0.0.1/", Map.of(), INPUT);

    assertThat(AttemptNumber.in(post, 3)).isSameAs(post);
  }

  private static com.fasterxml.jackson.databind.JsonNode filled(
      com.fasterxml.jackson.databind.JsonNode input) {
    Request request =
        AttemptNumber.in(new Request.Operation("1", "us-east-1", "sqs", "SendMessage", input), 3);
    return ((Request.Operation) request).input();
  }
}
