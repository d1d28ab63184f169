package dev.tutti.core.asl.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.asl.data.ReferencePath.Step;
import java.util.List;

/** Where a result goes in a state's raw input. */
public sealed interface ResultPath {
  /** {@code $}: the result takes the input's place. */
  ResultPath WHOLE = new Whole();

  /**
   * The raw input with the result in its place. Neither is changed.
   *
   * @throws StatesError States.ResultPathMatchFailure where the input has no such place
   */
  JsonNode apply(JsonNode rawInput, JsonNode result);

  /** {@code $}. */
  record Whole() implements ResultPath {
    @Override
    public JsonNode apply(JsonNode rawInput, JsonNode result) {
      return result;
    }
  }

  /** {@code null}: the result is dropped. */
  record Nowhere() implements ResultPath {
    @Override
    public JsonNode apply(JsonNode rawInput, JsonNode result) {
      return rawInput;
    }
  }

  /**
   * {@code $.a.b[0]}: replaces what is there. Members that are missing on the way are made;
   * elements of arrays must be there.
   */
  record At(String text, List<Step> steps) implements ResultPath {
    public At {
      steps = List.copyOf(steps);
    }

    @Override
    public JsonNode apply(JsonNode rawInput, JsonNode result) {
      return put(rawInput, 0, result, rawInput);
    }

    private JsonNode put(JsonNode at, int depth, JsonNode result, JsonNode rawInput) {
      if (depth == steps.size()) {
        return result;
      }
      return switch (steps.get(depth)) {
        case Step.Member(String name) when at.isObject() || at.isMissingNode() -> {
          ObjectNode copy = JsonNodeFactory.instance.objectNode();
          if (at instanceof ObjectNode object) {
            copy.setAll(object);
          }
          copy.set(name, put(at.path(name), depth + 1, result, rawInput));
          yield copy;
        }
        case Step.Index(int index) when at.has(index) -> {
          ArrayNode copy = JsonNodeFactory.instance.arrayNode(at.size());
          at.forEach(copy::add);
          copy.set(index, put(at.path(index), depth + 1, result, rawInput));
          yield copy;
        }
        default ->
            throw new StatesError(
                StatesError.RESULT_PATH_MATCH_FAILURE,
                "Unable to apply ReferencePath " + text + " to input " + rawInput);
      };
    }
  }
}
