package dev.tutti.core.asl.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What expressions can see.
 *
 * @param input {@code $}: the data at hand (a state's raw input, its result, an item, by the field)
 * @param context {@code $$}: the context object (Execution, StateMachine, State, Task, Map)
 * @param variables {@code $name}: assigned variables by name
 * @param entropy chance, for States.MathRandom and States.UUID
 */
public record Scope(JsonNode input, JsonNode context, ObjectNode variables, Entropy entropy) {
  /** A scope without variables. */
  public static Scope of(JsonNode input, JsonNode context, Entropy entropy) {
    return new Scope(input, context, JsonNodeFactory.instance.objectNode(), entropy);
  }

  /** The same scope over other data. */
  public Scope over(JsonNode otherInput) {
    return new Scope(otherInput, context, variables, entropy);
  }
}
