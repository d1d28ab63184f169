package dev.tutti.services.trace;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.workflow.ExecutionFact;
import dev.tutti.host.Reader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells an execution: its states in their order and nesting, and a Task's attempts one by one. */
record ExecutionStory(Decider<?, ?, ExecutionFact> decider) implements Story<ExecutionFact> {

  @Override
  public Told tell(Key key, List<Recorded<ExecutionFact>> facts) {
    Telling telling = new Telling(key, facts.getFirst().millis());
    facts.forEach(telling::tell);
    return telling.told;
  }

  @Override
  public Optional<Key> named(String id, Reader reader) {
    return id.contains(":execution:") ? Optional.of(new Key(decider.kind(), id)) : Optional.empty();
  }

  /** Where the telling stands: which state each strand is in, and where that strand's states go. */
  private static final class Telling {
    private final TraceNode top;
    private final Told told;
    private final Map<Integer, TraceNode> containers = new HashMap<>();
    private final Map<Integer, TraceNode> states = new HashMap<>();
    private final Map<Integer, TraceNode> attempts = new HashMap<>();
    private final Map<TraceNode, Integer> tries = new HashMap<>();

    Telling(Key key, long atMillis) {
      String[] arn = key.id().split(":", -1);
      top = new TraceNode("execution", key.id(), arn[arn.length - 2] + " in " + arn[4], atMillis);
      top.lasting().status("RUNNING");
      told = new Told(top);
      containers.put(0, top);
    }

    void tell(Recorded<ExecutionFact> recorded) {
      long at = recorded.millis();
      switch (recorded.fact()) {
        case ExecutionFact.Entered entered -> enter(entered, at);
        case ExecutionFact.Exited exited -> exit(exited, at);
        case ExecutionFact.ParallelStarted parallel -> {
          for (int i = 0; i < parallel.startAt().size(); i++) {
            containers.put(parallel.first() + i, state(parallel.strand()));
          }
        }
        case ExecutionFact.IterationStarted iteration -> {
          TraceNode node =
              new TraceNode("iteration", "" + iteration.index(), "item " + iteration.index(), at);
          state(iteration.parent()).add(node);
          containers.put(iteration.strand(), node);
        }
        case ExecutionFact.IterationSucceeded iteration ->
            container(iteration.strand()).end("ok", at);
        case ExecutionFact.IterationFailed iteration ->
            container(iteration.strand()).end("failed", at);
        case ExecutionFact.IterationAborted iteration ->
            container(iteration.strand()).end("aborted", at);
        case ExecutionFact.TaskScheduled scheduled ->
            told.leadsTo(recorded.seq(), attempt(scheduled, at));
        case ExecutionFact.TaskSucceeded task -> endAttempt(task.strand(), "ok", at);
        case ExecutionFact.TaskFailed task ->
            endAttempt(task.strand(), "failed " + Objects.toString(task.error(), ""), at);
        case ExecutionFact.TaskTimedOut task ->
            endAttempt(task.strand(), "timed out " + task.error(), at);
        case ExecutionFact.Faulted faulted ->
            state(faulted.strand()).status("failed " + Objects.toString(faulted.error(), ""));
        case ExecutionFact.RetryScheduled retry ->
            state(retry.strand()).status("retry " + retry.attempt());
        case ExecutionFact.StateAborted aborted -> state(aborted.strand()).end("aborted", at);
        case ExecutionFact.ChildrenFailed failed -> state(failed.strand()).end("failed", at);
        case ExecutionFact.Redriven ignored -> top.status("RUNNING");
        case ExecutionFact.Succeeded ignored -> top.end("SUCCEEDED", at);
        case ExecutionFact.Failed failed -> top.end("FAILED" + because(failed.error()), at);
        case ExecutionFact.TimedOut ignored -> top.end("TIMED_OUT", at);
        case ExecutionFact.Aborted aborted -> top.end("ABORTED" + because(aborted.error()), at);
        default -> {}
      }
    }

    private static String because(@Nullable String error) {
      return error == null ? "" : " " + error;
    }

    private void enter(ExecutionFact.Entered entered, long at) {
      TraceNode node =
          new TraceNode(
              "state", entered.state(), entered.state() + " (" + entered.type() + ")", at);
      node.status("running");
      container(entered.strand()).add(node);
      states.put(entered.strand(), node);
    }

    private void exit(ExecutionFact.Exited exited, long at) {
      TraceNode node = state(exited.strand());
      node.end(node.status().startsWith("failed") ? "caught" : "ok", at);
    }

    private TraceNode attempt(ExecutionFact.TaskScheduled scheduled, long at) {
      TraceNode state = state(scheduled.strand());
      int number = tries.merge(state, 1, Integer::sum);
      TraceNode node =
          new TraceNode(
              "attempt",
              Integer.toString(number),
              work(scheduled.resource(), scheduled.parameters())
                  + (number > 1 ? ", attempt " + number : ""),
              at);
      node.status("running");
      state.add(node);
      attempts.put(scheduled.strand(), node);
      return node;
    }

    /** What a Task does, in few words: {@code invoke find-colours}, {@code events:putEvents}. */
    private static String work(String resource, JsonNode parameters) {
      String[] arn = resource.split(":", -1);
      if (arn.length > 6 && arn[2].equals("lambda")) {
        return "invoke " + arn[6];
      }
      String function = parameters.path("FunctionName").asText("");
      if (!function.isEmpty()) {
        String[] parts = function.split(":", -1);
        return "invoke " + (parts.length > 6 ? parts[6] : function);
      }
      return arn.length > 6 ? arn[5] + ":" + arn[6] : resource;
    }

    private void endAttempt(int strand, String how, long at) {
      TraceNode attempt = attempts.get(strand);
      if (attempt != null) {
        attempt.end(how, at);
      }
      if (!how.equals("ok")) {
        state(strand).status(how);
      }
    }

    private TraceNode state(int strand) {
      return Objects.requireNonNullElse(states.get(strand), top);
    }

    private TraceNode container(int strand) {
      return Objects.requireNonNullElse(containers.get(strand), top);
    }
  }
}
