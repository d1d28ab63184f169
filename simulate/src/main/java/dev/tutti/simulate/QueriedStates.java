package dev.tutti.simulate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Makes up states that query with JSONata, one of each type now and then. */
final class QueriedStates {
  private static final String INPUT = "{% $states.input %}";

  private final SplittableRandom random;
  private final String context;
  private final MachineGenerator machine;

  /**
   * States of a machine.
   *
   * @param context the machine's
   */
  QueriedStates(SplittableRandom random, String context, MachineGenerator machine) {
    this.random = random;
    this.context = context;
    this.machine = machine;
  }

  ObjectNode state(int depth, @Nullable String next, ObjectNode states) {
    ObjectNode state = Json.object().put("QueryLanguage", "JSONata");
    int kinds = depth > 0 ? 8 : 6;
    switch (machine.isAlone() ? random.nextInt(1, kinds) : random.nextInt(kinds)) {
      case 0 ->
          state
              .put("Type", "Wait")
              .put("Seconds", "{% $number($states.input.w ? $states.input.w : 1) %}");
      case 1 -> {
        if (next == null) {
          succeed(state);
        } else {
          choice(state, next, states);
        }
      }
      case 2 -> {
        if (random.nextInt(4) > 0) {
          task(state, states);
        } else {
          state.put("Type", "Fail").put("Error", "{% 'Bo' & 'om' %}").put("Cause", "as planned");
        }
      }
      case 6 -> map(state, depth, states);
      case 7 -> parallel(state, depth, states);
      default -> task(state, states);
    }
    return state;
  }

  private void succeed(ObjectNode state) {
    state.put("Type", "Succeed").put("Output", "{% {'n': $states.input.n} %}");
  }

  private void choice(ObjectNode state, String next, ObjectNode states) {
    state.put("Type", "Choice");
    ArrayNode choices = state.putArray("Choices");
    ObjectNode first =
        choices
            .addObject()
            .put("Condition", "{% $states.input.n > " + random.nextInt(3) + " %}")
            .put("Next", next);
    if (random.nextBoolean()) {
      first.putObject("Assign").put("kept", "{% $states.input.n %}");
    }
    choices
        .addObject()
        .put("Condition", "{% $exists($states.input.items) = false %}")
        .put("Next", machine.aside(states));
    if (random.nextInt(4) > 0) {
      state.put("Default", next);
    }
  }

  private void task(ObjectNode state, ObjectNode states) {
    if (machine.isAlone()) {
      state.put("Type", "Pass").put("Output", "{% {'n': $states.input.n + 1, 'items': [1, 2]} %}");
      return;
    }
    state.put("Type", "Task").put("Resource", Generator.function(context, "f"));
    if (random.nextInt(6) == 0) {
      state.put("Resource", "arn:aws:states:::http:invoke");
      state
          .putObject("Arguments")
          .put("ApiEndpoint", SimulatedWeb.FREE)
          .put("Method", "POST")
          .put("RequestBody", INPUT)
          .putObject("Authentication")
          .put("ConnectionArn", SimulatedWeb.connection(context, SimulatedWeb.CONNECTION));
    } else if (random.nextBoolean()) {
      state.putObject("Arguments").put("n", "{% $states.input.n + 1 %}").put("w", 2);
    }
    switch (random.nextInt(3)) {
      case 0 -> state.put("Output", "{% $merge([$states.input, {'n': $states.result.n}]) %}");
      case 1 -> state.put("Output", INPUT);
      default -> {}
    }
    if (random.nextInt(3) == 0) {
      state.putObject("Assign").put("kept", "{% $states.result.n %}");
    }
    if (random.nextInt(4) == 0) {
      state.put("TimeoutSeconds", "{% $states.input.n + 3 %}");
    }
    errors(state, states);
  }

  private void map(ObjectNode state, int depth, ObjectNode states) {
    state.put("Type", "Map").put("Items", "{% $states.input.items %}");
    state.put("MaxConcurrency", random.nextInt(3));
    state.set("ItemProcessor", machine.flow(depth - 1));
    if (random.nextBoolean()) {
      state
          .putObject("ItemSelector")
          .put("n", "{% $states.context.Map.Item.Index %}")
          .put("item", "{% $states.context.Map.Item.Value %}")
          .put("w", 1);
    }
    errors(state, states);
  }

  private void parallel(ObjectNode state, int depth, ObjectNode states) {
    state.put("Type", "Parallel");
    if (random.nextBoolean()) {
      state.putObject("Arguments").put("n", "{% $states.input.n %}").put("w", 3);
    }
    ArrayNode branches = state.putArray("Branches");
    for (int i = random.nextInt(1, 3); i > 0; i--) {
      branches.add(machine.flow(depth - 1));
    }
    if (random.nextBoolean()) {
      state.put("Output", "{% {'n': $count($states.result), 'items': $states.result} %}");
    }
    errors(state, states);
  }

  private void errors(ObjectNode state, ObjectNode states) {
    machine.retries(state);
    if (random.nextInt(3) == 0) {
      ObjectNode catcher = state.putArray("Catch").addObject();
      catcher.putArray("ErrorEquals").add(machine.error());
      catcher.put("Next", machine.aside(states));
      if (random.nextBoolean()) {
        catcher.put("Output", "{% {'error': $states.errorOutput.Error} %}");
      }
    }
  }
}
