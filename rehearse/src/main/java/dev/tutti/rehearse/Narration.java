package dev.tutti.rehearse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.workflow.ExecutionFact;
import dev.tutti.core.workflow.integrations.Target;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells an execution as it goes: a line for each thing that happens, at its virtual time, indented
 * by the Parallel and Map states around it.
 */
public final class Narration {
  /** Characters of a line before what happened: its time. */
  public static final int TIME = 9;

  private final Consumer<String> line;
  private final int width;
  private final Map<Integer, Integer> depths = new HashMap<>(Map.of(0, 0));
  private final Map<Integer, String> failures = new HashMap<>();
  private long startMillis = Long.MIN_VALUE;

  /**
   * A narration.
   *
   * @param line takes a line without its end
   * @param width most characters of a value that are shown
   */
  public Narration(Consumer<String> line, int width) {
    this.line = line;
    this.width = width;
  }

  /** Tells one fact. */
  public void on(Recorded<ExecutionFact> recorded) {
    if (startMillis == Long.MIN_VALUE) {
      startMillis = recorded.millis();
    }
    long now = recorded.millis();
    switch (recorded.fact()) {
      case ExecutionFact.Started f -> say(now, -1, "start " + shortened(f.input()));
      case ExecutionFact.Entered f ->
          say(now, f.strand(), f.state() + " (" + f.type() + ")  " + value(f.input()));
      case ExecutionFact.WaitBegan f ->
          detail(now, f.strand(), "waits " + seconds(f.untilMillis() - now) + " s");
      case ExecutionFact.TaskScheduled f ->
          detail(now, f.strand(), "→ " + work(f.resource()) + "  " + value(f.parameters()));
      case ExecutionFact.TaskSubmitted f -> detail(now, f.strand(), "taken on, waits for its end");
      case ExecutionFact.TaskSucceeded f -> detail(now, f.strand(), "← " + value(f.output()));
      case ExecutionFact.TaskFailed f -> failed(now, f.strand(), f.error(), f.cause());
      case ExecutionFact.TaskTimedOut f -> failed(now, f.strand(), f.error(), null);
      case ExecutionFact.Faulted f -> failed(now, f.strand(), f.error(), f.cause());
      case ExecutionFact.EvaluationFailed f ->
          failed(
              now,
              f.strand(),
              f.error(),
              f.location() == null ? f.cause() : f.cause() + " (in " + f.location() + ")");
      case ExecutionFact.BranchFailed f -> failed(now, f.strand(), f.error(), f.cause());
      case ExecutionFact.RetryScheduled f -> {
        failures.remove(f.strand());
        detail(
            now,
            f.strand(),
            "retry "
                + f.attempt()
                + " in "
                + seconds(f.dueMillis() - now)
                + " s, Retry["
                + f.retrier()
                + "]");
      }
      case ExecutionFact.ParallelStarted f -> {
        for (int i = 0; i < f.startAt().size(); i++) {
          depths.put(f.first() + i, depth(f.strand()) + 1);
        }
        detail(now, f.strand(), f.startAt().size() + " branches");
      }
      case ExecutionFact.MapStarted f -> detail(now, f.strand(), f.length() + " items");
      case ExecutionFact.IterationStarted f -> {
        depths.put(f.strand(), depth(f.parent()) + 1);
        say(now, f.strand(), "item " + f.index() + "  " + value(f.input()));
      }
      case ExecutionFact.MapRunStarted f -> detail(now, f.strand(), "map run begins");
      case ExecutionFact.MapRunEnded f -> detail(now, f.strand(), "map run " + f.status());
      case ExecutionFact.Exited f -> exited(now, f);
      case ExecutionFact.Succeeded f -> say(now, -1, "SUCCEEDED  " + value(f.output()));
      case ExecutionFact.Failed f -> say(now, -1, "FAILED  " + error(f.error(), f.cause()));
      case ExecutionFact.TimedOut f -> say(now, -1, "TIMED_OUT  " + error(f.error(), f.cause()));
      case ExecutionFact.Aborted f -> say(now, -1, "ABORTED  " + error(f.error(), f.cause()));
      case ExecutionFact other -> {
        // of no interest to whoever looks at states and data
      }
    }
  }

  private void exited(long now, ExecutionFact.Exited f) {
    String failure = failures.remove(f.strand());
    if (failure != null) {
      detail(now, f.strand(), "caught " + failure);
    }
    if (f.assigned() != null && !f.assigned().isEmpty()) {
      detail(now, f.strand(), "assigns " + value(f.assigned()));
    }
    String next = f.next() == null ? "" : "  next " + f.next();
    say(now, f.strand(), f.state() + " = " + value(f.output()) + next);
  }

  private void failed(long now, int strand, @Nullable String error, @Nullable String cause) {
    failures.put(strand, String.valueOf(error));
    detail(now, strand, "✗ " + error(error, cause));
  }

  private static String work(String resource) {
    return Target.isFunction(resource) || Target.isActivity(resource)
        ? resource.substring(resource.lastIndexOf(':') + 1)
        : Target.of(resource).type() + ":" + Target.of(resource).action();
  }

  private String error(@Nullable String error, @Nullable String cause) {
    return (error == null ? "(no error)" : error)
        + (cause == null || cause.isEmpty() ? "" : ": " + shortened(cause));
  }

  private String value(JsonNode value) {
    return shortened(Json.write(value));
  }

  private String shortened(String text) {
    return text.length() <= width ? text : text.substring(0, width) + "…";
  }

  private int depth(int strand) {
    return depths.getOrDefault(strand, 0);
  }

  private void detail(long now, int strand, String what) {
    say(now, strand, "  " + what);
  }

  private void say(long now, int strand, String what) {
    int depth = strand < 0 ? 0 : depth(strand) + 1;
    line.accept("%9s  %s%s".formatted(seconds(now - startMillis), "  ".repeat(depth), what));
  }

  private static String seconds(long millis) {
    return "%d.%03d".formatted(millis / 1000, millis % 1000);
  }
}
