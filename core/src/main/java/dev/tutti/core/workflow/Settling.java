package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.Resource;
import dev.tutti.core.asl.data.StatesError;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.workflow.integrations.Integration;
import dev.tutti.core.workflow.integrations.Result;
import dev.tutti.core.workflow.integrations.StartExecution;
import dev.tutti.core.workflow.integrations.Target;
import org.jspecify.annotations.Nullable;

/**
 * Decides what comes of work that an execution waits for: the ends of calls, of child executions
 * and of map runs, what activities' workers and the holders of task tokens say, and that nobody
 * said anything in time.
 */
final class Settling {
  private final Executions executions;

  Settling(Executions executions) {
    this.executions = executions;
  }

  Decision<ExecutionCommand, ExecutionFact> callEnded(
      Execution state, ExecutionCommand.CallEnded c, Moment moment) {
    long scheduled = Effects.scheduled(c.call());
    Strand strand = state.strands().scheduledBy(scheduled);
    if (strand == null || strand.submitted) {
      return Decision.none();
    }
    var draft = executions.draft(state);
    Result result =
        Integration.of(strand.resource)
            .result(
                Effects.work(state.arn(), strand.resource, scheduled, Json.parse("null")),
                c.outcome(),
                moment.millis());
    Resource.Pattern pattern =
        Target.isFunction(strand.resource)
            ? Resource.Pattern.REQUEST_RESPONSE
            : Target.of(strand.resource).pattern();
    if (result instanceof Result.Output output
        && pattern != Resource.Pattern.REQUEST_RESPONSE
        && !Draft.tooLong(output.value())) {
      draft.add(
          new ExecutionFact.TaskSubmitted(
              draft.id(), strand.previous, strand.id, strand.resource, output.value()));
      if (pattern != Resource.Pattern.WAIT_FOR_TASK_TOKEN) {
        draft.add(
            new ExecutionFact.ChildAwaited(
                strand.id, scheduled, output.value().path("ExecutionArn").asText()));
      }
      return Decision.of(draft.facts());
    }
    settle(state, strand, result, Effects.task(scheduled), moment, draft);
    return Executions.onward(draft);
  }

  /** A Task's work was played, and ended so. */
  Decision<ExecutionCommand, ExecutionFact> played(
      Execution state, Strand strand, long scheduled, Result result, Moment moment) {
    Draft draft = executions.draft(state);
    settle(state, strand, result, Effects.task(scheduled), moment, draft);
    return Executions.onward(draft);
  }

  /** A Task's work is taken to have ended so. */
  Decision<ExecutionCommand, ExecutionFact> pretend(
      Execution state, Strand strand, Result result, Moment moment) {
    Draft draft = executions.draft(state);
    settle(state, strand, result, null, moment, draft);
    return Decision.of(draft.facts());
  }

  /** The branches or iterations of a state are taken to have given this. */
  Decision<ExecutionCommand, ExecutionFact> pretend(
      Execution state, Strand strand, JsonNode result, Moment moment) {
    Draft draft = executions.draft(state);
    executions.step(state, strand, moment, draft).joined(result);
    return Decision.of(draft.facts());
  }

  /** A Task's work has ended. */
  private void settle(
      Execution state,
      Strand strand,
      Result result,
      @Nullable String settled,
      Moment moment,
      Draft draft) {
    draft.release(strand, settled);
    switch (result) {
      case Result.Output output when Draft.tooLong(output.value()) -> {
        String of =
            Target.isFunction(strand.resource)
                ? strand.resource
                : Target.of(strand.resource).type();
        fail(strand, StatesError.DATA_LIMIT_EXCEEDED, Draft.tooLongCause(of), draft);
      }
      case Result.Output output -> {
        long id = draft.id();
        draft.add(
            new ExecutionFact.TaskSucceeded(
                id, strand.previous, strand.id, strand.resource, output.value()));
        executions.step(state, strand, moment, draft).done(output.value(), id);
      }
      case Result.Failure failure -> fail(strand, failure.error(), failure.cause(), draft);
    }
  }

  private static void fail(
      Strand strand, @Nullable String error, @Nullable String cause, Draft draft) {
    draft.add(
        new ExecutionFact.TaskFailed(
            draft.id(), strand.previous, strand.id, strand.resource, error, cause));
  }

