package dev.tutti.simulate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Makes up a definition; each compiles, and nearly all that a state may hold comes up. */
final class MachineGenerator {
  private static final int DEPTH = 2;

  private final SplittableRandom random;
  private final List<String> contexts;
  private final int number;
  private final QueriedStates queried;
  private boolean alone;
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
    this.contexts = contexts;
    this.number = number;
    this.alone = alone;
    this.queried = new QueriedStates(random, contexts.get(number), this);
  }

  /** A definition that depends on its input alone: on no chance and no time. */
  static ObjectNode certain(SplittableRandom random) {
    return new MachineGenerator(random, List.of(Scenario.SHOP), 0, true).flow(DEPTH);
  }

  boolean isAlone() {
    return alone;
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
      default -> task(depth, state, states);
    }
    return state;
  }

  private void pass(ObjectNode state) {
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

  private void paths(ObjectNode state) {
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

  private void task(int depth, ObjectNode state, ObjectNode states) {
    if (alone) {
      sure(depth, state);
      return;
    }
    state.put("Type", "Task");
    String context = contexts.get(number);
    String function = Generator.function(context, random.nextInt(30) == 0 ? "missing" : "f");
    switch (random.nextInt(13)) {
      case 12 -> {
        polled = true;
        state.put("Resource", Generator.activity(context));
        state.put("TimeoutSeconds", random.nextInt(20, 60));
        if (random.nextBoolean()) {
          state.put("HeartbeatSeconds", random.nextInt(5, 20));
        }
      }
      case 0 -> {
        state.put("Resource", "arn:aws:states:::lambda:invoke");
        state.putObject("Parameters").put("FunctionName", function).put("Payload.$", "$");
      }
      case 1 -> {
        state.put("Resource", "arn:aws:states:::lambda:invoke.waitForTaskToken");
        ObjectNode parameters = state.putObject("Parameters").put("FunctionName", function);
        parameters.putObject("Payload").put("token.$", "$$.Task.Token");
        state.put("TimeoutSeconds", random.nextInt(20, 60));
        if (random.nextBoolean()) {
          state.put("HeartbeatSeconds", random.nextInt(5, 20));
        }
      }
      case 2, 3 -> milestone(state);
      case 4, 6, 7 -> {
        if (number + 1 < contexts.size()) {
          start(state);
        } else {
          milestone(state);
        }
      }
      case 5 -> message(state);
      default -> {
        state.put("Resource", function);
        switch (random.nextInt(6)) {
          case 0, 1 -> state.put("TimeoutSeconds", random.nextInt(1, 60));
          case 2 -> state.put("TimeoutSecondsPath", "$.w");
          default -> {}
        }
      }
    }
    if (random.nextInt(10) == 0) {
      state.putObject("ResultSelector").put("n.$", "$.n").putArray("items").add(1);
    }
    paths(state);
    if (state.get("Resource").asText().contains(":::") && !state.has("ResultPath")) {
      state.put("ResultPath", "$.answer");
    }
    errors(state, states);
  }

  /**
   * A Task that always comes to the same; only where no other flow goes on beside it, as which
   * would be the first to fail is a matter of chance.
   */
  private void sure(int depth, ObjectNode state) {
    if (depth < DEPTH || random.nextBoolean()) {
      pass(state);
      return;
    }
    String function = Generator.function(contexts.get(number), SimulatedFunctions.SURE);
    state.put("Type", "Task");
    if (random.nextBoolean()) {
      state.put("Resource", function);
    } else {
      state.put("Resource", "arn:aws:states:::lambda:invoke").put("OutputPath", "$.Payload");
      state.putObject("Parameters").put("FunctionName", function).put("Payload.$", "$");
    }
  }

  /** To the topic or a queue, by an integration of its own or by that of all services. */
  private void message(ObjectNode state) {
    boolean sdk = random.nextInt(3) == 0;
    ObjectNode parameters = state.putObject("Parameters");
    switch (random.nextInt(3)) {
      case 0 -> {
        state.put("Resource", "arn:aws:states:::" + (sdk ? "aws-sdk:sns:publish" : "sns:publish"));
        parameters.put("TopicArn", Generator.TOPIC).put(sdk ? "Message" : "Message.$", "$");
      }
      case 1 -> send(state, parameters, Generator.QUEUE, sdk);
      default -> send(state, parameters.put("MessageGroupId", "g" + number), Generator.FIFO, sdk);
    }
  }

  private static void send(ObjectNode state, ObjectNode parameters, String queue, boolean sdk) {
    String name = queue.substring(queue.lastIndexOf(':') + 1);
    state.put(
        "Resource", "arn:aws:states:::" + (sdk ? "aws-sdk:sqs:sendMessage" : "sqs:sendMessage"));
    parameters
        .put("QueueUrl", "https://sqs.us-east-1.amazonaws.com/" + Scenario.SHOP + "/" + name)
        .put("MessageBody.$", sdk ? "States.JsonToString($)" : "$");
  }

  private void milestone(ObjectNode state) {
    state.put("Resource", "arn:aws:states:::events:putEvents");
    ArrayNode entries = state.putObject("Parameters").putArray("Entries");
    for (int i = random.nextInt(4) == 0 ? random.nextInt(2, 4) : 1; i > 0; i--) {
      entry(entries.addObject());
    }
  }

  private void entry(ObjectNode entry) {
    entry.put("Source", "m" + number).put("DetailType", random.nextBoolean() ? "Made" : "Done");
    entry.put(
        "EventBusName",
        switch (random.nextInt(3)) {
          case 0 -> Generator.SHOP_BUS;
          case 1 -> Generator.INBOX;
          default -> "default";
        });
    if (random.nextBoolean()) {
      entry.put("Detail.$", "$");
    } else {
      entry.putObject("Detail").put("n", random.nextInt(4));
    }
  }

  private void start(ObjectNode state) {
    int other = random.nextInt(number + 1, contexts.size());
    String suffix = List.of("", ".sync", ".sync:2").get(random.nextInt(3));
    state.put("Resource", "arn:aws:states:::states:startExecution" + suffix);
    state
        .putObject("Parameters")
        .put(
            "StateMachineArn",
            "arn:aws:states:us-east-1:" + contexts.get(other) + ":stateMachine:m" + other)
        .put("Input.$", "$");
  }

  private void map(ObjectNode state, int depth, ObjectNode states) {
    state.put("Type", "Map").put("MaxConcurrency", random.nextInt(3)).put("ItemsPath", "$.items");
    if (!alone && random.nextInt(4) == 0) {
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

  private void errors(ObjectNode state, ObjectNode states) {
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
    return switch (random.nextInt(5)) {
      case 0 -> "Boom";
      case 1 -> "States.TaskFailed";
      case 2 -> "States.Timeout";
      default -> "States.ALL";
    };
  }

  String name() {
    return "S" + names++;
  }
}
