package dev.tutti.simulate.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.asl.State;
import dev.tutti.core.workflow.ExecutionFact.IterationStarted;
import org.jspecify.annotations.Nullable;

/**
 * The state at hand, its raw input, what it sees, the item of the iteration that it is in.
 *
 * @param retries how often it was tried again
 */
record Here(
    Line line,
    int strand,
    State state,
    JsonNode raw,
    ObjectNode variables,
    long entered,
    long enteredMillis,
    long retries,
    @Nullable IterationStarted item) {
  String where() {
    return "strand " + strand + ", state " + state.name();
  }

  /** The same, tried once more. */
  Here again() {
    return new Here(line, strand, state, raw, variables, entered, enteredMillis, retries + 1, item);
  }

  /** Ends where the history does, if it may end here. */
  void cut(boolean mayEnd) {
    if (mayEnd && line.peek() == null) {
      throw new Course.Cut();
    }
  }

  /** What it leaves behind when it is left; {@code next} is null where that is the end. */
  record Left(JsonNode output, @Nullable String next, ObjectNode assigned) {}
}
