package dev.tutti.core.asl.choice;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.data.Path;
import dev.tutti.core.asl.data.Scope;
import dev.tutti.core.asl.data.Timestamps;

/**
 * Asks what a value is: IsNull, IsString and the like, and IsPresent, the only test that a place
 * may be missing for.
 *
 * @param expected what the answer must be
 */
public record TypeTest(Path variable, Type type, boolean expected) implements Condition.Test {
  /** What is asked. */
  public enum Type {
    NULL("IsNull"),
    PRESENT("IsPresent"),
    NUMERIC("IsNumeric"),
    STRING("IsString"),
    BOOLEAN("IsBoolean"),
    TIMESTAMP("IsTimestamp");

    private final String written;

    Type(String written) {
      this.written = written;
    }

    public String written() {
      return written;
    }
  }

  @Override
  public boolean holds(Scope scope) {
    if (type == Type.PRESENT) {
      return variable.find(scope).isMissingNode() != expected;
    }
    return is(Variables.present(variable, scope)) == expected;
  }

  private boolean is(JsonNode value) {
    return switch (type) {
      case NULL -> value.isNull();
      case PRESENT -> true;
      case NUMERIC -> value.isNumber();
      case STRING -> value.isTextual();
      case BOOLEAN -> value.isBoolean();
      case TIMESTAMP -> value.isTextual() && Timestamps.parse(value.textValue()) != null;
    };
  }
}
