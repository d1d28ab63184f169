package dev.tutti.core.logs.filter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.pattern.Glob;
import dev.tutti.core.pattern.Regex;
import java.util.OptionalDouble;

/**
 * Compares a property or a column with something.
 *
 * @param operator how
 * @param operand with what
 */
record Comparison(Operator operator, Operand operand) {
  private enum Operator {
    NOT_EQUAL("!="),
    AT_LEAST(">="),
    AT_MOST("<="),
    EQUAL("="),
    MORE(">"),
    LESS("<");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }
  }

  /** What is compared with: an expression, an amount, or a text with {@code *} for any others. */
  private sealed interface Operand {
    record Expression(Regex regex) implements Operand {}

    record Amount(double value, String text) implements Operand {}

    record Text(Glob glob) implements Operand {}
  }

  /** Whether an operator is next. */
  static boolean isNext(FilterText rest) {
    return rest.isNext('=') || rest.isNext('!') || rest.isNext('<') || rest.isNext('>');
  }

  /** Reads an operator and its operand. */
  static Comparison of(FilterText rest) {
    for (Operator operator : Operator.values()) {
      if (rest.takes(operator.sign)) {
        return new Comparison(operator, operand(operator, rest));
      }
    }
    throw rest.unexpected();
  }

  private static Operand operand(Operator operator, FilterText rest) {
    boolean isOrder = operator != Operator.EQUAL && operator != Operator.NOT_EQUAL;
    if (!isOrder && rest.isNext('%')) {
      return new Operand.Expression(rest.expression());
    }
    if (rest.isNext('"')) {
      String quoted = rest.quoted();
      if (isOrder) {
        throw FilterText.invalid('"' + quoted + '"');
      }
      return text(quoted);
    }
    String operand = rest.operand();
    if (operand.startsWith("=") || operand.equals("null")) {
      throw FilterText.invalid();
    }
    OptionalDouble amount = amount(operand);
    if (amount.isPresent()) {
      return new Operand.Amount(amount.getAsDouble(), operand);
    }
    if (isOrder) {
      throw FilterText.invalid(operand);
    }
    return text(operand);
  }

  private static Operand text(String text) {
    return new Operand.Text(Glob.compile(text));
  }

  private static OptionalDouble amount(String text) {
    try {
      return text.isEmpty() || Character.isLetter(text.charAt(text.length() - 1))
          ? OptionalDouble.empty()
          : OptionalDouble.of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  /** Whether it holds for a column. */
  boolean holds(String column) {
    OptionalDouble amount = amount(column);
    if (amount.isPresent() && operand instanceof Operand.Amount wanted) {
      return holds(amount.getAsDouble(), wanted.value());
    }
    return holdsAsText(column);
  }

  /** Whether it holds for a property: a number or a text, and nothing else. */
  boolean holds(JsonNode property) {
    if (operand instanceof Operand.Amount wanted && property.isNumber()) {
      return holds(property.asDouble(), wanted.value());
    }
    return property.isFloatingPointNumber()
        ? holdsAsText(Double.toString(property.asDouble()))
        : (property.isNumber() || property.isTextual()) && holdsAsText(property.asText());
  }

  private boolean holdsAsText(String value) {
    return switch (operand) {
      case Operand.Expression(Regex regex) -> regex.find(value) == isEquality();
      case Operand.Text(Glob glob) -> glob.matches(value) == isEquality();
      // A text and a number are the same or not; neither is more.
      case Operand.Amount(double wanted, String text) ->
          value.equals(text) ? isEquality() : operator == Operator.NOT_EQUAL;
    };
  }

  private boolean isEquality() {
    return operator == Operator.EQUAL;
  }

  private boolean holds(double given, double wanted) {
    return switch (operator) {
      case EQUAL -> given == wanted;
      case NOT_EQUAL -> given != wanted;
      case MORE -> given > wanted;
      case LESS -> given < wanted;
      case AT_LEAST -> given >= wanted;
      case AT_MOST -> given <= wanted;
    };
  }
}
