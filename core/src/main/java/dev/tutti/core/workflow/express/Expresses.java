package dev.tutti.core.workflow.express;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Codec;
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
import dev.tutti.core.workflow.execution.LogEntry;
import dev.tutti.core.workflow.execution.LogRows;
import dev.tutti.core.workflow.execution.Logging;
import dev.tutti.core.workflow.execution.Status;
import java.util.List;

/**
 * Decides what is recorded of express executions. An asynchronous one is durable before it is
 * acknowledged and its run is a call that is owed until it has ended, so that it happens at least
 * once; of one whose caller waited there is but this record, made when all is over.
 */
public final class Expresses implements Decider<Express, ExpressCommand, ExpressFact> {
  public static final String KIND = "express";

  /** The operation that runs one; no client can ask for it. */
  public static final String RUN = "RunExpressExecution";

  private static final int LANES = 64;
  private static final Codec<ExpressEnd> ENDS = new Codec<>(ExpressEnd.class);

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Class<ExpressCommand> commands() {
    return ExpressCommand.class;
  }

  @Override
  public Class<ExpressFact> facts() {
    return ExpressFact.class;
  }

  @Override
  public Express blank(Key key) {
    return new Express(key.id(), null, 0, false);
  }

  @Override
  public Express apply(Express state, Recorded<ExpressFact> recorded) {
    return switch (recorded.fact()) {
      case ExpressFact.Started f -> new Express(state.arn(), f.start(), recorded.millis(), true);
      case ExpressFact.Ended f ->
          new Express(state.arn(), state.start(), state.startMillis(), false);
      case ExpressFact.Ran f -> new Express(state.arn(), f.start(), f.end().startMillis(), false);
    };
  }

  @Override
  public List<Effect> effects(Express state, Recorded<ExpressFact> recorded) {
    return switch (recorded.fact()) {
      case ExpressFact.Started f -> {
        String arn = recorded.key().id();
        yield List.of(
            new Effect.Call(
                "run",
                KIND + "/" + Math.floorMod(arn.hashCode(), LANES),
                new Request.Operation(
                    Arns.account(arn),
                    Arns.region(arn),
                    "states",
                    RUN,
                    Json.object().put("executionArn", arn))));
      }
      case ExpressFact.Ended f -> List.of();
      case ExpressFact.Ran f -> List.of();
    };
  }

  @Override
  public ExpressCommand outcome(String call, Outcome outcome) {
    return new ExpressCommand.RunEnded(outcome);
  }

  @Override
  public Decision<ExpressCommand, ExpressFact> decide(
      Express state, ExpressCommand command, Moment moment) {
    return switch (command) {
      case ExpressCommand.Start c ->
          state.start() == null
              ? Decision.<ExpressCommand, ExpressFact>of(new ExpressFact.Started(c.start()))
                  .replying(Json.object().put("startMillis", moment.millis()))
              : Decision.<ExpressCommand, ExpressFact>none()
                  .replying(Json.object().put("startMillis", state.startMillis()));
      case ExpressCommand.RunEnded c when !state.running() -> Decision.none();
      case ExpressCommand.RunEnded(Outcome outcome) ->
          Decision.of(new ExpressFact.Ended(end(state, outcome, moment)));
      case ExpressCommand.Note c ->
          state.start() == null
              ? Decision.<ExpressCommand, ExpressFact>of(new ExpressFact.Ran(c.start(), c.end()))
                  .replying()
              : Decision.<ExpressCommand, ExpressFact>none().replying();
    };
  }

  private static ExpressEnd end(Express state, Outcome outcome, Moment moment) {
    return switch (outcome) {
      case Outcome.Succeeded done -> ENDS.decode(done.output());
      case Outcome.Failed failed ->
          new ExpressEnd(
              Status.FAILED,
              state.startMillis(),
              moment.millis(),
              "States.Runtime",
              failed.message(),
              List.of());
    };
  }

  /** How an end is written as the output of {@link #RUN}. */
  public static JsonNode written(ExpressEnd end) {
    return ENDS.encode(end);
  }

  @Override
  public void index(Express state, Recorded<ExpressFact> recorded, Rows rows) {
    switch (recorded.fact()) {
      case ExpressFact.Started f -> {}
      case ExpressFact.Ended f -> log(state, f.end(), rows);
      case ExpressFact.Ran f -> log(state, f.end(), rows);
    }
  }

  private static void log(Express state, ExpressEnd end, Rows rows) {
    Logging logging = state.start() == null ? null : state.start().logging();
    if (logging != null) {
      for (LogEntry entry : end.logged()) {
        LogRows.put(rows, logging, state.arn(), end.startMillis(), entry);
      }
    }
  }
}
