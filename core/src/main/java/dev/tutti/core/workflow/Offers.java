package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.workflow.integrations.Target;
import java.util.ArrayList;
import java.util.List;

/**
 * Which Tasks wait for a worker of their activity, read off executions' facts. A Task that waits
 * has a row; so a queue of those that wait can be made from the rows at any time, and kept from the
 * facts that follow.
 */
public final class Offers {
  /** By ARN of the execution, number of the event that scheduled the Task. */
  public static final String ROWS = "activityTasks";

  private static final String EFFECT = "offer/";

  private Offers() {}

  /** A Task that an activity's workers may take. */
  public record Task(String activityArn, String executionArn, long scheduled) {}

  /** What a fact means for those who wait for Tasks. */
  public sealed interface Change {
    record Offered(Task task, long atMillis) implements Change {}

    /** It was taken, or its state is over. */
    record Withdrawn(Task task) implements Change {}
  }

  /** The name under which a strand holds its offer. */
  static String name(long scheduled, String activityArn) {
    return EFFECT + scheduled + "/" + activityArn;
  }

  /** What a fact changes. */
  public static List<Change> changes(Recorded<ExecutionFact> recorded) {
    String execution = recorded.key().id();
    return switch (recorded.fact()) {
      case ExecutionFact.TaskScheduled f when Target.isActivity(f.resource()) ->
          List.of(new Change.Offered(new Task(f.resource(), execution, f.id()), recorded.millis()));
      case ExecutionFact.TaskTaken f ->
          List.of(new Change.Withdrawn(new Task(f.resource(), execution, f.previous())));
      case ExecutionFact.Released f -> {
        var found = new ArrayList<Change>();
        for (String name : f.names()) {
          if (name.startsWith(EFFECT)) {
            String[] parts = name.split("/", 3);
            found.add(
                new Change.Withdrawn(new Task(parts[2], execution, Long.parseLong(parts[1]))));
          }
        }
        yield found;
      }
      case ExecutionFact other -> List.of();
    };
  }

  static void index(Recorded<ExecutionFact> recorded, Decider.Rows rows) {
    for (Change change : changes(recorded)) {
      switch (change) {
        case Change.Offered(Task task, long atMillis) ->
            rows.put(
                ROWS,
                key(task),
                Json.object().put("activityArn", task.activityArn()).put("atMillis", atMillis));
        case Change.Withdrawn(Task task) -> rows.delete(ROWS, key(task));
      }
    }
  }

  private static List<String> key(Task task) {
    return List.of(task.executionArn(), Long.toString(task.scheduled()));
  }

  /** The offer that a row stands for. */
  public static Change.Offered of(List<String> key, JsonNode row) {
    return new Change.Offered(
        new Task(row.path("activityArn").asText(), key.getFirst(), Long.parseLong(key.get(1))),
        row.path("atMillis").asLong());
  }
}
