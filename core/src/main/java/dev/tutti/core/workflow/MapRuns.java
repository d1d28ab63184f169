package dev.tutti.core.workflow;

import dev.tutti.core.asl.data.StatesError;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.workflow.execution.Arns;
import dev.tutti.core.workflow.execution.Status;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Decides map runs: starts the children of a distributed Map state, each an execution of its own, a
 * bounded number at a time, until all have ended or more have failed than may.
 */
public final class MapRuns implements Decider<MapRun, MapRunCommand, MapRunFact> {
  public static final String KIND = "mapRun";

  /** Rows by ARN of the execution that waits, age, ARN of the run. */
  public static final String ROWS = "mapRuns";

  /** Children at a time where the state sets no bound. */
  private static final long MOST_CHILDREN = 1_000;

  /** Children started in one commit. */
  private static final int SPREAD = 100;

  private static final BigDecimal ALL = BigDecimal.valueOf(100);

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
    throw new IllegalStateException("a map run calls nobody: " + call);
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
      case MapRunCommand other when !state.isRunning() -> Decision.none();
      case MapRunCommand.Spread c -> spread(state);
      case MapRunCommand.ChildEnded c -> childEnded(state, c);
      case MapRunCommand.Cancel c -> end(state, Status.ABORTED);
    };
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
    if (state.begun() == state.total()) {
      return state.running().isEmpty() ? end(state, Status.SUCCEEDED) : Decision.none();
    }
    long most = state.concurrency() == 0 ? MOST_CHILDREN : state.concurrency();
    long now =
        Math.min(Math.min(most - state.underWay(), SPREAD), state.total() - (long) state.begun());
    var facts = new ArrayList<MapRunFact>();
    for (int i = 0; i < now; i++) {
      int index = state.begun() + i;
      facts.add(new MapRunFact.ChildStarted(index, child(state.arn(), index)));
    }
    Decision<MapRunCommand, MapRunFact> decision = Decision.of(facts);
    return now == SPREAD ? decision.then(new MapRunCommand.Spread()) : decision;
  }

  /** The ARN of a run's child. */
  private static String child(String runArn, int index) {
    return runArn.substring(0, runArn.lastIndexOf(':')).replaceFirst(":mapRun:", ":execution:")
        + ":"
        + Ids.uuid(runArn + "#" + index);
  }

  private static Decision<MapRunCommand, MapRunFact> childEnded(
      MapRun state, MapRunCommand.ChildEnded c) {
    if (!state.running().containsKey(c.index())) {
      return Decision.none();
    }
    Status status = c.ended().status();
    MapRunFact fact = new MapRunFact.ChildEnded(c.index(), status, c.ended().output());
    int failed =
        state.ended(Status.FAILED)
            + state.ended(Status.TIMED_OUT)
            + state.ended(Status.ABORTED)
            + (status == Status.SUCCEEDED ? 0 : 1);
    if (!isTooMany(state, failed)) {
      return Decision.<MapRunCommand, MapRunFact>of(fact).then(new MapRunCommand.Spread());
    }
    var facts = new ArrayList<MapRunFact>();
    facts.add(fact);
    state
        .running()
        .forEach((index, arn) -> {
          if (index != c.index()) {
            facts.add(new MapRunFact.ChildStopped(index, arn));
          }
        });
    facts.add(new MapRunFact.Ended(Status.FAILED));
    return Decision.of(facts);
  }

  /** Whether more have failed than may; without a bound none may. */
  private static boolean isTooMany(MapRun state, int failed) {
    boolean counted = state.toleratedCount() >= 0;
    boolean shared = state.toleratedPercentage().signum() >= 0;
    if (!counted && !shared) {
      return failed > 0;
    }
    BigDecimal share = BigDecimal.valueOf(failed).multiply(ALL);
    BigDecimal most =
        state.toleratedPercentage().multiply(BigDecimal.valueOf(Math.max(1, state.total())));
    return (counted && failed > state.toleratedCount()) || (shared && share.compareTo(most) > 0);
  }

  private static Decision<MapRunCommand, MapRunFact> end(MapRun state, Status as) {
    var facts = new ArrayList<MapRunFact>();
    state.running().forEach((index, arn) -> facts.add(new MapRunFact.ChildStopped(index, arn)));
    facts.add(new MapRunFact.Ended(as));
    return Decision.of(facts);
  }

  @Override
  public List<Effect> effects(MapRun state, Recorded<MapRunFact> recorded) {
    MapRunStart start = state.start();
    if (start == null) {
      return List.of();
    }
    return switch (recorded.fact()) {
      case MapRunFact.Started f -> List.of();
      case MapRunFact.ChildStarted f ->
          List.of(
              new Effect.Tell(
                  new Key(Executions.KIND, f.executionArn()), begin(state, start, f.index())));
      case MapRunFact.ChildEnded f -> List.of();
      case MapRunFact.ChildStopped f ->
          List.of(
              new Effect.Tell(
                  new Key(Executions.KIND, f.executionArn()),
                  new ExecutionCommand.Stop(null, null)));
      case MapRunFact.Updated f -> List.of();
      case MapRunFact.Ended f ->
          List.of(
              new Effect.Tell(
                  new Key(Executions.KIND, start.executionArn()), ended(state, start, f)));
    };
  }

  private static ExecutionCommand begin(MapRun state, MapRunStart start, int index) {
    return new ExecutionCommand.Start(
        start.machineArn(),
        MachineCatalogue.part(start.revision(), start.state()),
        start.roleArn(),
        Json.write(start.inputs().get(index)),
        null,
        null,
        null,
        null,
        new MapRunChild(state.arn(), index));
  }

  private static ExecutionCommand ended(MapRun state, MapRunStart start, MapRunFact.Ended f) {
    boolean well = f.status() == Status.SUCCEEDED;
    return new ExecutionCommand.MapRunEnded(
        start.scheduled(),
        state.arn(),
        f.status(),
        well ? state.outputs() : List.of(),
        well ? null : StatesError.EXCEED_TOLERATED_FAILURE_THRESHOLD,
        well ? null : "The specified tolerated failure threshold was exceeded");
  }

  @Override
  public void index(MapRun state, Recorded<MapRunFact> recorded, Rows rows) {
    MapRunStart start = state.start();
    boolean shows =
        recorded.fact() instanceof MapRunFact.Started
            || recorded.fact() instanceof MapRunFact.Ended;
    if (start == null || !shows) {
      return;
    }
    var row = Json.object();
    row.put("executionArn", start.executionArn());
    row.put("mapRunArn", state.arn());
    row.put("stateMachineArn", Arns.machineOf(state.arn()));
    row.put("startMillis", state.startMillis());
    if (state.stopMillis() != 0) {
      row.put("stopMillis", state.stopMillis());
    }
    rows.put(
        ROWS,
        List.of(
            start.executionArn(),
            "%019d".formatted(Long.MAX_VALUE - state.startMillis()),
            state.arn()),
        row);
  }
}
