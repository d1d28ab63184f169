package dev.tutti.core.asl.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON value with places to fill in: what Parameters, ResultSelector and ItemSelector hold. A
 * part without such a place is {@link Fixed} as a whole and costs nothing to render.
 */
public sealed interface PayloadTemplate {
  /**
   * The value in a scope.
   *
   * @throws StatesError States.Runtime where a path leads nowhere, States.IntrinsicFailure where a
   *     function fails
   */
  JsonNode render(Scope scope);

  /** A part that stands as it is. */
  record Fixed(JsonNode value) implements PayloadTemplate {
    @Override
    public JsonNode render(Scope scope) {
      return value;
    }
  }

  /**
   * A place to fill in.
   *
   * @param field the member's name as written, "id.$"
   */
  record Computed(String field, Expression expression) implements PayloadTemplate {
    @Override
    public JsonNode render(Scope scope) {
      return expression.evaluate(scope, field);
    }
  }

  /** An object with places in it; members by the names that they get. */
  record Members(Map<String, PayloadTemplate> members) implements PayloadTemplate {
    public Members {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    @Override
    public JsonNode render(Scope scope) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      members.forEach((name, part) -> object.set(name, part.render(scope)));
      return object;
    }
  }

  /** An array with places in it. */
  record Elements(List<PayloadTemplate> elements) implements PayloadTemplate {
    public Elements {
      elements = List.copyOf(elements);
    }

    @Override
    public JsonNode render(Scope scope) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode(elements.size());
      elements.forEach(part -> array.add(part.render(scope)));
      return array;
    }
  }
}
