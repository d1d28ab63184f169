package dev.tutti.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.SplittableRandom;

/** Makes up Task states that query with JSONPath. */
final class TaskStates {
  private final SplittableRandom random;
  private final List<String> contexts;
  private final int number;
  private final String context;
  private final MachineGenerator machine;

  /**
   * States of a machine.
   *
   * @param contexts of all machines, by their numbers
   * @param number the machine's
   */
  TaskStates(SplittableRandom random, List<String> contexts, int number, MachineGenerator machine) {
    this.random = random;
    this.contexts = contexts;
    this.number = number;
    this.context = contexts.get(number);
    this.machine = machine;
  }

  /** Makes a state one that has something done. */
  void task(int depth, ObjectNode state, ObjectNode states) {
    if (machine.isAlone()) {
      sure(depth, state, states);
      return;
    }
    state.put("Type", "Task");
    String function = Generator.function(context, random.nextInt(30) == 0 ? "missing" : "f");
    switch (random.nextInt(14)) {
      case 13 -> request(state);
      case 12 -> {
        machine.poll();
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
      case 5 -> message(state, random.nextInt(3) == 0);
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
    machine.paths(state);
    if (state.get("Resource").asText().contains(":::") && !state.has("ResultPath")) {
      state.put("ResultPath", "$.answer");
    }
    machine.errors(state, states);
  }

  /**
   * A Task that comes to the same whenever it is tried as often; only where no other flow goes on
   * beside it, as which would be the first to fail is a matter of chance.
   */
  private void sure(int depth, ObjectNode state, ObjectNode states) {
    if (!machine.isOnly(depth) || random.nextInt(4) == 0) {
      machine.pass(state);
      return;
    }
    if (random.nextBoolean()) {
      say(state);
      return;
    }
    String function = Generator.function(context, SimulatedFunctions.SURE);
    state.put("Type", "Task");
    if (random.nextInt(3) > 0) {
      moody(state, states);
    } else if (random.nextBoolean()) {
      state.put("Resource", function);
    } else {
      state.put("Resource", "arn:aws:states:::lambda:invoke").put("OutputPath", "$.Payload");
      state.putObject("Parameters").put("FunctionName", function).put("Payload.$", "$");
    }
  }

  /** Says something to a bus, a queue, the topic or a machine, and goes on as if it had not. */
  private void say(ObjectNode state) {
    state.put("Type", "Task").putNull("ResultPath");
    int whom = random.nextInt(number + 1 < contexts.size() ? 4 : 3);
    switch (whom) {
      case 0 -> {
        message(state, false);
        if (state.path("Resource").asText().contains("sqs")) {
          what((ObjectNode) state.path("Parameters"), "MessageBody");
        }
      }
      case 3 -> {
        int other = random.nextInt(number + 1, contexts.size());
        state.put("Resource", "arn:aws:states:::states:startExecution");
        what(state.putObject("Parameters").put("StateMachineArn", machine(other)), "Input");
      }
      default -> {
        milestone(state);
        for (JsonNode entry : state.path("Parameters").path("Entries")) {
          what((ObjectNode) entry, "Detail");
        }
      }
    }
  }

  /** Says who says it, where, and as what. */
  private static void what(ObjectNode said, String member) {
    said.remove(member + ".$");
    said.putObject(member)
        .put("run.$", "$$.Execution.Id")
        .put("state.$", "$$.State.Name")
        .put("as", member)
        .put("data.$", "$");
  }

  /** Asks the server outside. */
  private void request(ObjectNode state) {
    ObjectNode parameters = ask(state, SimulatedWeb.FREE);
    parameters.put("RequestBody.$", "$");
    if (random.nextBoolean()) {
      parameters.putObject("QueryParameters").put("n", random.nextInt(3));
    }
    if (random.nextInt(4) == 0) {
      state.put("TimeoutSeconds", random.nextInt(1, 60));
    }
  }

  private ObjectNode ask(ObjectNode state, String address) {
    ObjectNode parameters =
        state.put("Resource", "arn:aws:states:::http:invoke").putObject("Parameters");
    String connection = random.nextInt(30) == 0 ? "missing" : SimulatedWeb.CONNECTION;
    parameters
        .put("ApiEndpoint", address)
        .put("Method", random.nextBoolean() ? "POST" : "PUT")
        .putObject("Authentication")
        .put("ConnectionArn", SimulatedWeb.connection(context, connection));
    return parameters;
  }

  /** One that fails now and then. */
  private void moody(ObjectNode state, ObjectNode states) {
    if (random.nextInt(3) == 0) {
      state.put("OutputPath", "$.ResponseBody");
      ask(state, SimulatedWeb.MOODY)
          .putObject("RequestBody")
          .put("state.$", "$$.State.Name")
          .put("tried.$", "$$.State.RetryCount")
          .put("data.$", "$");
      machine.errors(state, states);
      return;
    }
    String function = Generator.function(context, SimulatedFunctions.MOODY);
    ObjectNode asked =
        random.nextBoolean()
            ? state.put("Resource", function).putObject("Parameters")
            : state
                .put("Resource", "arn:aws:states:::lambda:invoke")
                .put("OutputPath", "$.Payload")
                .putObject("Parameters")
                .put("FunctionName", function)
                .putObject("Payload");
    asked.put("run.$", "$$.Execution.Id").put("state.$", "$$.State.Name").put("data.$", "$");
    machine.errors(state, states);
  }

  /** To the topic or a queue, by an integration of its own or by that of all services. */
  private void message(ObjectNode state, boolean sdk) {
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
    state.putObject("Parameters").put("StateMachineArn", machine(other)).put("Input.$", "$");
  }

  private String machine(int other) {
    return "arn:aws:states:us-east-1:" + contexts.get(other) + ":stateMachine:m" + other;
  }
}
