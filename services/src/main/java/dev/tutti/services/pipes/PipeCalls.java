package dev.tutti.services.pipes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.events.HttpParameters;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.services.sources.Batch;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Calls that a pipe waits for, of enrichments and targets alike. */
final class PipeCalls {
  private final Batch.Calls calls;
  private final Turns turns;

  PipeCalls(Batch.Calls calls, Turns turns) {
    this.calls = calls;
    this.turns = turns;
  }

  /** A call failed: the messages behind it are seen again. */
  static final class Broken extends RuntimeException {
    Broken(String message) {
      super(message, null, false, false);
    }
  }

  JsonNode perform(String service, String operation, ObjectNode input) {
    return switch (calls.perform(service, operation, input)) {
      case Outcome.Succeeded done -> done.output();
      case Outcome.Failed failed ->
          throw new Broken(
              service + ":" + operation + ": " + failed.error() + ": " + failed.message());
    };
  }

  /** Invokes a function and waits; its answer as text. */
  String invoke(String function, JsonNode payload) {
    JsonNode output =
        perform(
            "lambda",
            "Invoke",
            invocation(function, payload).put("InvocationType", "RequestResponse"));
    String answer =
        new String(
            Base64.getDecoder().decode(output.path("Payload").asText()), StandardCharsets.UTF_8);
    if (output.hasNonNull("FunctionError")) {
      throw new Broken(function + " failed: " + answer);
    }
    return answer;
  }

  static ObjectNode invocation(String function, JsonNode payload) {
    return Json.object()
        .put("FunctionName", function)
        .put("Payload", Base64.getEncoder().encodeToString(Json.bytes(payload)));
  }

  /** Runs an express state machine to its end; its output as text. */
  String run(String machine, JsonNode input) {
    JsonNode ended =
        perform(
            "states",
            "StartSyncExecution",
            Json.object().put("stateMachineArn", machine).put("input", Json.write(input)));
    if (!ended.path("status").asText().equals("SUCCEEDED")) {
      throw new Broken(
          machine
              + " ended "
              + ended.path("status").asText()
              + ": "
              + ended.path("error").asText());
    }
    return ended.path("output").asText();
  }

  /**
   * Sends to an API destination, no oftener than that allows; its answer as text.
   *
   * @param parameters with {@code HttpParameters}, whose paths the event fills
   */
  String send(String destination, String body, @Nullable JsonNode parameters, PipeEvent event) {
    ObjectNode input = Json.object().put("ApiDestinationArn", destination).put("Body", body);
    if (parameters != null && parameters.path("HttpParameters").isObject()) {
      input.set(
          "HttpParameters",
          HttpParameters.of(parameters.path("HttpParameters")).resolved(event::find).members());
    }
    try {
      turns.await(destination);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Broken(destination + " was not called: the pipe was stopped");
    }
    return perform("events", "InvokeApiDestination", input).path("Body").asText();
  }
}
