package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.data.StatesError;
import dev.tutti.core.json.Codec;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.workflow.execution.Ended;
import dev.tutti.core.workflow.execution.Status;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides map runs: starts the children of a distributed Map state, each an execution of its own, a
 * bounded number at a time, until all have ended or more have failed than may.
 *
 * <p>Items that come from outside are read a page at a time, the next when the last has nearly been
 * handed out; then the results are written, where they are to be. Both are calls of {@link
 * MapRunCalls}, so that a run goes on wherever it was when the process ended.
 */
public final class MapRuns implements Decider<MapRun, MapRunCommand, MapRunFact> {
  public static final String KIND = "mapRun";

  /** Rows by ARN of the execution that waits, age, ARN of the run. */
  public static final String ROWS = "mapRuns";

  /** Children at a time where the state sets no bound. */
  private static final long MOST_CHILDREN = 1_000;

  /** Children started in one commit. */
  private static final int SPREAD = 100;

  private static final String TOO_MANY = "The specified tolerated failure threshold was exceeded";
  private static final BigDecimal ALL = BigDecimal.valueOf(100);
  private static final Codec<Ended> ENDS = new Codec<>(Ended.class);

  private final ItemSelection selection;

  /** Map runs of states that are defined. */
  public MapRuns(Definitions definitions) {
    this.selection = new ItemSelection(definitions);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Class<MapRunCommand> commands() {
    return MapRunCommand.class;
  }

  @Override
  public Class<MapRunFact> facts() {
    return MapRunFact.class;
  }

  @Override
  public MapRun blank(Key key) {
    return new MapRun(key);
  }

  @Override
  public MapRun apply(MapRun state, Recorded<MapRunFact> recorded) {
    state.apply(recorded);
    return state;
  }

  @Override
  public MapRunCommand outcome(String call, Outcome outcome) {
    return new MapRunCommand.CallEnded(call, outcome);
  }

  @Override
  public Decision<MapRunCommand, MapRunFact> decide(
      MapRun state, MapRunCommand command, Moment moment) {
    return switch (command) {
      case MapRunCommand.Start c when state.start() != null -> Decision.none();
      case MapRunCommand.Start c ->
          Decision.<MapRunCommand, MapRunFact>of(new MapRunFact.Started(c.start()))
              .then(new MapRunCommand.Spread());
      case MapRunCommand.Update c when state.start() == null ->
          Decision.refuse("ResourceNotFound", "Resource not found: '" + state.arn() + "'");
      case MapRunCommand.Update c -> update(state, c);
      case MapRunCommand.Redrive c when state.start() == null -> Decision.none();
      case MapRunCommand.Redrive c -> redrive(state, c);
      case MapRunCommand other when !state.isRunning() -> Decision.none();
      case MapRunCommand.CallEnded c -> callEnded(state, c, moment);
      case MapRunCommand other when state.writing() != null ->
          other instanceof MapRunCommand.Cancel
              ? Decision.of(ended(Status.ABORTED, null, null, null))
              : Decision.none();
      case MapRunCommand.Spread c -> spread(state);
      case MapRunCommand.ChildEnded c ->
          isOfEarlierLife(state, c) ? Decision.none() : childEnded(state, c.index(), c.ended());
      case MapRunCommand.Cancel c -> end(state, Status.ABORTED, null, null);
    };
  }

  /** One that was cancelled may still be writing: that is over then, and it goes on. */
  private static Decision<MapRunCommand, MapRunFact> redrive(
      MapRun state, MapRunCommand.Redrive c) {
    MapRunFact.WritingBegan writing = state.writing();
    if (state.isRunning() && writing == null) {
      return Decision.none();
    }
    var facts = new ArrayList<MapRunFact>();
    if (writing != null) {
      facts.add(ended(writing.status(), writing.error(), writing.cause(), null));
    }
    facts.add(new MapRunFact.Redriven(c.scheduled()));
    return Decision.<MapRunCommand, MapRunFact>of(facts).then(new MapRunCommand.Spread());
  }

  private static Decision<MapRunCommand, MapRunFact> update(MapRun state, MapRunCommand.Update c) {
    MapRunFact fact =
        new MapRunFact.Updated(
            Objects.requireNonNullElse(c.concurrency(), state.concurrency()),
            Objects.requireNonNullElse(c.toleratedCount(), state.toleratedCount()),
            Objects.requireNonNullElse(c.toleratedPercentage(), state.toleratedPercentage()));
    return Decision.<MapRunCommand, MapRunFact>of(fact).replying().then(new MapRunCommand.Spread());
  }

  private static Decision<MapRunCommand, MapRunFact> spread(MapRun state) {
    boolean idle = state.running().isEmpty() && !state.isReading();
    boolean handedOut = state.waiting().isEmpty() && state.again().isEmpty();
    if (idle && handedOut && state.isReadOut()) {
      return isTooMany(state)
          ? end(state, Status.FAILED, StatesError.EXCEED_TOLERATED_FAILURE_THRESHOLD, TOO_MANY)
          : end(state, Status.SUCCEEDED, null, null);
    }
    long most = state.concurrency() == 0 ? MOST_CHILDREN : state.concurrency();
    long now = Math.min(most - state.running().size(), SPREAD);
    var facts = new ArrayList<MapRunFact>();
    boolean express = start(state).ofExpress();
    for (var each : state.again().entrySet()) {
      if (facts.size() >= now) {
        break;
      }
      int index = each.getKey();
      MapRun.Child child = each.getValue();
      facts.add(
          express
              ? new MapRunFact.ChildStarted(index, child(state, index, child.attempt() + 1))
              : new MapRunFact.ChildRedriven(index, child.executionArn()));
    }
    for (int index : state.waiting().keySet()) {
      if (facts.size() >= now) {
        break;
      }
      facts.add(new MapRunFact.ChildStarted(index, child(state, index, 0)));
    }
    boolean goesOn = now > 0 && facts.size() == SPREAD;
    if (state.waiting().size() < SPREAD && !state.isReadOut() && !state.isReading()) {
      facts.add(new MapRunFact.ReadingBegan(state.readings() + 1, state.position()));
    }
    Decision<MapRunCommand, MapRunFact> decision = Decision.of(facts);
    return goesOn ? decision.then(new MapRunCommand.Spread()) : decision;
  }

  private static MapRunStart start(MapRun state) {
    return Objects.requireNonNull(state.start());
  }

  /** The ARN of a run's child. */
  private static String child(MapRun state, int index, int attempt) {
    String run = state.arn();
    String kind = start(state).ofExpress() ? ":express:" : ":execution:";
    String id = Ids.uuid(run + "#" + index + (attempt == 0 ? "" : "#" + attempt));
    return run.substring(0, run.lastIndexOf(':')).replaceFirst(":mapRun:", kind) + ":" + id;
  }

  private Decision<MapRunCommand, MapRunFact> callEnded(
      MapRun state, MapRunCommand.CallEnded c, Moment moment) {
    String[] name = c.call().split("/", 3);
    int number = Integer.parseInt(name[1]);
    return switch (name[0]) {
      case MapRunCalls.READ ->
          state.isReading() && number == state.readings() && state.writing() == null
              ? read(state, c.outcome(), moment)
              : Decision.none();
      case MapRunCalls.WRITE ->
          state.writing() != null && number == state.writings()
              ? written(state.writing(), c.outcome())
              : Decision.none();
      case MapRunCalls.CHILD -> {
        int attempt = name.length < 3 ? 0 : Integer.parseInt(name[2]);
        yield expressEnded(state, number, attempt, c.outcome(), moment);
      }
      default -> throw new IllegalStateException("a map run has no call " + c.call());
    };
  }

  private Decision<MapRunCommand, MapRunFact> read(MapRun state, Outcome outcome, Moment moment) {
    return switch (outcome) {
      case Outcome.Failed failed ->
          end(state, Status.FAILED, StatesError.ITEM_READER_FAILED, failed.message());
      case Outcome.Succeeded done -> {
        try {
          yield Decision.<MapRunCommand, MapRunFact>of(
                  selection.of(state, start(state), done.output(), moment))
              .then(new MapRunCommand.Spread());
        } catch (StatesError e) {
          yield end(state, Status.FAILED, e.error(), e.cause());
        }
      }
    };
  }

  private static Decision<MapRunCommand, MapRunFact> written(
      MapRunFact.WritingBegan as, Outcome outcome) {
    return Decision.of(
        switch (outcome) {
          case Outcome.Succeeded done -> ended(as.status(), as.error(), as.cause(), done.output());
          case Outcome.Failed failed ->
              ended(Status.FAILED, StatesError.RESULT_WRITER_FAILED, failed.message(), null);
        });
  }

  private static Decision<MapRunCommand, MapRunFact> expressEnded(
      MapRun state, int index, int attempt, Outcome outcome, Moment moment) {
    MapRun.Child child = state.running().get(index);
    if (child == null || child.attempt() != attempt || state.writing() != null) {
      return Decision.none();
    }
    return switch (outcome) {
      case Outcome.Succeeded done -> childEnded(state, index, ENDS.decode(done.output()));
      case Outcome.Failed failed ->
          childEnded(
              state,
              index,
              new Ended(
                  child.executionArn(),
                  start(state).machineArn(),
                  Status.FAILED,
                  moment.millis(),
                  moment.millis(),
                  Json.write(child.item().input()),
                  null,
                  StatesError.RUNTIME,
                  failed.message()));
    };
  }

  /** Whether a child tells of an end from before its redrive, which it learns of only now. */
  private static boolean isOfEarlierLife(MapRun state, MapRunCommand.ChildEnded c) {
    MapRun.Child child = state.running().get(c.index());
    return child != null && c.redrives() != null && c.redrives() < child.attempt();
  }

  private static Decision<MapRunCommand, MapRunFact> childEnded(
      MapRun state, int index, Ended ended) {
    MapRun.Child child = state.running().get(index);
    if (child == null || !child.executionArn().equals(ended.executionArn())) {
      return Decision.none();
    }
    MapRunFact fact = MapResults.of(start(state), index, ended);
    int more = ended.status() == Status.SUCCEEDED ? 0 : child.item().items();
    if (more == 0 || !isTooMany(state, more)) {
      return Decision.<MapRunCommand, MapRunFact>of(fact).then(new MapRunCommand.Spread());
    }
    var facts = new ArrayList<MapRunFact>();
    facts.add(fact);
    facts.addAll(stops(state, index));
    facts.add(last(state, Status.FAILED, StatesError.EXCEED_TOLERATED_FAILURE_THRESHOLD, TOO_MANY));
    return Decision.of(facts);
  }

  private static boolean isTooMany(MapRun state) {
    return isTooMany(state, 0);
  }

  /**
   * Whether more items have failed than may; without a bound none may. What share they are is only
   * asked when it is known of how many.
   */
  private static boolean isTooMany(MapRun state, int more) {
    boolean counted = state.toleratedCount() >= 0;
    boolean shared = state.toleratedPercentage().signum() >= 0;
    int failed =
        state.ended(Status.FAILED).items()
            + state.ended(Status.TIMED_OUT).items()
            + state.ended(Status.ABORTED).items()
            + more;
    if (!counted && !shared) {
      return failed > 0;
    }
    BigDecimal share = BigDecimal.valueOf(failed).multiply(ALL);
    BigDecimal most =
        state
            .toleratedPercentage()
            .multiply(BigDecimal.valueOf(Math.max(1, state.total().items())));
    return (counted && failed > state.toleratedCount())
        || (shared && state.isReadOut() && share.compareTo(most) > 0);
  }

  /** The children that are under way, but for one, are to stop. */
  private static List<MapRunFact> stops(MapRun state, int but) {
    var stops = new ArrayList<MapRunFact>();
    state
        .running()
        .forEach((index, child) -> {
          if (index != but) {
            stops.add(new MapRunFact.ChildStopped(index, child.executionArn()));
          }
        });
    return stops;
  }

  private static Decision<MapRunCommand, MapRunFact> end(
      MapRun state, Status as, @Nullable String error, @Nullable String cause) {
    var facts = new ArrayList<MapRunFact>(stops(state, -1));
    facts.add(last(state, as, error, cause));
    return Decision.of(facts);
  }

  /** The end, or where results are exported the way to it. */
  private static MapRunFact last(
      MapRun state, Status as, @Nullable String error, @Nullable String cause) {
    MapRunStart start = start(state);
    if (start.exports()) {
      return new MapRunFact.WritingBegan(state.writings() + 1, as, error, cause);
    }
    boolean tooLong = as == Status.SUCCEEDED && state.hasTooLongOutputs();
    return tooLong
        ? ended(
            Status.FAILED, StatesError.DATA_LIMIT_EXCEEDED, Draft.tooLongCause(start.state()), null)
        : ended(as, error, cause, null);
  }

  private static MapRunFact ended(
      Status as, @Nullable String error, @Nullable String cause, @Nullable JsonNode result) {
    return new MapRunFact.Ended(as, error, cause, as == Status.SUCCEEDED ? result : null);
  }

  @Override
  public List<Effect> effects(MapRun state, Recorded<MapRunFact> recorded) {
    MapRunStart start = state.start();
    return start == null ? List.of() : MapRunCalls.of(state, start, recorded.fact());
  }

  @Override
  public void index(MapRun state, Recorded<MapRunFact> recorded, Rows rows) {
    if (state.start() != null) {
      MapRunRows.index(state, start(state), recorded, rows);
    }
  }
}
