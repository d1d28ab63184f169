package dev.tutti.simulate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Makes up a definition; each compiles, and nearly all that a state may hold comes up. */
final class MachineGenerator {
  /** How deep flows are within each other, but for the machine's own. */
  static final int DEPTH = 2;

  private final SplittableRandom random;
  private final QueriedStates queried;
  private final TaskStates tasks;
  private boolean alone;

  /** Where the definition is alone: how deep the flow is that nothing goes on beside. */
  private int only = DEPTH;

  private int names;

  /** Whether a Task waits for a worker: its time only runs once one has come. */
  private boolean polled;

  /**
   * A generator for one machine.
   *
   * @param contexts of all machines, by their numbers
   * @param number the machine's
   */
  MachineGenerator(SplittableRandom random, List<String> contexts, int number) {
    this(random, contexts, number, false);
  }

  private MachineGenerator(
      SplittableRandom random, List<String> contexts, int number, boolean alone) {
    this.random = random;
    this.alone = alone;
    this.queried = new QueriedStates(random, contexts.get(number), this);
    this.tasks = new TaskStates(random, contexts, number, this);
  }

  /** A definition that depends on its input alone: on no chance and no time. */
  static ObjectNode certain(SplittableRandom random) {
    return new MachineGenerator(random, List.of(Scenario.SHOP), 0, true).flow(DEPTH);
  }

  boolean isAlone() {
    return alone;
  }

  /** Whether no other flow goes on beside one that is so deep. */
  boolean isOnly(int depth) {
    return depth >= only;
  }

  /** From now on a Task of it waits for a worker. */
  void poll() {
    polled = true;
  }

  ObjectNode definition() {
    ObjectNode machine = flow(DEPTH);
    if (polled || random.nextInt(5) == 0) {
      machine.put("TimeoutSeconds", random.nextInt(1, 90));
    }
    return machine;
  }

  ObjectNode flow(int depth) {
    ObjectNode states = Json.object();
    int length = random.nextInt(1, depth == DEPTH ? 7 : 3);
    String first = name();
    String at = first;
    for (int i = 0; i < length; i++) {
      String next = i == length - 1 ? null : name();
      ObjectNode state = state(depth, next, states);
      String type = state.get("Type").asText();
      if (type.equals("Choice") || type.equals("Fail") || type.equals("Succeed")) {
        states.set(at, state);
        if (!type.equals("Choice")) {
          break;
        }
      } else if (next == null) {
        states.set(at, state.put("End", true));
      } else {
        states.set(at, state.put("Next", next));
      }
      if (next == null) {
        break;
      }
      at = next;
    }
    ObjectNode flow = Json.object().put("StartAt", first);
    flow.set("States", states);
    return flow;
  }

  private ObjectNode state(int depth, @Nullable String next, ObjectNode states) {
    ObjectNode state = Json.object();
    if (random.nextInt(6) == 0) {
      return queried.state(depth, next, states);
    }
    switch (random.nextInt(depth > 0 ? 15 : 11)) {
      case 0 -> pass(state);
      case 1 -> waiting(state);
      case 2 -> {
        switch (random.nextInt(8)) {
          case 0 -> state.put("Type", "Fail").put("Error", "Boom").put("Cause", "as planned");
          case 1 -> state.put("Type", "Succeed");
          default -> pass(state);
        }
      }
      case 3, 4 -> {
        if (next == null) {
          pass(state);
        } else {
          choice(state, next, states);
        }
      }
      case 11, 12 -> map(state, depth, states);
      case 13, 14 -> parallel(state, depth, states);
      default -> tasks.task(depth, state, states);
    }
    return state;
  }

  void pass(ObjectNode state) {
    state.put("Type", "Pass");
    if (random.nextInt(5) == 0) {
      query(state);
      return;
    }
    if (random.nextInt(6) == 0) {
      state.putObject("Assign").put("kept.$", "$.n");
    }
    switch (random.nextInt(4)) {
      case 0 -> state.set("Result", Json.parse("{\"n\":2,\"items\":[{\"n\":7}],\"w\":3}"));
      case 1 ->
          state
              .putObject("Parameters")
              .put("n.$", "$.n")
              .put("at.$", "$$.State.Name")
              .put("id.$", "$$.Execution.Name");
      default -> {}
    }
    paths(state);
  }

  void paths(ObjectNode state) {
    switch (random.nextInt(5)) {
      case 0 -> state.put("ResultPath", "$.r");
      case 1 -> state.putNull("ResultPath");
      default -> {}
    }
    if (random.nextInt(30) == 0) {
      state.put(random.nextBoolean() ? "InputPath" : "OutputPath", "$.n");
    }
  }

  private void query(ObjectNode state) {
    state.put("QueryLanguage", "JSONata");
    switch (random.nextInt(3)) {
      case 0 -> state.put("Output", "{% $merge([$states.input, {'n': $states.input.n + 1}]) %}");
      case 1 -> state.putObject("Output").put("n", "{% $kept %}").put("w", 2).putArray("items");
      default -> {}
    }
    if (random.nextBoolean()) {
      state.putObject("Assign").put("kept", "{% $states.input.n %}");
    }
  }

