package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
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
  private final Settling settling = new Settling(this);

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

  /** What comes of the work that executions wait for. */
  Settling settling() {
    return settling;
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
      case ExecutionCommand.CallEnded c -> settling.callEnded(state, c, moment);
      case ExecutionCommand.WaitOver c -> waitOver(state, c, moment);
      case ExecutionCommand.RetryDue c -> retryDue(state, c);
      case ExecutionCommand.TaskTimeout c ->
          settling.late(state, c.scheduled(), Effects.timeout(c.scheduled()));
      case ExecutionCommand.HeartbeatMissed c ->
          settling.late(state, c.scheduled(), Effects.heartbeat(c.scheduled(), c.beat()));
      case ExecutionCommand.MachineTimeout c ->
          state.running()
              ? cut(state, Status.TIMED_OUT, StatesError.TIMEOUT, null, moment)
              : Decision.none();
      case ExecutionCommand.Stop c -> stop(state, c, moment);
      case ExecutionCommand.Redrive c -> Redriving.asked(state, c, moment, isHeard(state));
      case ExecutionCommand.RedriveChild c -> Redriving.ofChild(state, moment);
      case ExecutionCommand.TakeTask c -> Settling.take(state, c);
      case ExecutionCommand.TaskSuccess c -> settling.succeeded(state, c, moment);
      case ExecutionCommand.TaskFailure c -> settling.failed(state, c);
      case ExecutionCommand.TaskHeartbeat c -> Settling.heartbeat(state, c);
      case ExecutionCommand.Watch c -> watch(state, c);
      case ExecutionCommand.ChildEnded c -> settling.childEnded(state, c, moment);
      case ExecutionCommand.MapRunEnded c -> settling.mapRunEnded(state, c);
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
    Strand strand = state.strands().firstReady();
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

  Step step(Execution state, Strand strand, Moment moment, Draft draft) {
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

  Draft draft(Execution state) {
    boolean child = state.started() != null && state.begun().mapRun() != null;
    return new Draft(state, !child && isHeard(state));
  }

  private boolean isHeard(Execution state) {
    return audience.listens(Arns.account(state.arn()), Arns.region(state.arn()));
  }

  static Decision<ExecutionCommand, ExecutionFact> onward(Draft draft) {
    return Decision.<ExecutionCommand, ExecutionFact>of(draft.facts())
        .then(new ExecutionCommand.Walk(0));
  }

  private Decision<ExecutionCommand, ExecutionFact> waitOver(
      Execution state, ExecutionCommand.WaitOver c, Moment moment) {
    Strand strand = state.strands().getOrNull(c.strand());
    if (strand == null
        || !strand.effects.contains(Effects.waiting(c.entered(), state.redrives()))) {
      return Decision.none();
    }
    var draft = draft(state);
    step(state, strand, moment, draft).waited();
    return onward(draft);
  }

  private static Decision<ExecutionCommand, ExecutionFact> retryDue(
      Execution state, ExecutionCommand.RetryDue c) {
    Strand strand = state.strands().getOrNull(c.strand());
    return strand == null
            || !strand.effects.contains(Effects.retry(c.entered(), c.attempt(), state.redrives()))
        ? Decision.none()
        : Decision.<ExecutionCommand, ExecutionFact>of(new ExecutionFact.Retried(c.strand()))
            .then(new ExecutionCommand.Walk(0));
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

  /** Ends the execution from outside: as at AWS, after no event and with no word of its states. */
  private Decision<ExecutionCommand, ExecutionFact> cut(
      Execution state, Status as, @Nullable String error, @Nullable String cause, Moment moment) {
    var draft = draft(state);
    draft.releaseAll(state.strands().all());
    draft.end(as, 0, moment.millis(), null, error, cause);
    return Decision.of(draft.facts());
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
}
