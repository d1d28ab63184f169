package dev.tutti.core.asl.data;

import com.fasterxml.jackson.databind.JsonNode;

/** A whole number in a definition: written there, or read from the data when the state runs. */
public sealed interface Amount {
  /**
   * The number in a scope.
   *
   * @throws StatesError States.Runtime where the path leads nowhere or not to a whole number
   */
  long value(Scope scope);

  /** A number that stands in the definition. */
  record Fixed(long value) implements Amount {
    @Override
    public long value(Scope scope) {
      return value;
    }
  }

  /**
   * A number by path, as in TimeoutSecondsPath.
   *
   * @param field the field's name, "TimeoutSecondsPath"
   */
  record AtPath(String field, Path path) implements Amount {
    @Override
    public long value(Scope scope) {
      JsonNode found = path.read(scope);
      if (!found.isIntegralNumber() || !found.canConvertToLong()) {
        throw StatesError.runtime(
            "The %s field refers to value \"%s\" which is not a valid integer: %s"
                .formatted(field, found.isTextual() ? found.textValue() : found, path.text()));
      }
      return found.longValue();
    }
  }
}
