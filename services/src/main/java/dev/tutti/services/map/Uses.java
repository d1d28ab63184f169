package dev.tutti.services.map;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.TreeSet;

/** What a state machine's Tasks use: functions, buses, topics, other state machines. */
final class Uses {
  private static final String[] MEMBERS = {
    "FunctionName", "EventBusName", "TopicArn", "StateMachineArn", "QueueUrl"
  };

  private final Collection<String> found = new TreeSet<>();
  private final String account;
  private final String region;

  private Uses(String account, String region) {
    this.account = account;
    this.region = region;
  }

  /** The ARNs that a definition names, sorted; a bare name is its own context's. */
  static Collection<String> of(JsonNode definition, String account, String region) {
    Uses uses = new Uses(account, region);
    uses.machine(definition);
    return uses.found;
  }

  private void machine(JsonNode machine) {
    for (JsonNode state : machine.path("States")) {
      task(state);
      state.path("Branches").forEach(this::machine);
      machine(state.path("ItemProcessor"));
      machine(state.path("Iterator"));
    }
  }

  private void task(JsonNode state) {
    String resource = state.path("Resource").asText("");
    if (resource.startsWith("arn:aws:lambda:")) {
      found.add(resource);
    }
    parameters(state.path(state.has("Arguments") ? "Arguments" : "Parameters"));
  }

  private void parameters(JsonNode parameters) {
    for (String member : MEMBERS) {
      JsonNode value = parameters.path(member);
      if (value.isTextual()) {
        found.add(arn(member, value.textValue()));
      }
    }
    parameters.path("Entries").forEach(this::parameters);
  }

  private String arn(String member, String name) {
    if (name.startsWith("arn:")) {
      return name;
    }
    String prefix = ":" + region + ":" + account + ":";
    return switch (member) {
      case "FunctionName" -> "arn:aws:lambda" + prefix + "function:" + name;
      case "EventBusName" -> "arn:aws:events" + prefix + "event-bus/" + name;
      default -> name;
    };
  }
}
