package dev.tutti.core.asl.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Data flow by JSONPath (specification, "Input and output processing").
 *
 * @param inputPath null where the definition says null: an empty object
 * @param parameters null for none. A Map state's are its {@code ItemSelector}, not here
 * @param resultSelector null for none
 * @param outputPath null where the definition says null: an empty object
 * @param assign variables to set, over the state's result; null for none
 */
public record JsonPathFlow(
    @Nullable Path inputPath,
    @Nullable PayloadTemplate parameters,
    @Nullable PayloadTemplate resultSelector,
    ResultPath resultPath,
    @Nullable Path outputPath,
    @Nullable PayloadTemplate assign)
    implements DataFlow {
  /** Everything as it comes. */
  public static final JsonPathFlow PLAIN =
      new JsonPathFlow(Paths.INPUT, null, null, ResultPath.WHOLE, Paths.INPUT, null);

  @Override
  public JsonNode input(Scope raw) {
    return raw.seen(Stage.AFTER_INPUT_PATH, select(inputPath, raw));
  }

  @Override
  public JsonNode arguments(Scope raw) {
    JsonNode input = input(raw);
    return raw.seen(
        Stage.AFTER_PARAMETERS, parameters == null ? input : parameters.render(raw.over(input)));
  }

  @Override
  public JsonNode output(Scope raw, JsonNode result) {
    JsonNode selected =
        raw.seen(
            Stage.AFTER_RESULT_SELECTOR,
            resultSelector == null ? result : resultSelector.render(raw.over(result)));
    JsonNode placed = raw.seen(Stage.AFTER_RESULT_PATH, resultPath.apply(raw.input(), selected));
    return select(outputPath, raw.over(placed));
  }

  @Override
  public ObjectNode assigned(Scope raw, JsonNode result) {
    return assign != null && assign.render(raw.over(result)) instanceof ObjectNode variables
        ? variables
        : JsonNodeFactory.instance.objectNode();
  }

  /** The same with other variables to set. */
  public JsonPathFlow assigning(@Nullable PayloadTemplate variables) {
    return new JsonPathFlow(
        inputPath, parameters, resultSelector, resultPath, outputPath, variables);
  }

  private static JsonNode select(@Nullable Path path, Scope scope) {
    return path == null ? JsonNodeFactory.instance.objectNode() : path.read(scope);
  }
}
