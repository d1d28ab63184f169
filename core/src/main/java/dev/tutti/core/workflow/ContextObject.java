package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.workflow.execution.Arns;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** What {@code $$} leads to, in AWS's order (developer guide, "Context object"). */
final class ContextObject {
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private ContextObject() {}

  /**
   * The context of a state.
   *
   * @param enteredMillis when the state was entered
   * @param token of the Task; null where it has none
   */
  static ObjectNode of(
      Execution execution,
      Strand strand,
      String state,
      long enteredMillis,
      @Nullable String token) {
    ExecutionFact.Started started = execution.begun();
    ObjectNode context = Json.object();
    ObjectNode own = context.putObject("Execution");
    own.put("Id", execution.arn());
    own.set("Input", execution.input());
    own.put("StartTime", text(execution.startMillis()));
    own.put("Name", Arns.executionName(execution.arn()));
    own.put("RoleArn", started.roleArn());
    if (execution.redrivable()) {
      own.put("RedriveCount", execution.redrives());
      if (execution.redrives() > 0) {
        own.put("RedriveTime", text(execution.redriveMillis()));
      }
    }
    ObjectNode machine = context.putObject("StateMachine");
    machine.put("Id", started.machineArn());
    machine.put("Name", Arns.name(started.machineArn()));
    ObjectNode in = context.putObject("State");
    in.put("Name", state);
    in.put("EnteredTime", text(enteredMillis));
    if (token != null) {
      context.putObject("Task").put("Token", token);
    }
    Strand iteration = iteration(execution, strand);
    if (iteration != null && iteration.item != null) {
      withItem(context, iteration.index, iteration.item);
    }
    return context;
  }

  /**
   * What AWS shows a state that is tried: a name that isn't its own, no redrive, no role unless
   * given.
   */
  static void asTried(ObjectNode context) {
    ObjectNode execution = (ObjectNode) context.get("Execution");
    execution.remove("RedriveCount");
    if (execution.path("RoleArn").asText().isEmpty()) {
      execution.putNull("RoleArn");
    }
    ((ObjectNode) context.get("State")).put("Name", Trial.STATE_NAME);
  }

  /** Adds RetryCount, which only states that can be tried again have. */
  static ObjectNode withRetries(ObjectNode context, long retries) {
    ((ObjectNode) context.get("State")).put("RetryCount", retries);
    return context;
  }

  /** Adds the item of an iteration. */
  static ObjectNode withItem(ObjectNode context, int index, JsonNode item) {
    ObjectNode of = context.putObject("Map").putObject("Item");
    of.put("Index", index);
    of.set("Value", item);
    return context;
  }

  private static @Nullable Strand iteration(Execution execution, Strand strand) {
    for (Strand s = strand; !s.root(); s = execution.strands().get(s.parent)) {
      if (s.iteration()) {
        return s;
      }
    }
    return null;
  }

  private static String text(long millis) {
    return MILLIS.format(Instant.ofEpochMilli(millis));
  }
}
