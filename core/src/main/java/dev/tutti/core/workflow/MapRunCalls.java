package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Codec;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Request;
import dev.tutti.core.workflow.execution.Arns;
import dev.tutti.core.workflow.execution.Status;
import java.util.ArrayList;
import java.util.List;

/** What a map run's facts make the host do. */
public final class MapRunCalls {
  /**
   * The operation that reads a page of items; no client can ask for it. From {@code reading} (a
   * {@link MapReading}), {@code position} and {@code read} to {@code items}, {@code position} and
   * {@code last}.
   */
  public static final String READ_ITEMS = "ReadMapRunItems";

  /**
   * The operation that writes the results of a run whose ARN is {@code mapRunArn}; no client can
   * ask for it. From {@code writing} (a {@link MapWriting}) to the state's result.
   */
  public static final String WRITE_RESULTS = "WriteMapRunResults";

  /**
   * The operation that runs an express child to its end; no client can ask for it. From {@code
   * executionArn}, {@code machineArn}, {@code revision}, {@code roleArn} and {@code input} to an
   * {@link dev.tutti.core.workflow.execution.Ended}.
   */
  public static final String RUN_CHILD = "RunMapRunChild";

  static final String READ = "read";
  static final String WRITE = "write";
  static final String CHILD = "child";

  private static final int LANES = 16;
  private static final Codec<MapReading> READINGS = new Codec<>(MapReading.class);
  private static final Codec<MapWriting> WRITINGS = new Codec<>(MapWriting.class);

  private MapRunCalls() {}

  static List<Effect> of(MapRun state, MapRunStart start, MapRunFact fact) {
    return switch (fact) {
      case MapRunFact.Started f -> List.of();
      case MapRunFact.ReadingBegan f -> read(state, start, f);
      case MapRunFact.ItemsRead f -> List.of();
      case MapRunFact.ChildStarted f -> List.of(begin(state, start, f));
      case MapRunFact.ChildEnded f -> List.of();
      case MapRunFact.ChildStopped f ->
          List.of(
              start.ofExpress()
                  ? new Effect.Cancel(child(f.index(), state.attempt(f.index())))
                  : new Effect.Tell(
                      new Key(Executions.KIND, f.executionArn()),
                      new ExecutionCommand.Stop(null, null)));
      case MapRunFact.ChildRedriven f ->
          List.of(
              new Effect.Tell(
                  new Key(Executions.KIND, f.executionArn()), new ExecutionCommand.RedriveChild()));
      case MapRunFact.Updated f -> List.of();
      case MapRunFact.WritingBegan f -> write(state, start, f);
      case MapRunFact.Ended f -> end(state, start, f);
      case MapRunFact.Redriven f -> List.of();
    };
  }

  private static List<Effect> read(MapRun state, MapRunStart start, MapRunFact.ReadingBegan f) {
    if (start.reading() == null) {
      throw new IllegalStateException(state.arn() + " has nothing to read");
    }
    ObjectNode input = Json.object();
    input.set("reading", READINGS.encode(start.reading()));
    input.put("position", f.position());
    input.put("read", state.read());
    return List.of(call(state, READ + "/" + f.number(), "mapRunItems", READ_ITEMS, input));
  }

  private static List<Effect> write(MapRun state, MapRunStart start, MapRunFact.WritingBegan f) {
    if (start.writing() == null) {
      throw new IllegalStateException(state.arn() + " has nowhere to write");
    }
    ObjectNode input = Json.object();
    input.put("mapRunArn", state.arn());
    input.set("writing", WRITINGS.encode(start.writing()));
    return List.of(call(state, WRITE + "/" + f.number(), "mapRunResults", WRITE_RESULTS, input));
  }

  private static Effect begin(MapRun state, MapRunStart start, MapRunFact.ChildStarted f) {
    MapRun.Child child = state.running().get(f.index());
    if (child == null) {
      throw new IllegalStateException(state.arn() + " has no child " + f.index());
    }
    String revision = MachineCatalogue.part(start.revision(), start.state());
    String input = Json.write(child.item().input());
    if (!start.ofExpress()) {
      return new Effect.Tell(
          new Key(Executions.KIND, f.executionArn()),
          new ExecutionCommand.Start(
              start.machineArn(),
              revision,
              start.roleArn(),
              input,
              null,
              null,
              null,
              null,
              new MapRunChild(state.arn(), f.index())));
    }
    ObjectNode asked = Json.object();
    asked.put("executionArn", f.executionArn());
    asked.put("machineArn", start.machineArn());
    asked.put("revision", revision);
    asked.put("roleArn", start.roleArn());
    asked.put("input", input);
    String lane = "express/" + f.index() % LANES;
    return call(state, child(f.index(), child.attempt()), lane, RUN_CHILD, asked);
  }

  /**
   * The call of an express child; that of a further attempt is another, or it were taken for it.
   */
  private static String child(int index, int attempt) {
    return CHILD + "/" + index + (attempt == 0 ? "" : "/" + attempt);
  }

  private static Effect call(
      MapRun state, String name, String lane, String operation, ObjectNode input) {
    String arn = state.arn();
    return new Effect.Call(
        name,
        lane,
        new Request.Operation(Arns.account(arn), Arns.region(arn), "states", operation, input));
  }

  /** Nothing of it stays behind, and the execution that waits is told. */
  private static List<Effect> end(MapRun state, MapRunStart start, MapRunFact.Ended f) {
    var effects = new ArrayList<Effect>();
    if (state.readings() > 0) {
      effects.add(new Effect.Cancel(READ + "/" + state.readings()));
    }
    if (state.writings() > 0) {
      effects.add(new Effect.Cancel(WRITE + "/" + state.writings()));
    }
    effects.add(new Effect.Tell(new Key(Executions.KIND, start.executionArn()), ended(state, f)));
    return effects;
  }

  private static ExecutionCommand ended(MapRun state, MapRunFact.Ended f) {
    boolean well = f.status() == Status.SUCCEEDED;
    return new ExecutionCommand.MapRunEnded(
        state.scheduled(),
        state.arn(),
        f.status(),
        well && f.result() == null ? state.outputs() : List.of(),
        f.error(),
        f.cause(),
        f.result());
  }
}
