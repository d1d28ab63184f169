package dev.tutti.simulate.judge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.Flow;
import dev.tutti.core.asl.MapState;
import dev.tutti.core.asl.ParallelState;
import dev.tutti.core.asl.ResultWriter;
import dev.tutti.core.asl.State;
import dev.tutti.core.asl.StateMachine;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.workflow.ExecutionFact;
import dev.tutti.core.workflow.MapRunChild;
import dev.tutti.core.workflow.MapRunFact;
import dev.tutti.core.workflow.MapRunItem;
import dev.tutti.core.workflow.MapRunStart;
import dev.tutti.core.workflow.MapWriting;
import dev.tutti.core.workflow.execution.Status;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One map run: each item has one child, no more at a time than may be, which ended as the run was
 * told; the run ends once (I7, I25), well where no more failed than may, with what its children
 * gave in their order (I8), and the execution that waits was told that. A redrive begins only what
 * had not succeeded (I21).
 */
final class MapRunning {
  private static final String TOO_MANY = "States.ExceedToleratedFailureThreshold";

  private final Map<Key, List<Recorded<?>>> facts;
  private final Key key;
  private final List<String> faults;
  private final Map<Integer, String> running = new HashMap<>();
  private final Map<Integer, JsonNode> outputs = new TreeMap<>();

  /** Outputs as the run was told them. */
  private final Map<Integer, JsonNode> told = new TreeMap<>();

  private final Set<Integer> begun = new HashSet<>();
  private final Set<Integer> unsuccessful = new HashSet<>();
  private final Set<Integer> again = new HashSet<>();
  private final List<End> ends = new ArrayList<>();
  private final Stock stock;
  private final @Nullable Seen seen;

  /** What the children are to do, as far as that was read. */
  private final List<MapRunItem> made = new ArrayList<>();

  /** The executions that the children are, or were last. */
  private final Map<Integer, String> arns = new HashMap<>();

  private @Nullable MapRunStart start;

  /** Those of its start, or what they were changed to. */
  private MapRunFact.Updated bounds = new MapRunFact.Updated(0, -1, BigDecimal.valueOf(-1));

  private MapRunFact.@Nullable WritingBegan writing;

  /** Whether too many had failed when that began; bounds that change later change nothing. */
  private boolean decided;

  private boolean reading;
  private boolean readOut;
  private boolean over;

  /** Whether the files are those of its last end. */
  private boolean written;

  /** What the execution that waits has to be told. */
  private record End(
      Status status, List<JsonNode> outputs, @Nullable String error, @Nullable JsonNode result) {}

  MapRunning(
      Map<Key, List<Recorded<?>>> facts,
      Key key,
      Stock stock,
      @Nullable Seen seen,
      List<String> faults) {
    this.facts = facts;
    this.key = key;
    this.stock = stock;
    this.seen = seen;
    this.faults = faults;
  }

  /**
   * What runs under a revision: the whole machine, or for a map run's child the processor of the
   * Map state that is named after a {@code #}.
   */
  static StateMachine part(StateMachine machine, String revision) {
    int at = revision.indexOf('#');
    if (at < 0) {
      return machine;
    }
    Flow processor = processor(machine.flow(), revision.substring(at + 1));
    if (processor == null) {
      throw new IllegalStateException("there is no Map state " + revision);
    }
    return new StateMachine(null, processor, null, machine.version(), machine.queryLanguage());
  }

