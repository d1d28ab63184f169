package dev.tutti.core.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The word in a schedule's input that stands for the number of the attempt (AWS's page "Adding
 * context attributes"): the only thing in which one attempt differs from another.
 */
final class AttemptNumber {
  private static final String WORD = "<aws.scheduler.attempt-number>";

  /** The member of Lambda's Invoke that is bytes; by an SDK's names it is a text like others. */
  private static final String PAYLOAD = "Payload";

  private static final String SDK = "aws-sdk:";

  private AttemptNumber() {}

  /** The request of an attempt; the same one where the word isn't in it. */
  static Request in(Request request, int attempt) {
    return request instanceof Request.Operation asked
        ? new Request.Operation(
            asked.context(),
            asked.region(),
            asked.service(),
            asked.operation(),
            filled(asked.input(), Integer.toString(attempt), !asked.service().startsWith(SDK)))
        : request;
  }

  private static JsonNode filled(JsonNode value, String number, boolean inBytes) {
    return switch (value) {
      case ObjectNode object -> {
        ObjectNode filled = Json.object();
        object
            .properties()
            .forEach(member ->
                filled.set(
                    member.getKey(),
                    inBytes && member.getKey().equals(PAYLOAD) && member.getValue().isTextual()
                        ? Json.text(bytes(member.getValue().asText(), number))
                        : filled(member.getValue(), number, inBytes)));
        yield filled;
      }
      case ArrayNode array -> {
        ArrayNode filled = Json.array();
        array.forEach(each -> filled.add(filled(each, number, inBytes)));
        yield filled;
      }
      default -> value.isTextual() ? Json.text(value.asText().replace(WORD, number)) : value;
    };
  }

  private static String bytes(String base64, String number) {
    String text = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    return text.contains(WORD)
        ? Base64.getEncoder()
            .encodeToString(text.replace(WORD, number).getBytes(StandardCharsets.UTF_8))
        : base64;
  }
}
