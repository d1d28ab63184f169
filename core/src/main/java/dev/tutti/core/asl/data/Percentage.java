package dev.tutti.core.asl.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A share of a hundred, written out, by path, or by JSONata.
 *
 * @param field as errors name it
 * @param fixed null where it isn't written out
 */
public record Percentage(
    String field, @Nullable BigDecimal fixed, @Nullable Path path, @Nullable Jsonata expression) {
  private static final BigDecimal ALL = BigDecimal.valueOf(100);

  /** A number in a text, which a path may lead to as well. */
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}(\\.\\d{1,18})?");

  /**
   * The share, from 0 to 100.
   *
   * @throws StatesError where it is no such number
   */
  public BigDecimal value(Scope scope) {
    BigDecimal value = fixed == null ? found(scope) : fixed;
    if (value.signum() < 0 || value.compareTo(ALL) > 0) {
      throw expression == null
          ? StatesError.runtime(field + " must be between 0 and 100.")
          : StatesError.query(
              field, "The " + field + " field must be between 0 and 100 but was: " + value);
    }
    return value;
  }

  private BigDecimal found(Scope scope) {
    if (expression != null) {
      return expression.typed(scope, field, Jsonata.Type.NUMBER).decimalValue();
    }
    if (path == null) {
      throw new IllegalStateException(field + " is written in no way");
    }
    JsonNode found = path.read(scope);
    if (found.isTextual() && NUMBER.matcher(found.textValue()).matches()) {
      return new BigDecimal(found.textValue());
    }
    if (!found.isNumber()) {
      throw StatesError.runtime(
          "The %sPath field refers to value \"%s\" which is not a valid float: %s"
              .formatted(field, found.isTextual() ? found.textValue() : found, path.text()));
    }
    return found.decimalValue();
  }
}