  private static @Nullable Flow processor(Flow flow, String name) {
    for (State state : flow.states().values()) {
      List<Flow> below =
          switch (state) {
            case MapState map -> List.of(map.processor());
            case ParallelState parallel -> parallel.branches();
            default -> List.of();
          };
      if (state.name().equals(name)) {
        return below.getFirst();
      }
      for (Flow each : below) {
        Flow found = processor(each, name);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /** Whether bounds are as they were asked for, as far as they were. */
  static boolean is(MapRunFact.Updated updated, JsonNode asked) {
    return asked.path("maxConcurrency").asLong(updated.concurrency()) == updated.concurrency()
        && asked.path("toleratedFailureCount").asLong(updated.toleratedCount())
            == updated.toleratedCount()
        && asked.path("toleratedFailurePercentage").asDouble(percentage(updated))
            == percentage(updated);
  }

  private static double percentage(MapRunFact.Updated updated) {
    return updated.toleratedPercentage().doubleValue();
  }

  void judge() {
    for (Recorded<MapRunFact> recorded : Judge.of(facts, MapRunFact.class, key)) {
      fact(recorded.fact());
    }
    check(over, "I25: it runs for ever");
    if (start == null) {
      return;
    }
    files(start);
    Key waiting = new Key("execution", start.executionArn());
    for (Recorded<ExecutionFact> recorded : Judge.of(facts, ExecutionFact.class, waiting)) {
      if (recorded.fact() instanceof ExecutionFact.MapRunEnded told
          && told.mapRunArn().equals(key.id())) {
        check(
            ends.contains(new End(told.status(), told.outputs(), told.error(), told.result())),
            "I8: " + waiting + " is told " + told);
      }
    }
  }

  private void check(boolean holds, String otherwise) {
    if (!holds) {
      faults.add(key + ": " + otherwise);
    }
  }

  private void fact(MapRunFact fact) {
    check(
        !over || fact instanceof MapRunFact.Redriven || fact instanceof MapRunFact.Updated,
        "I7: after its end comes " + fact);
    switch (fact) {
      case MapRunFact.Started f -> begin(f.start());
      case MapRunFact.ChildStarted f -> {
        check(
            begun.add(f.index()) || (again.remove(f.index()) && started().express() != null),
            "I9: child " + f.index() + " begins twice");
        run(f.index(), f.executionArn());
        isThere(f);
      }
      case MapRunFact.ChildRedriven f -> {
        check(again.remove(f.index()), "I21: child " + f.index() + " has nothing to redrive");
        run(f.index(), f.executionArn());
      }
      case MapRunFact.ChildEnded f -> ended(f);
      case MapRunFact.ChildStopped f -> {
        check(running.remove(f.index()) != null, "child " + f.index() + " is stopped, not running");
        unsuccessful.add(f.index());
      }
      case MapRunFact.Ended f -> end(f);
      case MapRunFact.Redriven _ -> {
        over = false;
        written = false;
        again.addAll(unsuccessful);
        unsuccessful.clear();
      }
      case MapRunFact.ReadingBegan _ -> {
        check(!reading && !readOut, "I9: it reads on, and is reading or has read all");
        reading = true;
      }
      case MapRunFact.ItemsRead f -> {
        check(reading, "I9: items come twice");
        reading = false;
        readOut = f.last();
        made.addAll(f.children());
      }
      case MapRunFact.WritingBegan f -> {
        check(writing == null && running.isEmpty(), "I9: it writes while it writes, or runs");
        writing = f;
        decided = isTooMany();
      }
      case MapRunFact.Updated f -> bounds = f;
    }
  }

  private void begin(MapRunStart of) {
    start = of;
    bounds =
        new MapRunFact.Updated(of.concurrency(), of.toleratedCount(), of.toleratedPercentage());
    readOut = of.reading() == null;
    for (int i = 0; i < of.inputs().size(); i++) {
      made.add(new MapRunItem(of.inputs().get(i), of.sizes() == null ? 1 : of.sizes().get(i)));
    }
  }

  private MapRunStart started() {
    return Objects.requireNonNull(start, "a map run has to be started");
  }

  private void run(int index, String execution) {
    running.put(index, execution);
    arns.put(index, execution);
    long most = bounds.concurrency();
    check(most == 0 || running.size() <= most, running.size() + " run at a time, of " + most);
  }

  /** A standard child has begun, with the input that is its own. */
  private void isThere(MapRunFact.ChildStarted f) {
    if (started().express() != null) {
      return;
    }
    List<Recorded<ExecutionFact>> child = history(f.executionArn());
    check(
        !child.isEmpty()
            && child.getFirst().fact() instanceof ExecutionFact.Started s
            && new MapRunChild(key.id(), f.index()).equals(s.mapRun())
            && Json.parse(s.input()).equals(made.get(f.index()).input()),
        "mail: child " + f.index() + " isn't there, or another's");
  }

  private List<Recorded<ExecutionFact>> history(String arn) {
    return Judge.of(facts, ExecutionFact.class, new Key("execution", arn));
  }

  private void ended(MapRunFact.ChildEnded f) {
    String arn = running.remove(f.index());
    check(arn != null, "I9: child " + f.index() + " ends and doesn't run");
    if (f.status() == Status.SUCCEEDED) {
      outputs.put(f.index(), output(f));
      told.put(f.index(), Objects.requireNonNullElse(f.output(), Json.object()));
    } else {
      unsuccessful.add(f.index());
    }
    if (arn != null) {
      check(endedSo(arn, f), "I8: child " + f.index() + " never ended so: " + f);
    }
  }

  private boolean endedSo(String arn, MapRunFact.ChildEnded f) {
    if (started().express() == null) {
      return history(arn).stream().anyMatch(recorded -> isEnd(recorded.fact(), f));
    }
    JsonNode input = made.get(f.index()).input();
    return seen == null || seen.ended(arn, input, fact -> isEnd(fact, f));
  }

  /** What a child that succeeded gave, wherever that is told. */
  private JsonNode output(MapRunFact.ChildEnded f) {
    MapWriting how = started().writing();
    JsonNode details = f.details();
    if (details == null && how != null && isDetailed(how)) {
      details = f.output();
    }
    if (details != null) {
      return Json.parse(details.path("Output").asText());
    }
    return Objects.requireNonNullElse(f.output(), Json.object());
  }

  private static boolean isDetailed(MapWriting writing) {
    return writing.transformation() == ResultWriter.Transformation.NONE;
  }

  private boolean isEnd(ExecutionFact fact, MapRunFact.ChildEnded as) {
    return switch (fact) {
      case ExecutionFact.Succeeded f ->
          as.status() == Status.SUCCEEDED && f.output().equals(output(as));
      case ExecutionFact.Failed _ -> as.status() == Status.FAILED;
      case ExecutionFact.TimedOut _ -> as.status() == Status.TIMED_OUT;
      case ExecutionFact.Aborted _ -> as.status() == Status.ABORTED;
      default -> false;
    };
  }

  private void end(MapRunFact.Ended f) {
    over = true;
    reading = false;
    check(running.isEmpty(), "I25: it ends, and " + running + " go on");
    boolean well = f.status() == Status.SUCCEEDED;
    if (well) {
      check(
          readOut && outputs.size() + unsuccessful.size() == made.size(),
          "I8: it succeeds before all of its children have ended");
    }
    if (well || TOO_MANY.equals(f.error())) {
      boolean tooMany = writing == null ? isTooMany() : decided;
      check(well != tooMany, "I8: " + unsuccessful + " failed, and it ends " + f);
    }
    MapWriting how = started().writing();
    JsonNode arguments = how == null ? null : how.arguments();
    MapRunFact.WritingBegan began = writing;
    writing = null;
    if (how != null && arguments != null) {
      written = began != null && began.status() == f.status() && isTold(began, f);
      check(!well || written, "I8: it succeeds, and has written nothing");
      JsonNode result = new Written(stock, key.id(), how, arguments).result();
      ends.add(new End(f.status(), List.of(), f.error(), well ? result : null));
    } else {
      ends.add(new End(f.status(), well ? given(how) : List.of(), f.error(), null));
    }
  }

  /** Whether it ends as it was to when its results began to be written. */
  private static boolean isTold(MapRunFact.WritingBegan began, MapRunFact.Ended f) {
    return f.status() != Status.ABORTED && Objects.equals(began.error(), f.error());
  }

  private List<JsonNode> given(@Nullable MapWriting how) {
    if (how != null && isDetailed(how)) {
      return List.copyOf(told.values());
    }
    List<JsonNode> given = new ArrayList<>();
    for (JsonNode output : outputs.values()) {
      Written.add(
          output, how == null ? ResultWriter.Transformation.COMPACT : how.transformation(), given);
    }
    return given;
  }

  /** What the files hold; those of an end that was cut short may be half written. */
  private void files(MapRunStart of) {
    MapWriting how = of.writing();
    JsonNode arguments = how == null ? null : how.arguments();
    if (how == null || arguments == null || !written || stock.isUnknown()) {
      return;
    }
    List<Written.Child> children = new ArrayList<>();
    for (int i = 0; i < made.size(); i++) {
      children.add(new Written.Child(arns.get(i), made.get(i).input(), outputs.get(i)));
    }
    try {
      new Written(stock, key.id(), how, arguments).compare(children);
    } catch (Rejected rejected) {
      faults.add("I8: " + key + ": " + rejected.getMessage());
    }
  }

  private boolean isTooMany() {
    long items = 0;
    long failed = 0;
    for (int i = 0; i < made.size(); i++) {
      int size = made.get(i).items();
      items += size;
      failed += unsuccessful.contains(i) ? size : 0;
    }
    boolean counted = bounds.toleratedCount() >= 0;
    boolean shared = bounds.toleratedPercentage().signum() >= 0;
    if (!counted && !shared) {
      return failed > 0;
    }
    double most = bounds.toleratedPercentage().doubleValue() * items / 100;
    return (counted && failed > bounds.toleratedCount()) || (shared && readOut && failed > most);
  }
}
