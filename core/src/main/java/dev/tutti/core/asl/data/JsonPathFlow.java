package dev.tutti.core.asl.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.jspecify.annotations.Nullable;

/**
 * Data flow by JSONPath (specification, "Input and output processing").
 *
 * @param inputPath null where the definition says null: an empty object
 * @param parameters null for none. A Map state's are its {@code ItemSelector}, not here
 * @param resultSelector null for none
 * @param outputPath null where the definition says null: an empty object
 */
public record JsonPathFlow(
    @Nullable Path inputPath,
    @Nullable PayloadTemplate parameters,
    @Nullable PayloadTemplate resultSelector,
    ResultPath resultPath,
    @Nullable Path outputPath)
    implements DataFlow {
  /** Everything as it comes. */
  public static final JsonPathFlow PLAIN =
      new JsonPathFlow(Paths.INPUT, null, null, ResultPath.WHOLE, Paths.INPUT);

  @Override
  public JsonNode input(Scope raw) {
    return select(inputPath, raw);
  }

  @Override
  public JsonNode arguments(Scope raw) {
    JsonNode input = input(raw);
    return parameters == null ? input : parameters.render(raw.over(input));
  }

  @Override
  public JsonNode output(Scope raw, JsonNode result) {
    JsonNode selected = resultSelector == null ? result : resultSelector.render(raw.over(result));
    return select(outputPath, raw.over(resultPath.apply(raw.input(), selected)));
  }

  private static JsonNode select(@Nullable Path path, Scope scope) {
    return path == null ? JsonNodeFactory.instance.objectNode() : path.read(scope);
  }
}
