package dev.tutti.core.asl.choice;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.data.Path;
import dev.tutti.core.asl.data.Scope;
import dev.tutti.core.pattern.Glob;

/** StringMatches: compares a text to a pattern. */
public record StringMatch(Path variable, Glob pattern) implements Condition.Test {
  @Override
  public boolean holds(Scope scope) {
    JsonNode value = Variables.present(variable, scope);
    return value.isTextual() && pattern.matches(value.textValue());
  }
}
