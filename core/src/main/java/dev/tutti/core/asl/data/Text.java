package dev.tutti.core.asl.data;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A text in a definition: written there, or computed when the state runs (ErrorPath, CausePath).
 */
public sealed interface Text {
  /**
   * The text in a scope.
   *
   * @throws StatesError States.Runtime where the expression has no value or one that is not a text
   */
  String value(Scope scope);

  /** A text that stands in the definition. */
  record Fixed(String value) implements Text {
    @Override
    public String value(Scope scope) {
      return value;
    }
  }

  /** A text by JSONata. */
  record Queried(String field, Jsonata expression) implements Text {
    @Override
    public String value(Scope scope) {
      return expression.typed(scope, field, Jsonata.Type.STRING).textValue();
    }
  }

  /**
   * A text by path or intrinsic function.
   *
   * @param field the field's name, "CausePath"
   */
  record Computed(String field, Expression expression) implements Text {
    @Override
    public String value(Scope scope) {
      JsonNode found = expression.evaluate(scope, field);
      if (!found.isTextual()) {
        throw StatesError.runtime(
            "The %s field refers to value \"%s\" which is not a string: %s"
                .formatted(field, found, expression.text()));
      }
      return found.textValue();
    }
  }
}
