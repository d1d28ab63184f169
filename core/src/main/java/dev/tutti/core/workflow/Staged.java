package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.kernel.Request;
import dev.tutti.core.workflow.execution.Arns;
import dev.tutti.core.workflow.integrations.Result;
import java.util.List;

/**
 * Executions in which some Tasks' work is played instead of asked for: for rehearsals, never for
 * production. All else is decided by {@link Executions} as ever. A played Task becomes a call to
 * the service {@link #SERVICE}, whose outcome is the Task's result or error as it stands.
 */
public final class Staged implements Decider<Execution, ExecutionCommand, ExecutionFact> {
  public static final String SERVICE = "stage";

  /**
   * Asks for {@code {executionArn, machineArn, state, resource, scheduled, parameters, taskToken}};
   * the last may be missing.
   */
  public static final String PLAY = "Play";

  private final Executions executions;
  private final Cast cast;

  /** Who plays. */
  @FunctionalInterface
  public interface Cast {
    /** Nobody: what isn't rehearsed. */
    Cast NOBODY = (machine, state) -> false;

    /** Whether a Task state's work is played. */
    boolean plays(String machineArn, String state);
  }

  /** The same executions, with a cast. */
  public Staged(Executions executions, Cast cast) {
    this.executions = executions.with(cast);
    this.cast = cast;
  }

  private boolean isPlayed(Execution state, int strand) {
    return cast.plays(state.begun().machineArn(), state.strands().get(strand).state);
  }

  @Override
  public Decision<ExecutionCommand, ExecutionFact> decide(
      Execution state, ExecutionCommand command, Moment moment) {
    if (command instanceof ExecutionCommand.CallEnded(String call, Outcome outcome)) {
      long scheduled = Effects.scheduled(call);
      Strand strand = state.strands().scheduledBy(scheduled);
      if (strand != null && isPlayed(state, strand.id)) {
        return executions.settling().played(state, strand, scheduled, result(outcome), moment);
      }
    }
    return executions.decide(state, command, moment);
  }

  private static Result result(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Succeeded done -> new Result.Output(done.output());
      case Outcome.Failed failed -> new Result.Failure(failed.error(), failed.message());
    };
  }

  @Override
  public List<Effect> effects(Execution state, Recorded<ExecutionFact> recorded) {
    return recorded.fact() instanceof ExecutionFact.TaskScheduled f && isPlayed(state, f.strand())
        ? Effects.task(f, asking(state, f), SERVICE, recorded.millis())
        : executions.effects(state, recorded);
  }

  private static Request asking(Execution state, ExecutionFact.TaskScheduled f) {
    ObjectNode input =
        Json.object()
            .put("executionArn", state.arn())
            .put("machineArn", state.begun().machineArn())
            .put("state", state.strands().get(f.strand()).state)
            .put("resource", f.resource())
            .put("scheduled", f.id());
    input.set("parameters", f.parameters());
    if (f.token() != null) {
      input.put("taskToken", f.token());
    }
    return new Request.Operation(Arns.account(state.arn()), f.region(), SERVICE, PLAY, input);
  }

  @Override
  public String kind() {
    return executions.kind();
  }

  @Override
  public Class<ExecutionCommand> commands() {
    return executions.commands();
  }

  @Override
  public Class<ExecutionFact> facts() {
    return executions.facts();
  }

  @Override
  public Execution blank(Key key) {
    return executions.blank(key);
  }

  @Override
  public Execution apply(Execution state, Recorded<ExecutionFact> recorded) {
    return executions.apply(state, recorded);
  }

  @Override
  public ExecutionCommand outcome(String call, Outcome outcome) {
    return executions.outcome(call, outcome);
  }

  @Override
  public void index(Execution state, Recorded<ExecutionFact> recorded, Rows rows) {
    executions.index(state, recorded, rows);
  }
}
