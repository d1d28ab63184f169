package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.asl.Catcher;
import dev.tutti.core.asl.ErrorMatch;
import dev.tutti.core.asl.MapState;
import dev.tutti.core.asl.ParallelState;
import dev.tutti.core.asl.Retrier;
import dev.tutti.core.asl.State;
import dev.tutti.core.asl.TaskState;
import dev.tutti.core.asl.data.StatesError;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.workflow.execution.Status;
import java.util.ArrayList;
import java.util.List;

/**
 * What becomes of a state that failed: first its retriers are asked, then its catchers; else its
 * strand fails, its siblings are left unfinished, and the state that holds them has failed.
 */
final class Failing {
  private final Execution execution;
  private final Strand strand;
  private final Step step;
  private final Moment moment;
  private final Draft draft;
  private Strand.Failure failure;

  /** The event that what comes next follows. */
  private long previous;

  Failing(Execution execution, Strand strand, Step step, Moment moment, Draft draft) {
    this.execution = execution;
    this.strand = strand;
    this.step = step;
    this.moment = moment;
    this.draft = draft;
    if (strand.failure == null) {
      throw new IllegalStateException("strand " + strand.id + " has not failed");
    }
    this.failure = strand.failure;
  }

  void resolve() {
    if (retry()) {
      return;
    }
    previous = strand.previous;
    childrenFailed();
    if (!caught()) {
      give();
    }
  }

  private boolean retry() {
    List<Retrier> retriers = retriers(step.state());
    int found = Retrier.matching(retriers, error(), failure.source());
    if (found < 0) {
      return false;
    }
    long soFar = strand.retries.getOrDefault(found, 0L);
    Retrier retrier = retriers.get(found);
    if (!retrier.allows(soFar)) {
      return false;
    }
    draft.add(
        new ExecutionFact.RetryScheduled(
            strand.id,
            strand.entered,
            found,
            strand.attempts + 1,
            moment.millis() + retrier.delayMillis(soFar, step.chance())));
    return true;
  }

  /** What holds branches or iterations says so where one of them failed; not of what ends all. */
  private void childrenFailed() {
    if (failure.below() && !endsAll()) {
      long failed = draft.id();
      draft.add(new ExecutionFact.ChildrenFailed(failed, previous, strand.id, step.state().type()));
      previous = failed;
    }
  }

  /** States.Runtime ends the execution wherever it happens: nothing that holds the state fails. */
  private boolean endsAll() {
    return error().equals(StatesError.RUNTIME);
  }

  private boolean caught() {
    Catcher catcher = Catcher.matching(catchers(step.state()), error(), failure.source());
    if (catcher == null) {
      return false;
    }
    ObjectNode output = Catcher.errorOutput(failure.error(), failure.cause());
    JsonNode next;
    ObjectNode assigned;
    try {
      next = catcher.output(step.raw(), output);
      assigned = catcher.assigned(step.raw(), output);
    } catch (StatesError e) {
      failToCatch(e);
      return false;
    }
    if (Draft.tooLong(next) || Draft.tooLong(assigned)) {
      failure =
          new Strand.Failure(
              StatesError.DATA_LIMIT_EXCEEDED,
              Draft.tooLongCause(step.state().name()),
              ErrorMatch.Source.STATE,
              false);
      return false;
    }
    draft.add(
        new ExecutionFact.Exited(
            draft.id(),
            previous,
            strand.id,
            step.state().type(),
            step.state().name(),
            next,
            catcher.next(),
            assigned.isEmpty() ? null : assigned));
    return true;
  }

  /** The catcher itself failed, and so did the state: once more, and this time for good. */
  private void failToCatch(StatesError e) {
    State state = step.state();
    String cause = e.causeIn(state.name(), strand.entered);
    boolean query = e.error().equals(StatesError.QUERY_EVALUATION_ERROR);
    boolean holds = state instanceof MapState || state instanceof ParallelState;
    failure = new Strand.Failure(e.error(), cause, ErrorMatch.Source.STATE, query && holds);
    if (query) {
      long failed = draft.id();
      draft.add(
          new ExecutionFact.EvaluationFailed(
              failed, strand.previous, strand.id, state.name(), e.error(), cause, e.location()));
      previous = failed;
      childrenFailed();
    }
  }

  /** The strand is lost. */
  private void give() {
    if (strand.root() || endsAll()) {
      draft.releaseAll(execution.strands().all());
      String cause = failure.cause() == null || failure.cause().isEmpty() ? null : failure.cause();
      draft.end(Status.FAILED, previous, moment.millis(), null, failure.error(), cause);
      return;
    }
    Strand holder = execution.strands().get(strand.parent);
    var names = new ArrayList<String>();
    for (Strand lost : execution.strands().below(holder)) {
      names.addAll(lost.effects);
      boolean child = lost.parent == holder.id;
      if (lost == strand && strand.iteration()) {
        draft.add(
            new ExecutionFact.IterationFailed(
                draft.id(), previous, strand.id, holder.state, strand.index));
        continue;
      }
      draft.abort(lost);
      if (child && lost.iteration()) {
        draft.add(
            new ExecutionFact.IterationAborted(
                draft.id(), lost.previous, lost.id, holder.state, lost.index));
      }
    }
    draft.release(names);
    draft.add(
        new ExecutionFact.BranchFailed(holder.id, previous, failure.error(), failure.cause()));
  }

  private String error() {
    return failure.error() == null ? "" : failure.error();
  }

  static List<Retrier> retriers(State state) {
    return switch (state) {
      case TaskState s -> s.retriers();
      case ParallelState s -> s.retriers();
      case MapState s -> s.retriers();
      default -> List.of();
    };
  }

  static List<Catcher> catchers(State state) {
    return switch (state) {
      case TaskState s -> s.catchers();
      case ParallelState s -> s.catchers();
      case MapState s -> s.catchers();
      default -> List.of();
    };
  }
}
