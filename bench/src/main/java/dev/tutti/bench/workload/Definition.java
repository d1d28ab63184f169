package dev.tutti.bench.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.bench.client.Aws;
import dev.tutti.core.json.Json;
import java.io.IOException;
import java.util.List;

/** State machines of the workloads. */
final class Definition {
  private static final String ROLE = "arn:aws:iam::" + Site.ACCOUNT + ":role/bench";

  private Definition() {}

  /** A row of Pass states, each adding a small result. */
  static ObjectNode passes(int count) {
    ObjectNode states = Json.object();
    for (int i = 1; i <= count; i++) {
      ObjectNode state = states.putObject("Pass" + i).put("Type", "Pass");
      state.putObject("Result").put("step", i);
      state.put("ResultPath", "$.result" + i);
      follow(state, i == count ? null : "Pass" + (i + 1));
    }
    return machine("Pass1", states);
  }

  /** A row of Task states, each with a resource. */
  static ObjectNode tasks(List<String> resources) {
    ObjectNode states = Json.object();
    for (int i = 1; i <= resources.size(); i++) {
      ObjectNode state = states.putObject("Task" + i).put("Type", "Task");
      state.put("Resource", resources.get(i - 1));
      follow(state, i == resources.size() ? null : "Task" + (i + 1));
    }
    return machine("Task1", states);
  }

  /** A row of Task states of one resource, which are given the mark and their number. */
  static ObjectNode numberedTasks(String resource, int count) {
    ObjectNode machine = tasks(java.util.Collections.nCopies(count, resource));
    for (int i = 1; i <= count; i++) {
      ObjectNode state = (ObjectNode) machine.path("States").path("Task" + i);
      state.putObject("Parameters").put("mark.$", "$.mark").put("step", i);
    }
    return machine;
  }

  static ObjectNode machine(String first, ObjectNode states) {
    ObjectNode machine = Json.object().put("StartAt", first);
    machine.set("States", states);
    return machine;
  }

  private static void follow(ObjectNode state, @org.jspecify.annotations.Nullable String next) {
    if (next == null) {
      state.put("End", true);
    } else {
      state.put("Next", next);
    }
  }

  /**
   * Creates a state machine; returns its ARN.
   *
   * @param type {@code STANDARD} or {@code EXPRESS}
   */
  static String create(Aws aws, String name, String type, JsonNode definition) throws IOException {
    return aws.states(
            "CreateStateMachine",
            Json.object()
                .put("name", name)
                .put("type", type)
                .put("roleArn", ROLE)
                .put("definition", Json.write(definition)))
        .path("stateMachineArn")
        .textValue();
  }
}
