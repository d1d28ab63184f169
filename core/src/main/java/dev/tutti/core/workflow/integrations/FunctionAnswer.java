package dev.tutti.core.workflow.integrations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.core.kernel.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What Invoke answered, read the way Step Functions reads it. */
final class FunctionAnswer {
  private FunctionAnswer() {}

  /** The payload's bytes; none where there was no payload. */
  static byte[] payload(JsonNode output) {
    return Base64.getDecoder().decode(output.path("Payload").asText(""));
  }

  /** The payload as JSON; what isn't JSON is a text, no payload is null. */
  static JsonNode value(byte[] payload) {
    if (payload.length == 0) {
      return Json.parse("null");
    }
    try {
      return Json.parse(payload);
    } catch (MalformedJson e) {
      return Json.text(new String(payload, StandardCharsets.UTF_8));
    }
  }

  /** The failure that an answer stands for; null where the function succeeded. */
  static Result.@Nullable Failure failure(Work work, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Failed failed -> Answers.failure(work, failed, "Lambda", "AWSLambda");
      case Outcome.Succeeded done when done.output().hasNonNull("FunctionError") ->
          functionError(payload(done.output()));
      case Outcome.Succeeded done -> null;
    };
  }

  private static Result.Failure functionError(byte[] payload) {
    String text = new String(payload, StandardCharsets.UTF_8);
    JsonNode type = value(payload).path("errorType");
    return type.isTextual()
        ? new Result.Failure(type.textValue(), text)
        : new Result.Failure(
            "Lambda.Unknown",
            "The cause could not be determined because Lambda did not return an error type."
                + " Returned payload: "
                + text);
  }
}
