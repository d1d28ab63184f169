package dev.tutti.core.asl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.data.Jsonata;
import dev.tutti.core.asl.data.Path;
import dev.tutti.core.asl.data.PayloadTemplate;
import dev.tutti.core.asl.data.Scope;
import dev.tutti.core.asl.data.Stage;
import dev.tutti.core.asl.data.StatesError;
import dev.tutti.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The items of a Map state.
 *
 * @param path ItemsPath, over the state's input after InputPath; null in JSONata
 * @param query Items, in JSONata; null for the state's input, or by path
 * @param selector ItemSelector, or the older Parameters; null for the item as it is
 */
public record MapItems(
    @Nullable Path path, @Nullable PayloadTemplate query, @Nullable PayloadTemplate selector) {
  /**
   * The items.
   *
   * @param scope over the state's input after InputPath
   * @throws StatesError States.Runtime (in JSONata States.QueryEvaluationError) where there is no
   *     array
   */
  public List<JsonNode> items(Scope scope) {
    if (path != null) {
      JsonNode found = path.read(scope);
      if (!found.isArray()) {
        throw StatesError.runtime(
            "Reference path \"%s\" must point to array.".formatted(path.text()));
      }
      return elements(scope.seen(Stage.AFTER_ITEMS_PATH, found));
    }
    if (query instanceof PayloadTemplate.Computed(String field, Jsonata expression)) {
      return elements(expression.typed(scope, field, Jsonata.Type.ARRAY));
    }
    JsonNode found = query == null ? scope.input() : query.render(scope);
    if (!found.isArray()) {
      throw StatesError.query(
          null, "Map state input must be an array but was: " + Json.write(found));
    }
    return elements(found);
  }

  private static List<JsonNode> elements(JsonNode array) {
    var items = new ArrayList<JsonNode>(array.size());
    array.forEach(items::add);
    return items;
  }

  /**
   * What one iteration gets.
   *
   * @param scope over the state's input after InputPath; its context holds Map.Item.Index and
   *     Map.Item.Value
   */
  public JsonNode iterationInput(Scope scope, JsonNode item) {
    return selector == null ? item : selector.render(scope);
  }
}
