package dev.tutti.core.asl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.data.Path;
import dev.tutti.core.asl.data.PayloadTemplate;
import dev.tutti.core.asl.data.Scope;
import dev.tutti.core.asl.data.StatesError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The items of a Map state.
 *
 * @param path ItemsPath, over the state's input after InputPath; null for the input itself
 * @param selector ItemSelector, or the older Parameters; null for the item as it is
 */
public record MapItems(@Nullable Path path, @Nullable PayloadTemplate selector) {
  /**
   * The items.
   *
   * @param scope over the state's input after InputPath
   * @throws StatesError States.Runtime where there is no array
   */
  public List<JsonNode> items(Scope scope) {
    JsonNode found = path == null ? scope.input() : path.read(scope);
    if (!found.isArray()) {
      throw StatesError.runtime(
          "Reference path \"%s\" must point to array.".formatted(path == null ? "$" : path.text()));
    }
    var items = new ArrayList<JsonNode>(found.size());
    found.forEach(items::add);
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
