package dev.tutti.core.events;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides replays, aggregate kind {@code replay}, whose id is the replay's ARN.
 *
 * <p>A replay is a cursor over a log. It goes in steps: a call reads the next rows and has each
 * event matched once more under the replay's name; its outcome is the new cursor, a fact. So a
 * replay holds no more than a step in memory, goes on from its cursor after a crash, and since an
 * event takes a replay's name once, a step that is made again sends nothing twice.
 */
public final class Replays implements Decider<Replay, ReplayCommand, ReplayFact> {
  public static final String KIND = "replay";

  /** Replays: account, region, name. */
  public static final String TABLE = "replays";

  /** The operation that makes a step; nothing outside this runtime may call it. */
  public static final String STEP_OPERATION = "ReplayEvents";

  /** Most events of a step. */
  public static final int STEP_EVENTS = 500;

  /** Least time from the beginning of a step to that of the next: so 5,000 events a second. */
  static final long STEP_MILLIS = 100;

  /** From the start to the first step: time to cancel what was started by mistake. */
  static final long START_MILLIS = 1000;

  private static final String STEP = "step/";
  private static final int MAX_FAILURES = 100;
  private static final long FAILURE_MILLIS = 1000;

  public static Key key(ArchiveArn arn) {
    return new Key(KIND, arn.text());
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Class<ReplayCommand> commands() {
    return ReplayCommand.class;
  }

  @Override
  public Class<ReplayFact> facts() {
    return ReplayFact.class;
  }

  @Override
  public Replay blank(Key key) {
    return new Replay(ArchiveArn.parse(key.id()).orElseThrow());
  }

  @Override
  public Decision<ReplayCommand, ReplayFact> decide(
      Replay replay, ReplayCommand command, Moment moment) {
    return switch (command) {
      case ReplayCommand.Start start -> start(replay, start, moment);
      case ReplayCommand.Stepped stepped ->
          replay.state().isActive() && !replay.isWaiting() && stepped.step() == replay.step()
              ? stepped(replay, stepped)
              : Decision.none();
      case ReplayCommand.Continue next ->
          replay.isWaiting() && next.step() == replay.step() + 1
              ? Decision.of(new ReplayFact.Continued(next.step()))
              : Decision.none();
      case ReplayCommand.Cancel cancel -> cancel(replay);
    };
  }

  private static Decision<ReplayCommand, ReplayFact> start(
      Replay replay, ReplayCommand.Start start, Moment moment) {
    String name = replay.arn().name();
    if (replay.started() != null) {
      return Decision.refuse(
          "ResourceAlreadyExistsException", "Replay " + name + " already exists.");
    }
    ObjectNode reply =
        Json.object()
            .put("ReplayArn", replay.arn().text())
            .put("State", Replay.State.STARTING.name())
            .put("ReplayStartTime", moment.millis() / 1000.0);
    return Decision.<ReplayCommand, ReplayFact>of(
            new ReplayFact.ReplayStarted(
                start.source(),
                start.era(),
                start.bus(),
                start.description(),
                start.fromMillis(),
                start.toMillis(),
                start.rules()))
        .replying(reply);
  }

  private static Decision<ReplayCommand, ReplayFact> stepped(
      Replay replay, ReplayCommand.Stepped stepped) {
    int step = stepped.step();
    boolean ending = replay.state() == Replay.State.CANCELLING;
    List<ReplayFact> facts = new ArrayList<>();
    switch (stepped.outcome()) {
      case Outcome.Succeeded done -> {
        JsonNode output = done.output();
        List<String> cursor = new ArrayList<>();
        output.path("Cursor").forEach(part -> cursor.add(part.asText()));
        facts.add(
            new ReplayFact.Advanced(
                step, cursor, output.path("Events").asInt(), output.path("LastMillis").asLong()));
        if (output.path("Done").asBoolean()) {
          facts.add(new ReplayFact.Ended(ReplayFact.End.COMPLETED, null));
        } else if (ending) {
          facts.add(new ReplayFact.Ended(ReplayFact.End.CANCELLED, null));
        }
      }
      case Outcome.Failed failed -> {
        if (ending) {
          facts.add(new ReplayFact.Ended(ReplayFact.End.CANCELLED, null));
        } else if (isFinal(failed) || replay.failures() >= MAX_FAILURES) {
          facts.add(new ReplayFact.Ended(ReplayFact.End.FAILED, failed.message()));
        } else {
          facts.add(new ReplayFact.StepFailed(step, failed.error(), failed.message()));
        }
      }
    }
    return Decision.of(facts);
  }

  private static boolean isFinal(Outcome.Failed failed) {
    return failed.error().equals(Buses.NOT_FOUND);
  }

  private static Decision<ReplayCommand, ReplayFact> cancel(Replay replay) {
    String name = replay.arn().name();
    if (replay.started() == null) {
      return Decision.refuse(Buses.NOT_FOUND, "Replay " + name + " does not exist.");
    }
    if (replay.state() != Replay.State.STARTING && replay.state() != Replay.State.RUNNING) {
      return Decision.refuse(
          "IllegalStatusException",
          "Replay " + name + " is not in a valid state for this operation.");
    }
    List<ReplayFact> facts =
        replay.isWaiting()
            ? List.of(
                new ReplayFact.CancelRequested(),
                new ReplayFact.Ended(ReplayFact.End.CANCELLED, null))
            : List.of(new ReplayFact.CancelRequested());
    return Decision.<ReplayCommand, ReplayFact>of(facts)
        .replying(
            Json.object()
                .put("ReplayArn", replay.arn().text())
                .put("State", Replay.State.CANCELLING.name()));
  }

  @Override
  public Replay apply(Replay replay, Recorded<ReplayFact> recorded) {
    replay.apply(recorded);
    return replay;
  }

  @Override
  public List<Effect> effects(Replay replay, Recorded<ReplayFact> recorded) {
    return switch (recorded.fact()) {
      case ReplayFact.ReplayStarted fact -> List.of(next(0, recorded.millis() + START_MILLIS));
      case ReplayFact.Continued fact -> List.of(step(replay, started(replay)));
      case ReplayFact.Advanced fact ->
          List.of(
              next(fact.step(), Math.max(recorded.millis(), replay.stepMillis() + STEP_MILLIS)));
      case ReplayFact.StepFailed fact ->
          List.of(next(fact.step(), recorded.millis() + FAILURE_MILLIS));
      case ReplayFact.CancelRequested fact -> List.of();
      case ReplayFact.Ended fact -> List.of(new Effect.Cancel(pause(replay.step() + 1)));
    };
  }

  private static String pause(int step) {
    return "pause/" + step;
  }

  private static Effect next(int step, long atMillis) {
    return new Effect.Wake(pause(step + 1), atMillis, new ReplayCommand.Continue(step + 1));
  }

  /** What came after the replay began isn't part of it, or it might never end. */
  private static Effect step(Replay replay, ReplayFact.ReplayStarted started) {
    ArchiveArn arn = replay.arn();
    ObjectNode input =
        Json.object()
            .put("ReplayName", arn.name())
            .put("Source", started.source())
            .put("Era", started.era())
            .put("EventBusArn", started.bus())
            .put("FromMillis", started.fromMillis())
            .put("ToMillis", Math.min(started.toMillis(), replay.startedMillis()))
            .put("AcceptedMillis", replay.startedMillis());
    replay.cursor().forEach(input.putArray("Cursor")::add);
    started.rules().forEach(input.putArray("Rules")::add);
    return new Effect.Call(
        STEP + replay.step(),
        arn.text(),
        new Request.Operation(arn.account(), arn.region(), "events", STEP_OPERATION, input));
  }

  private static ReplayFact.ReplayStarted started(Replay replay) {
    ReplayFact.@Nullable ReplayStarted started = replay.started();
    if (started == null) {
      throw new IllegalStateException("the replay has not begun");
    }
    return started;
  }

  @Override
  public ReplayCommand outcome(String call, Outcome outcome) {
    if (!call.startsWith(STEP)) {
      throw new IllegalArgumentException("not a replay's call: " + call);
    }
    return new ReplayCommand.Stepped(Integer.parseInt(call.substring(STEP.length())), outcome);
  }

  @Override
  public void index(Replay replay, Recorded<ReplayFact> recorded, Rows rows) {
    ArchiveArn arn = replay.arn();
    rows.put(TABLE, List.of(arn.account(), arn.region(), arn.name()), row(replay));
  }

  private static ObjectNode row(Replay replay) {
    ReplayFact.ReplayStarted started = started(replay);
    ObjectNode row =
        Json.object()
            .put("state", replay.state().name())
            .put("source", started.source())
            .put("fromMillis", started.fromMillis())
            .put("toMillis", started.toMillis())
            .put("startedMillis", replay.startedMillis())
            .put("lastMillis", replay.lastMillis())
            .put("endedMillis", replay.endedMillis())
            .put("events", replay.events());
    String reason = replay.reason();
    return reason == null ? row : row.put("reason", reason);
  }
}
