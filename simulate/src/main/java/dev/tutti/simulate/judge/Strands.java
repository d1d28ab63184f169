package dev.tutti.simulate.judge;

import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.workflow.ExecutionFact;
import dev.tutti.core.workflow.ExecutionFact.IterationStarted;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A history, sorted by its strands. */
final class Strands {
  private final Map<Integer, Line> lines = new TreeMap<>();

  /** Retries that were planned, by the event that entered their state. */
  private final Map<Long, Deque<Recorded<ExecutionFact>>> planned = new HashMap<>();

  /** The last failure that ended the branches or iterations of a strand. */
  private final Map<Integer, ExecutionFact.BranchFailed> failedBelow = new HashMap<>();

  private final List<IterationStarted> iterations = new ArrayList<>();
  private ExecutionFact.@Nullable Started started;
  private @Nullable ExecutionFact end;

  Strands(List<Recorded<ExecutionFact>> facts) {
    facts.forEach(this::sort);
  }

  /** How it began; null where it never did. */
  ExecutionFact.@Nullable Started started() {
    return started;
  }

  /** How it ended; null where it hasn't. */
  @Nullable ExecutionFact end() {
    return end;
  }

  Line line(int strand) {
    return lines.computeIfAbsent(strand, s -> new Line());
  }

  void forEachLine(BiConsumer<Integer, Line> visitor) {
    lines.forEach(visitor);
  }

  /** The next retry of a state that was planned; null for none. */
  @Nullable Recorded<ExecutionFact> nextPlanned(long entered) {
    Deque<Recorded<ExecutionFact>> left = planned.get(entered);
    return left == null ? null : left.poll();
  }

  /** The last failure that ended the branches or iterations of a strand; null for none. */
  ExecutionFact.@Nullable BranchFailed failedBelow(int strand) {
    return failedBelow.get(strand);
  }

  /**
   * The start of an iteration; null where it never began.
   *
   * @param parent the Map state's strand
   * @param after the event that its Map state began with
   * @param until the event that the next Map state of the strand began with
   */
  @Nullable IterationStarted iteration(int parent, int index, long after, long until) {
    return iterations.stream()
        .filter(f -> f.parent() == parent && f.index() == index)
        .filter(f -> f.id() > after && f.id() < until)
        .findFirst()
        .orElse(null);
  }

  private void sort(Recorded<ExecutionFact> recorded) {
    switch (recorded.fact()) {
      case ExecutionFact.Started f -> started = f;
      case ExecutionFact.Succeeded f -> end = f;
      case ExecutionFact.Failed f -> end = f;
      case ExecutionFact.TimedOut f -> end = f;
      case ExecutionFact.Aborted f -> end = f;
      case ExecutionFact.Entered f -> line(f.strand()).add(recorded);
      case ExecutionFact.Exited f -> line(f.strand()).add(recorded);
      case ExecutionFact.TaskScheduled f -> line(f.strand()).add(recorded);
      case ExecutionFact.TaskStarted f -> line(f.strand()).add(recorded);
      case ExecutionFact.TaskSubmitted f -> line(f.strand()).add(recorded);
      case ExecutionFact.TaskSucceeded f -> line(f.strand()).add(recorded);
      case ExecutionFact.TaskFailed f -> line(f.strand()).add(recorded);
      case ExecutionFact.TaskTimedOut f -> line(f.strand()).add(recorded);
      case ExecutionFact.Retried f -> line(f.strand()).add(recorded);
      case ExecutionFact.ParallelStarted f -> line(f.strand()).add(recorded);
      case ExecutionFact.MapStarted f -> line(f.strand()).add(recorded);
      case IterationStarted f -> iterations.add(f);
      case ExecutionFact.IterationSucceeded f -> line(f.strand()).add(recorded);
      case ExecutionFact.IterationFailed f -> line(f.strand()).add(recorded);
      case ExecutionFact.IterationAborted f -> line(f.strand()).add(recorded);
      case ExecutionFact.ChildrenSucceeded f -> line(f.strand()).add(recorded);
      case ExecutionFact.ChildrenFailed f -> line(f.strand()).add(recorded);
      case ExecutionFact.StateAborted f -> line(f.strand()).add(recorded);
      case ExecutionFact.TaskTaken f -> line(f.strand()).add(recorded);
      case ExecutionFact.StatusTold f -> {}
      case ExecutionFact.MapRunStarted f -> line(f.strand()).add(recorded);
      case ExecutionFact.MapRunEnded f -> line(f.strand()).add(recorded);
      case ExecutionFact.MapRunTold f -> {}
      case ExecutionFact.MapRunRedriven f -> line(f.strand()).add(recorded);
      case ExecutionFact.Redriven f -> {}
      case ExecutionFact.WaitBegan f -> {}
      case ExecutionFact.ChildAwaited f -> {}
      case ExecutionFact.HeartbeatCame f -> {}
      case ExecutionFact.EvaluationFailed f -> line(f.strand()).add(recorded);
      case ExecutionFact.Faulted f -> {}
      case ExecutionFact.RetryScheduled f ->
          planned.computeIfAbsent(f.entered(), e -> new ArrayDeque<>()).add(recorded);
      case ExecutionFact.BranchFailed f -> failedBelow.put(f.strand(), f);
      case ExecutionFact.Released f -> {}
      case ExecutionFact.Yielded f -> {}
      case ExecutionFact.Watched f -> {}
      case ExecutionFact.WatcherTold f -> {}
    }
  }
}
