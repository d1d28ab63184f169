package dev.tutti.core.asl.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What expressions can see.
 *
 * @param input {@code $}: the data at hand (a state's raw input, its result, an item, by the
 *     field); in JSONata {@code $states.input}, always the raw input
 * @param contextObject {@code $$} and {@code $states.context}: the context object (Execution,
 *     StateMachine, State, Task, Map); asked for only where an expression looks at it, and each
 *     time it does
 * @param variables {@code $name}: assigned variables by name
 * @param entropy chance, for States.MathRandom and States.UUID
 * @param result {@code $states.result}; null while there is none
 * @param errorOutput {@code $states.errorOutput}; null outside of a Catch
 * @param observer who is told of each step of the data; null for nobody
 */
public record Scope(
    JsonNode input,
    Supplier<? extends JsonNode> contextObject,
    ObjectNode variables,
    Entropy entropy,
    @Nullable JsonNode result,
    @Nullable JsonNode errorOutput,
    @Nullable Observer observer) {
  /** A scope without result and error. */
  public Scope(
      JsonNode input,
      Supplier<? extends JsonNode> contextObject,
      ObjectNode variables,
      Entropy entropy) {
    this(input, contextObject, variables, entropy, null, null, null);
  }

  /** A scope without result and error, whose context object is at hand. */
  public Scope(JsonNode input, JsonNode context, ObjectNode variables, Entropy entropy) {
    this(input, () -> context, variables, entropy);
  }

  /** A scope without variables. */
  public static Scope of(JsonNode input, JsonNode context, Entropy entropy) {
    return new Scope(input, context, JsonNodeFactory.instance.objectNode(), entropy);
  }

  /** The context object. */
  public JsonNode context() {
    return contextObject.get();
  }

  /** The same scope over other data. */
  public Scope over(JsonNode otherInput) {
    return new Scope(otherInput, contextObject, variables, entropy, result, errorOutput, observer);
  }

  /** The same scope in another context. */
  public Scope in(JsonNode otherContext) {
    return new Scope(input, () -> otherContext, variables, entropy, result, errorOutput, observer);
  }

  /** The same scope after the state's work. */
  public Scope after(JsonNode itsResult) {
    return new Scope(input, contextObject, variables, entropy, itsResult, errorOutput, observer);
  }

  /** The same scope in a Catch. */
  public Scope failed(JsonNode itsErrorOutput) {
    return new Scope(input, contextObject, variables, entropy, result, itsErrorOutput, observer);
  }

  /** The same scope, watched. */
  public Scope watchedBy(@Nullable Observer watcher) {
    return new Scope(input, contextObject, variables, entropy, result, errorOutput, watcher);
  }

  /** Tells the observer, if there is one, what a step of the data flow came to. */
  public JsonNode seen(Stage stage, JsonNode value) {
    if (observer != null) {
      observer.saw(stage, value);
    }
    return value;
  }

  /** As {@link #seen}, for what isn't data but a number of the state. */
  public long seen(Stage stage, long value) {
    if (observer != null) {
      observer.saw(stage, JsonNodeFactory.instance.numberNode(value));
    }
    return value;
  }
}
