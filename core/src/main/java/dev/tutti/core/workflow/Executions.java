package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.Resource;
import dev.tutti.core.asl.StateMachine;
import dev.tutti.core.asl.data.StatesError;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.workflow.execution.Arns;
import dev.tutti.core.workflow.execution.LogRows;
import dev.tutti.core.workflow.execution.Logging;
import dev.tutti.core.workflow.execution.Status;
import dev.tutti.core.workflow.integrations.Integration;
import dev.tutti.core.workflow.integrations.Result;
import dev.tutti.core.workflow.integrations.StartExecution;
import dev.tutti.core.workflow.integrations.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides executions of standard state machines.
 *
 * <p>Whatever happens to an execution first settles the strand that it concerns; then a walk takes
 * one step of one strand after the other, each a decision of its own, until all strands wait or the
 * execution has ended. After {@link #STEPS_PER_COMMIT} steps it rests and goes on in a commit of
 * its own, so that no execution keeps its shard for itself.
 */
public final class Executions implements Decider<Execution, ExecutionCommand, ExecutionFact> {
  public static final String KIND = "execution";

  /** Steps after which the other executions of the shard get their turn. */
  static final int STEPS_PER_COMMIT = 500;

  /** Longest history (AWS quota). */
  static final int MAX_EVENTS = 25_000;

  /** More events than any one step adds where nothing is left unfinished. */
  private static final int EVENTS_PER_STEP = 6;

  private final Definitions definitions;
  private final Predicate<String> activities;
  private final @Nullable Sight sight;
  private final Audience audience;
  private final long maxEvents;
  private final boolean redrivable;
  private final Staged.Cast cast;

  /**
   * Executions of what is defined.
   *
   * @param activities whether there is an activity of that ARN
   * @param audience of their changes of status
   */
  public Executions(Definitions definitions, Predicate<String> activities, Audience audience) {
    this(definitions, activities, audience, null, MAX_EVENTS, true, Staged.Cast.NOBODY);
  }

  /** Executions to whose changes of status nobody listens. */
  public Executions(Definitions definitions, Predicate<String> activities) {
    this(definitions, activities, Audience.NONE);
  }

  /** For one state that is tried. */
  Executions(Definitions definitions, Predicate<String> activities, @Nullable Sight sight) {
    this(definitions, activities, Audience.NONE, sight, MAX_EVENTS, true, Staged.Cast.NOBODY);
  }

  private Executions(
      Definitions definitions,
      Predicate<String> activities,
      Audience audience,
      @Nullable Sight sight,
      long maxEvents,
      boolean redrivable,
      Staged.Cast cast) {
    this.definitions = definitions;
    this.activities = activities;
    this.audience = audience;
    this.sight = sight;
    this.maxEvents = maxEvents;
    this.redrivable = redrivable;
    this.cast = cast;
  }

  /**
   * Executions of express state machines, which have no bound on their events.
   *
   * @param awaited whether their callers wait for their end
   */
  public static Executions express(Definitions definitions, boolean awaited) {
    return new Executions(
        definitions,
        activity -> false,
        Audience.NONE,
        null,
        Long.MAX_VALUE,
        !awaited,
        Staged.Cast.NOBODY);
  }

  /** The same, where some Tasks are played. */
  Executions with(Staged.Cast players) {
    return new Executions(definitions, activities, audience, sight, maxEvents, redrivable, players);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Class<ExecutionCommand> commands() {
    return ExecutionCommand.class;
  }

  @Override
  public Class<ExecutionFact> facts() {
    return ExecutionFact.class;
  }

  @Override
  public Execution blank(Key key) {
    return new Execution(key, redrivable);
  }

  @Override
  public Execution apply(Execution state, Recorded<ExecutionFact> recorded) {
    state.apply(recorded);
    return state;
  }

  @Override
  public List<Effect> effects(Execution state, Recorded<ExecutionFact> recorded) {
    return Effects.of(state, recorded);
  }

  @Override
  public ExecutionCommand outcome(String call, Outcome outcome) {
    return new ExecutionCommand.CallEnded(call, outcome);
  }

  @Override
  public void index(Execution state, Recorded<ExecutionFact> recorded, Rows rows) {
    ExecutionRows.index(state, recorded, rows);
    Offers.index(recorded, rows);
    Logging logging = state.begun().logging();
    if (logging != null) {
      new ExecutionLog(logging, state.arn())
          .entry(recorded)
          .ifPresent(entry -> LogRows.put(rows, logging, state.arn(), state.startMillis(), entry));
    }
  }

  @Override
  public Decision<ExecutionCommand, ExecutionFact> decide(
      Execution state, ExecutionCommand command, Moment moment) {
    return switch (command) {
      case ExecutionCommand.Start c -> start(state, c, moment);
      case ExecutionCommand.Walk c -> walk(state, c.steps(), moment);
      case ExecutionCommand.CallEnded c -> callEnded(state, c, moment);
      case ExecutionCommand.WaitOver c -> waitOver(state, c, moment);
      case ExecutionCommand.RetryDue c -> retryDue(state, c);
      case ExecutionCommand.TaskTimeout c ->
          late(state, c.scheduled(), Effects.timeout(c.scheduled()));
      case ExecutionCommand.HeartbeatMissed c ->
          late(state, c.scheduled(), Effects.heartbeat(c.scheduled(), c.beat()));
      case ExecutionCommand.MachineTimeout c ->
          state.running()
              ? cut(state, Status.TIMED_OUT, StatesError.TIMEOUT, null, moment)
              : Decision.none();
      case ExecutionCommand.Stop c -> stop(state, c, moment);
      case ExecutionCommand.Redrive c -> Redriving.asked(state, c, moment, isHeard(state));
      case ExecutionCommand.RedriveChild c -> Redriving.ofChild(state, moment);
      case ExecutionCommand.TakeTask c -> take(state, c);
      case ExecutionCommand.TaskSuccess c -> succeeded(state, c, moment);
      case ExecutionCommand.TaskFailure c -> failed(state, c);
      case ExecutionCommand.TaskHeartbeat c -> heartbeat(state, c);
      case ExecutionCommand.Watch c -> watch(state, c);
      case ExecutionCommand.ChildEnded c -> childEnded(state, c, moment);
      case ExecutionCommand.MapRunEnded c -> mapRunEnded(state, c);
    };
  }

  private Decision<ExecutionCommand, ExecutionFact> start(
      Execution state, ExecutionCommand.Start c, Moment moment) {
    ExecutionFact.Started before = state.started();
    if (before != null) {
      return state.running() && before.input().equals(c.input())
          ? Decision.<ExecutionCommand, ExecutionFact>none().replying(started(state.startMillis()))
          : Decision.refuse(
              "ExecutionAlreadyExists", "Execution Already Exists: '" + state.arn() + "'");
    }
    StateMachine machine = definitions.of(c.machineArn(), c.revision());
    ExecutionFact fact =
        new ExecutionFact.Started(
            1,
            0,
            c.machineArn(),
            c.revision(),
            c.roleArn(),
            c.input(),
            machine.startAt(),
            machine.timeoutSeconds(),
            c.traceHeader(),
            c.versionArn(),
            c.aliasArn(),
            c.logging(),
            c.mapRun());
    var facts = new ArrayList<ExecutionFact>();
    facts.add(fact);
    if (c.mapRun() == null && isHeard(state)) {
      facts.add(new ExecutionFact.StatusTold(Status.RUNNING, 1));
    }
    return Decision.<ExecutionCommand, ExecutionFact>of(facts)
        .replying(started(moment.millis()))
        .then(new ExecutionCommand.Walk(0));
  }

  private static JsonNode started(long millis) {
    return Json.object().put("startMillis", millis);
  }

  private Decision<ExecutionCommand, ExecutionFact> walk(
      Execution state, int steps, Moment moment) {
    Strand strand = state.firstReady();
    if (!state.running() || strand == null) {
      return Decision.none();
    }
    if (steps >= STEPS_PER_COMMIT) {
      return Decision.of(new ExecutionFact.Yielded(state.lastSeq()));
    }
    var draft = draft(state);
    if (state.lastEvent() > maxEvents - EVENTS_PER_STEP) {
      draft.giveUp(moment.millis());
      return Decision.of(draft.facts());
    }
    Step step = step(state, strand, moment, draft);
    switch (strand.phase) {
      case ENTERING -> step.enter();
      case RETRYING -> step.work();
      case SPREADING -> step.iterate();
      case JOINED -> step.joined();
      case REDRIVING -> step.redriveMapRun();
      case FAILED -> new Failing(state, strand, step, moment, draft).resolve();
      case WAITING, ENDED ->
          throw new IllegalStateException("strand " + strand.id + " has nothing to do");
    }
    return Decision.<ExecutionCommand, ExecutionFact>of(draft.facts())
        .then(new ExecutionCommand.Walk(steps + 1));
  }

  private Step step(Execution state, Strand strand, Moment moment, Draft draft) {
    ExecutionFact.Started s = state.begun();
    return new Step(
        definitions.of(s.machineArn(), s.revision()),
        activities,
        state,
        strand,
        moment,
        draft,
        sight,
        cast);
  }

  private Draft draft(Execution state) {
    boolean child = state.started() != null && state.begun().mapRun() != null;
    return new Draft(state, !child && isHeard(state));
  }

  private boolean isHeard(Execution state) {
    return audience.listens(Arns.account(state.arn()), Arns.region(state.arn()));
  }

  private static Decision<ExecutionCommand, ExecutionFact> onward(Draft draft) {
    return Decision.<ExecutionCommand, ExecutionFact>of(draft.facts())
        .then(new ExecutionCommand.Walk(0));
  }

  private Decision<ExecutionCommand, ExecutionFact> waitOver(
      Execution state, ExecutionCommand.WaitOver c, Moment moment) {
    Strand strand = state.strandOrNull(c.strand());
    if (strand == null || !strand.effects.contains(Effects.waiting(c.entered()))) {
      return Decision.none();
    }
    var draft = draft(state);
    step(state, strand, moment, draft).waited();
    return onward(draft);
  }

  private static Decision<ExecutionCommand, ExecutionFact> retryDue(
      Execution state, ExecutionCommand.RetryDue c) {
    Strand strand = state.strandOrNull(c.strand());
    return strand == null || !strand.effects.contains(Effects.retry(c.entered(), c.attempt()))
        ? Decision.none()
        : Decision.<ExecutionCommand, ExecutionFact>of(new ExecutionFact.Retried(c.strand()))
            .then(new ExecutionCommand.Walk(0));
  }

  private Decision<ExecutionCommand, ExecutionFact> callEnded(
      Execution state, ExecutionCommand.CallEnded c, Moment moment) {
    long scheduled = Effects.scheduled(c.call());
    Strand strand = state.scheduledBy(scheduled);
    if (strand == null || strand.submitted) {
      return Decision.none();
    }
    var draft = draft(state);
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
    return onward(draft);
  }

  /** A Task's work was played, and ended so. */
  Decision<ExecutionCommand, ExecutionFact> played(
      Execution state, Strand strand, long scheduled, Result result, Moment moment) {
    Draft draft = draft(state);
    settle(state, strand, result, Effects.task(scheduled), moment, draft);
    return onward(draft);
  }

  /** A Task's work is taken to have ended so. */
  Decision<ExecutionCommand, ExecutionFact> pretend(
      Execution state, Strand strand, Result result, Moment moment) {
    Draft draft = draft(state);
    settle(state, strand, result, null, moment, draft);
    return Decision.of(draft.facts());
  }

  /** The branches or iterations of a state are taken to have given this. */
  Decision<ExecutionCommand, ExecutionFact> pretend(
      Execution state, Strand strand, JsonNode result, Moment moment) {
    Draft draft = draft(state);
    step(state, strand, moment, draft).joined(result);
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
        step(state, strand, moment, draft).done(output.value(), id);
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

  /** A Task took too long, or wasn't heard of for too long: AWS calls both States.Timeout. */
  private Decision<ExecutionCommand, ExecutionFact> late(
      Execution state, long scheduled, String timer) {
    Strand strand = state.scheduledBy(scheduled);
    if (strand == null || !strand.effects.contains(timer)) {
      return Decision.none();
    }
    var draft = draft(state);
    draft.release(strand, timer);
    draft.add(
        new ExecutionFact.TaskTimedOut(
            draft.id(), strand.previous, strand.id, strand.resource, StatesError.TIMEOUT));
    return onward(draft);
  }

  private Decision<ExecutionCommand, ExecutionFact> stop(
      Execution state, ExecutionCommand.Stop c, Moment moment) {
    if (state.started() == null) {
      return Decision.refuse(
          "ExecutionDoesNotExist", "Execution Does Not Exist: '" + state.arn() + "'");
    }
    return state.running()
        ? cut(state, Status.ABORTED, c.error(), c.cause(), moment)
            .replying(Json.object().put("stopMillis", moment.millis()))
        : Decision.<ExecutionCommand, ExecutionFact>none()
            .replying(Json.object().put("stopMillis", state.stopMillis()));
  }

  /** Ends the execution from outside. */
  private Decision<ExecutionCommand, ExecutionFact> cut(
      Execution state, Status as, @Nullable String error, @Nullable String cause, Moment moment) {
    var draft = draft(state);
    Strand root = state.strand(0);
    draft.abandon(state.below(root));
    draft.abort(root);
    draft.release(root, null);
    draft.end(as, root.previous, moment.millis(), null, error, cause);
    return Decision.of(draft.facts());
  }

  private static Decision<ExecutionCommand, ExecutionFact> take(
      Execution state, ExecutionCommand.TakeTask c) {
    Strand strand = state.scheduledBy(c.scheduled());
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

  private Decision<ExecutionCommand, ExecutionFact> succeeded(
      Execution state, ExecutionCommand.TaskSuccess c, Moment moment) {
    Strand strand = holder(state, c.token());
    if (strand == null) {
      return closed(state);
    }
    var draft = draft(state);
    settle(state, strand, new Result.Output(c.output()), null, moment, draft);
    return onward(draft).replying();
  }

  private Decision<ExecutionCommand, ExecutionFact> failed(
      Execution state, ExecutionCommand.TaskFailure c) {
    Strand strand = holder(state, c.token());
    if (strand == null) {
      return closed(state);
    }
    var draft = draft(state);
    draft.release(strand, null);
    fail(strand, c.error(), c.cause(), draft);
    return onward(draft).replying();
  }

  private static Decision<ExecutionCommand, ExecutionFact> heartbeat(
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
    for (Strand strand : state.strands()) {
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

  private static Decision<ExecutionCommand, ExecutionFact> watch(
      Execution state, ExecutionCommand.Watch c) {
    if (state.started() == null) {
      return Decision.none();
    }
    var facts = new ArrayList<ExecutionFact>();
    facts.add(new ExecutionFact.Watched(c.watcher(), c.scheduled()));
    if (!state.running()) {
      facts.add(new ExecutionFact.WatcherTold(c.watcher(), c.scheduled(), state.ended()));
    }
    return Decision.of(facts);
  }

  private Decision<ExecutionCommand, ExecutionFact> childEnded(
      Execution state, ExecutionCommand.ChildEnded c, Moment moment) {
    Strand strand = state.scheduledBy(c.scheduled());
    if (strand == null
        || !(Integration.of(strand.resource) instanceof StartExecution integration)) {
      return Decision.none();
    }
    var draft = draft(state);
    settle(state, strand, integration.result(c.ended()), null, moment, draft);
    return onward(draft);
  }

  private Decision<ExecutionCommand, ExecutionFact> mapRunEnded(
      Execution state, ExecutionCommand.MapRunEnded c) {
    Strand strand = state.scheduledBy(c.scheduled());
    if (strand == null || !strand.effects.contains(Effects.mapRun(c.mapRunArn()))) {
      return Decision.none();
    }
    Draft draft = draft(state);
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
    return onward(draft);
  }
}
