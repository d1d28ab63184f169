package dev.tutti.services.states.trial;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.MapState;
import dev.tutti.core.asl.ParallelState;
import dev.tutti.core.asl.State;
import dev.tutti.core.asl.TaskState;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.core.workflow.Trial;

/** What answers in the place of a state's work. */
final class Mock {
  private Mock() {}

  /** Members of a call that exclude or need each other. */
  static void checkCombination(JsonNode input) {
    JsonNode mock = input.path("mock");
    if (!input.hasNonNull("mock")) {
      JsonNode configuration = input.path("stateConfiguration");
      for (String member : configured(configuration)) {
        throw Tested.invalid(
            "TestState does not support "
                + Character.toUpperCase(member.charAt(0))
                + member.substring(1)
                + " when a mock is not specified.");
      }
      return;
    }
    if (mock.hasNonNull("result") && mock.hasNonNull("errorOutput")) {
      throw Tested.invalid(
          "A test mock should have only one of the following fields: [result, errorOutput].");
    }
    if (input.path("revealSecrets").asBoolean(false)) {
      throw Tested.invalid("TestState does not support RevealSecrets when a mock is specified.");
    }
  }

  private static Iterable<String> configured(JsonNode configuration) {
    return configuration::fieldNames;
  }

  /** What the state's work comes to. */
  static Trial.Work work(State state, JsonNode input) {
    JsonNode mock = input.path("mock");
    switch (state) {
      case TaskState _, MapState _, ParallelState _ -> {}
      default ->
          throw Tested.invalid(
              "State type '" + state.type() + "' is not supported when a mock is specified");
    }
    if (mock.hasNonNull("errorOutput")) {
      JsonNode error = mock.get("errorOutput");
      return new Trial.Fails(text(error, "error"), text(error, "cause"));
    }
    JsonNode result = result(mock);
    String mode = mock.path("fieldValidationMode").asText("STRICT");
    switch (state) {
      case TaskState task when !mode.equals("NONE") ->
          MockShape.check(task, result, mode.equals("STRICT"));
      case MapState map -> checkMap(map, result);
      case ParallelState parallel -> checkParallel(parallel, result);
      default -> {}
    }
    JsonNode configuration = input.path("stateConfiguration");
    return new Trial.Gives(
        result, configuration.path("mapIterationFailureCount").asLong(0), items(configuration));
  }

  private static String text(JsonNode error, String member) {
    return error.path(member).asText("");
  }

  private static JsonNode result(JsonNode mock) {
    try {
      return Json.parse(mock.path("result").asText("{}"));
    } catch (MalformedJson e) {
      throw Tested.invalid("Mocked result must be valid JSON");
    }
  }

  private static int items(JsonNode configuration) {
    try {
      return Json.parse(configuration.path("mapItemReaderData").asText("[]")).size();
    } catch (MalformedJson e) {
      return (int) configuration.path("mapItemReaderData").asText().lines().count();
    }
  }

  private static void checkMap(MapState map, JsonNode result) {
    boolean written = map.distributed() != null && map.distributed().writer() != null;
    if (written && !result.isObject()) {
      throw Tested.invalid("Mocked result must be a JSON object.");
    }
    if (!written && !result.isArray()) {
      throw Tested.invalid("Mocked result must be an array.");
    }
  }

  private static void checkParallel(ParallelState parallel, JsonNode result) {
    if (!result.isArray()) {
      throw Tested.invalid("Mocked result must be an array.");
    }
    if (result.size() != parallel.branches().size()) {
      throw Tested.invalid(
          "Mocked result must contain the same number of items as number of Parallel branches.");
    }
  }
}