  /**
   * A Task took too long, or wasn't heard of for too long: AWS calls both States.Timeout. A child
   * execution that it waits for goes on.
   */
  Decision<ExecutionCommand, ExecutionFact> late(Execution state, long scheduled, String timer) {
    Strand strand = state.strands().scheduledBy(scheduled);
    if (strand == null || !strand.effects.contains(timer)) {
      return Decision.none();
    }
    var draft = executions.draft(state);
    draft.release(
        strand.effects.stream()
            .filter(name -> !name.equals(timer) && !Effects.isChild(name))
            .toList());
    draft.add(
        new ExecutionFact.TaskTimedOut(
            draft.id(),
            strand.previous,
            strand.id,
            strand.resource,
            StatesError.TIMEOUT,
            Effects.isHeartbeat(timer) ? true : null));
    return Executions.onward(draft);
  }

  static Decision<ExecutionCommand, ExecutionFact> take(
      Execution state, ExecutionCommand.TakeTask c) {
    Strand strand = state.strands().scheduledBy(c.scheduled());
    if (strand == null || strand.offered == null || strand.token == null) {
      return Decision.<ExecutionCommand, ExecutionFact>none().replying();
    }
    ExecutionFact fact =
        new ExecutionFact.TaskTaken(
            state.lastEvent() + 1,
            strand.previous,
            strand.id,
            strand.resource,
            c.worker(),
            strand.timeoutSeconds,
            strand.heartbeatSeconds);
    return Decision.<ExecutionCommand, ExecutionFact>of(fact)
        .replying(
            Json.object().put("token", strand.token).put("input", Json.write(strand.offered)));
  }

  Decision<ExecutionCommand, ExecutionFact> succeeded(
      Execution state, ExecutionCommand.TaskSuccess c, Moment moment) {
    Strand strand = holder(state, c.token());
    if (strand == null) {
      return closed(state);
    }
    var draft = executions.draft(state);
    settle(state, strand, new Result.Output(c.output()), null, moment, draft);
    return Executions.onward(draft).replying();
  }

  Decision<ExecutionCommand, ExecutionFact> failed(
      Execution state, ExecutionCommand.TaskFailure c) {
    Strand strand = holder(state, c.token());
    if (strand == null) {
      return closed(state);
    }
    var draft = executions.draft(state);
    draft.release(strand, null);
    fail(strand, c.error(), c.cause(), draft);
    return Executions.onward(draft).replying();
  }

  static Decision<ExecutionCommand, ExecutionFact> heartbeat(
      Execution state, ExecutionCommand.TaskHeartbeat c) {
    Strand strand = holder(state, c.token());
    if (strand == null) {
      return closed(state);
    }
    Decision<ExecutionCommand, ExecutionFact> beat =
        strand.heartbeatSeconds == null
            ? Decision.none()
            : Decision.of(
                new ExecutionFact.HeartbeatCame(
                    strand.id, strand.scheduled, strand.beat + 1, strand.heartbeatSeconds));
    return beat.replying();
  }

  private static @Nullable Strand holder(Execution state, String token) {
    for (Strand strand : state.strands().all()) {
      if (token.equals(strand.token) && strand.phase == Strand.Phase.WAITING) {
        return strand;
      }
    }
    return null;
  }

  private static Decision<ExecutionCommand, ExecutionFact> closed(Execution state) {
    return state.started() == null
        ? Decision.refuse("InvalidToken", "Invalid Token: 'Invalid token'")
        : Decision.refuse("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");
  }

  Decision<ExecutionCommand, ExecutionFact> childEnded(
      Execution state, ExecutionCommand.ChildEnded c, Moment moment) {
    Strand strand = state.strands().scheduledBy(c.scheduled());
    if (strand == null
        || !(Integration.of(strand.resource) instanceof StartExecution integration)) {
      return Decision.none();
    }
    var draft = executions.draft(state);
    String child = strand.effects.stream().filter(Effects::isChild).findFirst().orElse(null);
    settle(state, strand, integration.result(c.ended()), child, moment, draft);
    return Executions.onward(draft);
  }

  Decision<ExecutionCommand, ExecutionFact> mapRunEnded(
      Execution state, ExecutionCommand.MapRunEnded c) {
    Strand strand = state.strands().scheduledBy(c.scheduled());
    if (strand == null || !strand.effects.contains(Effects.mapRun(c.mapRunArn()))) {
      return Decision.none();
    }
    Draft draft = executions.draft(state);
    draft.add(
        new ExecutionFact.MapRunEnded(
            draft.id(),
            strand.previous,
            strand.id,
            c.mapRunArn(),
            c.status(),
            c.outputs(),
            c.error(),
            c.cause(),
            c.result()));
    return Executions.onward(draft);
  }
}
