package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.SplittableRandom;

/** Definitions made up by chance; each compiles. */
final class RandomMachines {
  private final SplittableRandom random;
  private int names;

  private RandomMachines(SplittableRandom random) {
    this.random = random;
  }

  static String definition(SplittableRandom random) {
    ObjectNode machine = new RandomMachines(random).flow(3);
    if (random.nextInt(4) == 0) {
      machine.put("TimeoutSeconds", random.nextInt(1, 60));
    }
    return Json.write(machine);
  }

  private ObjectNode flow(int depth) {
    ObjectNode flow = Json.object();
    ObjectNode states = Json.object();
    int length = random.nextInt(1, 4);
    String first = name();
    flow.put("StartAt", first);
    String at = first;
    for (int i = 0; i < length; i++) {
      String next = i == length - 1 ? null : name();
      ObjectNode state = state(depth);
      switch (state.get("Type").asText()) {
        case "Fail", "Succeed" -> next = null;
        default -> {
          if (next == null) {
            state.put("End", true);
          } else {
            state.put("Next", next);
          }
        }
      }
      if (state.has("Catch")) {
        String caught = name();
        ((ObjectNode) state.get("Catch").get(0)).put("Next", caught);
        states.set(caught, Json.object().put("Type", "Pass").put("End", true));
      }
      states.set(at, state);
      if (next == null) {
        break;
      }
      at = next;
    }
    flow.set("States", states);
    return flow;
  }

  private ObjectNode state(int depth) {
    ObjectNode state = Json.object();
    switch (random.nextInt(depth > 0 ? 9 : 6)) {
      case 0 -> state.put("Type", "Pass").set("Result", Json.parse("[1,2]"));
      case 1 -> state.put("Type", "Wait").put("Seconds", random.nextInt(0, 20));
      case 2 -> state.put("Type", random.nextInt(3) == 0 ? "Fail" : "Succeed");
      case 3, 4, 5 -> {
        state.put("Type", "Task");
        state.put("Resource", "arn:aws:lambda:us-east-1:111111111111:function:f");
        if (random.nextBoolean()) {
          state.put("TimeoutSeconds", random.nextInt(5, 40));
        }
        errors(state);
      }
      case 6 -> {
        state.put("Type", "Map").put("MaxConcurrency", random.nextInt(0, 3));
        state.set("ItemProcessor", flow(depth - 1));
        errors(state);
      }
      default -> {
        state.put("Type", "Parallel");
        ArrayNode branches = state.putArray("Branches");
        for (int i = random.nextInt(1, 4); i > 0; i--) {
          branches.add(flow(depth - 1));
        }
        errors(state);
      }
    }
    return state;
  }

  private void errors(ObjectNode state) {
    if (random.nextInt(3) == 0) {
      state
          .putArray("Retry")
          .addObject()
          .put("MaxAttempts", random.nextInt(1, 3))
          .put("JitterStrategy", "FULL")
          .putArray("ErrorEquals")
          .add(random.nextBoolean() ? "States.ALL" : "A");
    }
    if (random.nextInt(3) == 0) {
      state.putArray("Catch").addObject().putArray("ErrorEquals").add("States.ALL");
    }
  }

  private String name() {
    return "S" + names++;
  }
}
