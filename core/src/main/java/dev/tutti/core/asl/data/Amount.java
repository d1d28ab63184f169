package dev.tutti.core.asl.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

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

  /** A number by JSONata. */
  record Computed(String field, Jsonata expression, long least) implements Amount {
    @Override
    public long value(Scope scope) {
      JsonNode found = expression.typed(scope, field, Jsonata.Type.NUMBER);
      if (found.decimalValue().stripTrailingZeros().scale() > 0
          || found.decimalValue().abs().compareTo(MOST) > 0) {
        throw StatesError.query(
            field, "The " + field + " field must be an integer but was: " + found);
      }
      if (found.longValue() < least) {
        throw StatesError.query(
            field, "The " + field + " field must be at least " + least + " but was: " + found);
      }
      return found.longValue();
    }
  }

  /** Far more than any field takes. */
  BigDecimal MOST = BigDecimal.valueOf(Integer.MAX_VALUE);

  /**
   * A number by path, as in TimeoutSecondsPath.
   *
   * @param field the field's name, "TimeoutSecondsPath"
   */
  record AtPath(String field, Path path) implements Amount {
    @Override
    public long value(Scope scope) {
      JsonNode found = path.read(scope);
      if (found.isTextual() && found.textValue().matches("-?\\d{1,18}")) {
        return Long.parseLong(found.textValue());
      }
      if (!found.isIntegralNumber() || !found.canConvertToLong()) {
        throw StatesError.runtime(
            "The %s field refers to value \"%s\" which is not a valid integer: %s"
                .formatted(field, found.isTextual() ? found.textValue() : found, path.text()));
      }
      return found.longValue();
    }
  }
}
