package dev.tutti.simulate.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.asl.MapState;
import dev.tutti.core.asl.ParallelState;
import dev.tutti.core.asl.TaskState;
import dev.tutti.core.asl.data.Entropy;
import dev.tutti.core.asl.data.Scope;
import dev.tutti.core.json.Json;
import dev.tutti.core.workflow.ExecutionFact;
import dev.tutti.core.workflow.ExecutionFact.IterationStarted;
import org.jspecify.annotations.Nullable;

/**
 * What expressions see, as far as the made-up machines look at it: names, the token, the item of
 * the iteration. They may not depend on chance or on the time.
 */
final class Sight {
  private static final Entropy NO_CHANCE =
      new Entropy() {
        @Override
        public double fraction() {
          throw new Rejected("the history depends on chance");
        }

        @Override
        public String uuid() {
          throw new Rejected("the history depends on chance");
        }

        @Override
        public long millis() {
          throw new Rejected("the history depends on the time");
        }
      };

  /** Where an execution's ARN has its name; an express one's goes on behind it. */
  private static final int NAME = 7;

  private final String arn;
  private final Strands history;
  private @Nullable JsonNode input;

  /**
   * Within an execution.
   *
   * @param history what is told of it
   */
  Sight(String arn, Strands history) {
    this.arn = arn;
    this.history = history;
  }

  Scope scope(Here here, @Nullable String token) {
    return new Scope(here.raw(), context(here, token), here.variables(), NO_CHANCE);
  }

  Scope item(Here here, JsonNode input, int index, JsonNode value) {
    ObjectNode context = context(here, null);
    context.putObject("Map").putObject("Item").put("Index", index).set("Value", value);
    return new Scope(input, context, here.variables(), NO_CHANCE);
  }

  private JsonNode input(ExecutionFact.Started started) {
    JsonNode parsed = input;
    if (parsed == null) {
      parsed = Json.parse(started.input());
      input = parsed;
    }
    return parsed;
  }

  private ObjectNode context(Here here, @Nullable String token) {
    ObjectNode context = Json.object();
    ObjectNode execution = context.putObject("Execution");
    ExecutionFact.Started started = history.started();
    if (started != null) {
      execution.set("Input", input(started));
    }
    execution.put("Id", arn).put("Name", arn.split(":", -1)[NAME]);
    ObjectNode state = context.putObject("State").put("Name", here.state().name());
    if (here.state() instanceof TaskState
        || here.state() instanceof ParallelState
        || here.state() instanceof MapState) {
      state.put("RetryCount", here.retries());
    }
    if (token != null) {
      context.putObject("Task").put("Token", token);
    }
    IterationStarted item = here.item();
    if (item != null) {
      ObjectNode of = context.putObject("Map").putObject("Item").put("Index", item.index());
      of.set("Value", item.item());
    }
    return context;
  }
}
