package dev.tutti.core.asl.compile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.Flow;
import dev.tutti.core.asl.MapState;
import dev.tutti.core.asl.ParallelState;
import dev.tutti.core.asl.Resource;
import dev.tutti.core.asl.State;
import dev.tutti.core.asl.TaskState;
import java.util.function.Predicate;

/** Whether there is the work that Task states name. */
final class Available {
  private final Predicate<Resource> available;
  private final Findings findings;

  private Available(Predicate<Resource> available, Findings findings) {
    this.available = available;
    this.findings = findings;
  }

  static void check(Flow flow, JsonNode written, Predicate<Resource> available, Findings findings) {
    new Available(available, findings).flow(flow, written, "");
  }

  private void flow(Flow flow, JsonNode written, String at) {
    for (State state : flow.states().values()) {
      String here = at + "/States/" + state.name();
      JsonNode of = written.path("States").path(state.name());
      switch (state) {
        case TaskState task when !available.test(task.resource()) ->
            findings.schema(
                "The resource provided "
                    + task.resource().arn()
                    + " is not recognized. The value is not a valid resource ARN, or the resource"
                    + " is not available in this region.",
                here + "/Resource");
        case ParallelState parallel -> {
          for (int i = 0; i < parallel.branches().size(); i++) {
            flow(
                parallel.branches().get(i),
                of.path("Branches").path(i),
                here + "/Branches[" + i + "]");
          }
        }
        case MapState map -> {
          String inner = of.has("Iterator") ? "Iterator" : "ItemProcessor";
          flow(map.processor(), of.path(inner), here + "/" + inner);
        }
        default -> {
          // asks nobody
        }
      }
    }
  }
}
