package dev.tutti.core.asl.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How data goes through a state, by its query language. In order: {@link #input}, {@link
 * #arguments}, then the state's work gives a result, then {@link #output}.
 *
 * <p>The scope is always that of the state's raw input.
 */
public sealed interface DataFlow permits JsonPathFlow, JsonataFlow {
  /** What the state looks at (InputPath): the input of a Choice, a Wait, a Parallel branch. */
  JsonNode input(Scope raw);

  /** What the state hands to its work (InputPath, then Parameters where there are any). */
  JsonNode arguments(Scope raw);

  /**
   * What the state leaves behind (ResultSelector, ResultPath, OutputPath).
   *
   * @param result what the work gave; for states without a result, {@link #input}
   */
  JsonNode output(Scope raw, JsonNode result);

  /**
   * The variables that the state sets (Assign), by name; empty for none. Expressions in it see the
   * variables as they were before.
   *
   * @param result as for {@link #output}
   */
  ObjectNode assigned(Scope raw, JsonNode result);
}
