package dev.tutti.core.asl.choice;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.data.Path;
import dev.tutti.core.asl.data.Scope;
import dev.tutti.core.asl.data.Timestamps;
import java.time.Instant;

/**
 * Compares a value of the data to a literal or to another value of it. Values of other types than
 * the comparison's never compare.
 *
 * @param variable the left side
 */
public record Comparison(Path variable, Kind kind, Relation relation, Operand operand)
    implements Condition.Test {
  /** What is compared, as the operators' names begin. */
  public enum Kind {
    STRING("String"),
    NUMERIC("Numeric"),
    BOOLEAN("Boolean"),
    TIMESTAMP("Timestamp");

    private final String written;

    Kind(String written) {
      this.written = written;
    }

    public String written() {
      return written;
    }
  }

  /** How, as the operators' names go on. */
  public enum Relation {
    EQUALS("Equals"),
    LESS_THAN("LessThan"),
    GREATER_THAN("GreaterThan"),
    LESS_THAN_EQUALS("LessThanEquals"),
    GREATER_THAN_EQUALS("GreaterThanEquals");

    private final String written;

    Relation(String written) {
      this.written = written;
    }

    public String written() {
      return written;
    }

    boolean holds(int order) {
      return switch (this) {
        case EQUALS -> order == 0;
        case LESS_THAN -> order < 0;
        case GREATER_THAN -> order > 0;
        case LESS_THAN_EQUALS -> order <= 0;
        case GREATER_THAN_EQUALS -> order >= 0;
      };
    }
  }

  /** The right side. */
  public sealed interface Operand {
    /** A value of the definition. */
    record Literal(JsonNode value) implements Operand {}

    /** A value of the data. */
    record AtPath(Path path) implements Operand {}
  }

  @Override
  public boolean holds(Scope scope) {
    JsonNode left = Variables.present(variable, scope);
    JsonNode right =
        switch (operand) {
          case Operand.Literal(JsonNode value) -> value;
          case Operand.AtPath(Path path) -> Variables.present(path, scope);
        };
    return switch (kind) {
      case STRING ->
          left.isTextual()
              && right.isTextual()
              && relation.holds(left.textValue().compareTo(right.textValue()));
      case NUMERIC ->
          left.isNumber()
              && right.isNumber()
              && relation.holds(left.decimalValue().compareTo(right.decimalValue()));
      case BOOLEAN ->
          left.isBoolean()
              && right.isBoolean()
              && relation.holds(Boolean.compare(left.booleanValue(), right.booleanValue()));
      case TIMESTAMP -> timestamps(left, right);
    };
  }

  private boolean timestamps(JsonNode left, JsonNode right) {
    if (!left.isTextual() || !right.isTextual()) {
      return false;
    }
    Instant leftTime = Timestamps.parse(left.textValue());
    Instant rightTime = Timestamps.parse(right.textValue());
    return leftTime != null && rightTime != null && relation.holds(leftTime.compareTo(rightTime));
  }
}