  private void waiting(ObjectNode state) {
    if (alone) {
      pass(state);
      return;
    }
    state.put("Type", "Wait");
    switch (random.nextInt(4)) {
      case 0 -> state.put("SecondsPath", "$.w");
      case 3 -> state.put("TimestampPath", "$$.Execution.Input.when");
      case 1 -> state.put("Timestamp", "2026-01-01T00:00:%02dZ".formatted(random.nextInt(60)));
      default -> state.put("Seconds", random.nextInt(1, 20));
    }
  }

  private void choice(ObjectNode state, String next, ObjectNode states) {
    state.put("Type", "Choice");
    ArrayNode rules = state.putArray("Choices");
    rules
        .addObject()
        .put("Variable", "$.n")
        .put("NumericGreaterThan", random.nextInt(3))
        .put("Next", next);
    if (random.nextBoolean()) {
      String aside = aside(states);
      rules.addObject().put("Variable", "$.items").put("IsPresent", false).put("Next", aside);
    }
    if (random.nextInt(3) == 0) {
      ObjectNode both = rules.addObject();
      ArrayNode all = both.put("Next", next).putArray(random.nextBoolean() ? "And" : "Or");
      all.addObject().put("Variable", "$.w").put("IsNumeric", true);
      all.addObject().putObject("Not").put("Variable", "$.n").put("NumericEqualsPath", "$.w");
    }
    if (random.nextInt(5) > 0) {
      state.put("Default", next);
    }
  }

  String aside(ObjectNode states) {
    String name = name();
    ObjectNode pass = Json.object();
    pass(pass);
    states.set(name, pass.put("End", true));
    return name;
  }

  private void map(ObjectNode state, int depth, ObjectNode states) {
    state.put("Type", "Map").put("MaxConcurrency", random.nextInt(3)).put("ItemsPath", "$.items");
    if (!alone && random.nextInt(3) == 0) {
      distribute(state, depth);
    } else {
      state.set("ItemProcessor", flow(depth - 1));
    }
    if (random.nextInt(3) == 0) {
      state
          .putObject("ItemSelector")
          .put("n.$", "$$.Map.Item.Index")
          .put("item.$", "$$.Map.Item.Value")
          .put("w", 1);
    }
    paths(state);
    errors(state, states);
  }

  /** Its iterations are executions of their own; express ones depend on their input alone. */
  private void distribute(ObjectNode state, int depth) {
    boolean express = random.nextInt(4) == 0;
    alone = express;
    only = depth - 1;
    ObjectNode processor = flow(depth - 1);
    alone = false;
    processor
        .putObject("ProcessorConfig")
        .put("Mode", "DISTRIBUTED")
        .put("ExecutionType", express ? "EXPRESS" : "STANDARD");
    state.set("ItemProcessor", processor);
    if (random.nextInt(3) == 0) {
      state.put("ToleratedFailureCount", random.nextInt(3));
    }
    if (random.nextInt(3) == 0) {
      state.put("ToleratedFailurePercentage", List.of(0, 34, 50, 100).get(random.nextInt(4)));
    }
    if (random.nextInt(4) == 0) {
      state.putObject("ItemBatcher").put("MaxItemsPerBatch", random.nextInt(1, 3));
    }
    new ObjectStates(random).use(state);
    if (random.nextBoolean()) {
      state.put("Label", name());
    }
  }

  private void parallel(ObjectNode state, int depth, ObjectNode states) {
    state.put("Type", "Parallel");
    ArrayNode branches = state.putArray("Branches");
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      branches.add(flow(depth - 1));
    }
    paths(state);
    errors(state, states);
  }

  void errors(ObjectNode state, ObjectNode states) {
    retries(state);
    if (random.nextInt(3) == 0) {
      ArrayNode catchers = state.putArray("Catch");
      if (random.nextInt(3) == 0) {
        catcher(catchers.addObject(), "Boom", states);
      }
      catcher(catchers.addObject(), error(), states);
    }
  }

  private void catcher(ObjectNode catcher, String error, ObjectNode states) {
    catcher.putArray("ErrorEquals").add(error);
    catcher.put("Next", aside(states));
    if (random.nextBoolean()) {
      catcher.put("ResultPath", "$.error");
    }
  }

  void retries(ObjectNode state) {
    if (random.nextInt(3) == 0) {
      ArrayNode retriers = state.putArray("Retry");
      if (random.nextInt(3) == 0) {
        retrier(retriers.addObject(), "Boom");
      }
      retrier(retriers.addObject(), error());
    }
  }

  private void retrier(ObjectNode retry, String error) {
    ArrayNode errors = retry.putArray("ErrorEquals").add(error);
    if (!error.equals("States.ALL") && random.nextInt(4) == 0) {
      errors.add("Other");
    }
    retry.put("MaxAttempts", random.nextInt(3)).put("IntervalSeconds", random.nextInt(1, 5));
    if (!alone && random.nextBoolean()) {
      retry.put("JitterStrategy", "FULL");
    }
    if (random.nextBoolean()) {
      retry.put("MaxDelaySeconds", 6);
    }
    if (random.nextInt(3) == 0) {
      retry.put("BackoffRate", random.nextBoolean() ? 1.5 : 3);
    }
  }

  String error() {
    return switch (random.nextInt(6)) {
      case 0 -> "Boom";
      case 3 -> "States.Http.StatusCode.429";
      case 1 -> "States.TaskFailed";
      case 2 -> "States.Timeout";
      default -> "States.ALL";
    };
  }

  String name() {
    return "S" + names++;
  }
}
