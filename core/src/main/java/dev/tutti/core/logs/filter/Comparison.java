package dev.tutti.core.logs.filter;

import dev.tutti.core.pattern.Regex;
import java.util.Arrays;
import java.util.List;
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

    record Text(List<String> pieces) implements Operand {}
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
    if (!isOrder && rest.isNext('"')) {
      return text(rest.quoted());
    }
    String operand = rest.operand();
    OptionalDouble amount = amount(operand);
    if (amount.isPresent()) {
      return new Operand.Amount(amount.getAsDouble(), operand);
    }
    if (isOrder) {
      throw new IllegalArgumentException(
          "'" + operand + "' is not a number, which " + operator.sign + " compares with");
    }
    return text(operand);
  }

  private static Operand text(String text) {
    return new Operand.Text(Arrays.asList(text.split("\\*", -1)));
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

  /** Whether it holds for a value, which is text or a number written out. */
  boolean holds(String value) {
    return switch (operand) {
      case Operand.Expression(Regex regex) -> regex.find(value) == isEquality();
      case Operand.Text(List<String> pieces) -> isLike(value, pieces) == isEquality();
      case Operand.Amount(double wanted, String text) -> holds(value, wanted, text);
    };
  }

  private boolean isEquality() {
    return operator == Operator.EQUAL;
  }

  private boolean holds(String value, double wanted, String text) {
    OptionalDouble amount = amount(value);
    if (amount.isEmpty()) {
      return operator == Operator.NOT_EQUAL && !value.equals(text);
    }
    double given = amount.getAsDouble();
    return switch (operator) {
      case EQUAL -> given == wanted;
      case NOT_EQUAL -> given != wanted;
      case MORE -> given > wanted;
      case LESS -> given < wanted;
      case AT_LEAST -> given >= wanted;
      case AT_MOST -> given <= wanted;
    };
  }

  /** Whether a text is made of pieces with anything between them. */
  private static boolean isLike(String value, List<String> pieces) {
    if (pieces.size() == 1) {
      return value.equals(pieces.getFirst());
    }
    String last = pieces.getLast();
    int end = value.length() - last.length();
    int at = pieces.getFirst().length();
    if (!value.startsWith(pieces.getFirst()) || !value.endsWith(last) || end < at) {
      return false;
    }
    for (String piece : pieces.subList(1, pieces.size() - 1)) {
      int found = value.indexOf(piece, at);
      if (found < 0 || found + piece.length() > end) {
        return false;
      }
      at = found + piece.length();
    }
    return true;
  }
}
