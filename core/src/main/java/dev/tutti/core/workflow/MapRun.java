package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.ResultWriter;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.workflow.execution.Status;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A map run: a distributed Map state's children, and how they fared.
 *
 * <p>It holds the items that were read and not started, the children under way, those that didn't
 * succeed, and outputs up to the longest that a state may give: never all of a large run.
 */
public final class MapRun {
  private final String arn;
  private final TreeMap<Integer, MapRunItem> waiting = new TreeMap<>();
  private final TreeMap<Integer, Child> running = new TreeMap<>();
  private final TreeMap<Integer, Child> unsuccessful = new TreeMap<>();
  private final TreeMap<Integer, Child> again = new TreeMap<>();
  private final Map<Integer, JsonNode> outputs = new TreeMap<>();
  private final Map<Status, Count> ended = new EnumMap<>(Status.class);
  private @Nullable MapRunStart start;
  private Status status = Status.RUNNING;
  private int made;
  private int itemsMade;
  private List<JsonNode> left = List.of();
  private int read;
  private String position = "";
  private boolean last;
  private boolean reading;
  private long readings;
  private long writings;
  private MapRunFact.@Nullable WritingBegan writing;
  private long outputBytes;
  private long concurrency;
  private long toleratedCount;
  private BigDecimal toleratedPercentage = BigDecimal.ZERO;
  private long startMillis;
  private long stopMillis;
  private long scheduled;
  private int redrives;
  private long redriveMillis;

  /**
   * A child that was started.
   *
   * @param attempt how often it was before
   */
  record Child(String executionArn, MapRunItem item, int attempt) {}

  /** Children, and the items that they have. */
  public record Count(int children, int items) {
    static final Count NONE = new Count(0, 0);

    Count and(MapRunItem more) {
      return new Count(children + 1, items + more.items());
    }
  }

  MapRun(Key key) {
    this.arn = key.id();
  }

  public String arn() {
    return arn;
  }

  /** What it is to do; null where there is no such run. */
  public @Nullable MapRunStart start() {
    return start;
  }

  public Status status() {
    return status;
  }

  boolean isRunning() {
    return start != null && status == Status.RUNNING;
  }

  /** How many children there are to be, as far as items have been read. */
  public Count total() {
    return new Count(made, itemsMade + left.size());
  }

  /** How many children ended so. */
  public Count ended(Status as) {
    return ended.getOrDefault(as, Count.NONE);
  }

  public Count underWay() {
    return count(running.values().stream().map(Child::item).toList());
  }

  /** How many wait for their start. */
  public Count pending() {
    var items = new ArrayList<MapRunItem>(waiting.values());
    again.values().forEach(child -> items.add(child.item()));
    Count count = count(items);
    return new Count(count.children(), count.items() + left.size());
  }

  private static Count count(List<MapRunItem> items) {
    Count count = Count.NONE;
    for (MapRunItem item : items) {
      count = count.and(item);
    }
    return count;
  }

  Map<Integer, MapRunItem> waiting() {
    return waiting;
  }

  /** Children under way by their place. */
  Map<Integer, Child> running() {
    return running;
  }

  /** How often a child that is under way, or didn't succeed, was started before. */
  int attempt(int index) {
    Child child = running.getOrDefault(index, unsuccessful.get(index));
    if (child == null) {
      throw new IllegalStateException(arn + " never started child " + index);
    }
    return child.attempt();
  }

  /** Children of an earlier attempt that wait for their redrive. */
  Map<Integer, Child> again() {
    return again;
  }

  /** Items that wait for others to fill their batch. */
  List<JsonNode> left() {
    return left;
  }

  /** How many items have been read. */
  int read() {
    return read;
  }

  String position() {
    return position;
  }

  /** Whether there is nothing more to read. */
  boolean isReadOut() {
    return last;
  }

  boolean isReading() {
    return reading;
  }

  long readings() {
    return readings;
  }

  long writings() {
    return writings;
  }

  /** How it will have ended when its results are written; null while it is not that far. */
  MapRunFact.@Nullable WritingBegan writing() {
    return writing;
  }

  public long concurrency() {
    return concurrency;
  }

  /** -1 for no bound. */
  public long toleratedCount() {
    return toleratedCount;
  }

  /** Below 0 for no bound. */
  public BigDecimal toleratedPercentage() {
    return toleratedPercentage;
  }

  public long startMillis() {
    return startMillis;
  }

  /** Epoch milliseconds; 0 while it runs. */
  public long stopMillis() {
    return stopMillis;
  }

  /** Number of the event of the execution that waits. */
  long scheduled() {
    return scheduled;
  }

  public int redrives() {
    return redrives;
  }

  /** When it was last redriven, epoch milliseconds; 0 for never. */
  public long redriveMillis() {
    return redriveMillis;
  }

  /** Whether the outputs together are longer than a state may give. */
  boolean hasTooLongOutputs() {
    return outputBytes > Draft.MAX_PAYLOAD_BYTES;
  }

  /** What the children that succeeded gave, in their order. */
  List<JsonNode> outputs() {
    MapWriting how = start == null ? null : start.writing();
    if (how == null || how.transformation() != ResultWriter.Transformation.FLATTEN) {
      return new ArrayList<>(outputs.values());
    }
    var flat = new ArrayList<JsonNode>();
    for (JsonNode output : outputs.values()) {
      if (output.isArray()) {
        output.forEach(flat::add);
      } else {
        flat.add(output);
      }
    }
    return flat;
  }

  void apply(Recorded<MapRunFact> recorded) {
    switch (recorded.fact()) {
      case MapRunFact.Started(MapRunStart given) -> begin(given, recorded.millis());
      case MapRunFact.ReadingBegan f -> {
        reading = true;
        readings = f.number();
      }
      case MapRunFact.ItemsRead f -> {
        reading = false;
        f.children().forEach(this::add);
        left = f.left();
        read += f.items();
        position = f.position();
        last = f.last();
      }
      case MapRunFact.ChildStarted f -> startChild(f);
      case MapRunFact.ChildEnded f -> {
        Child child = child(f.index(), f.status());
        ended.put(f.status(), ended(f.status()).and(child.item()));
        keep(f);
      }
      case MapRunFact.ChildStopped f -> {
        Child child = child(f.index(), Status.ABORTED);
        ended.put(Status.ABORTED, ended(Status.ABORTED).and(child.item()));
      }
      case MapRunFact.ChildRedriven f -> startAgain(f.index());
      case MapRunFact.Updated f -> {
        concurrency = f.concurrency();
        toleratedCount = f.toleratedCount();
        toleratedPercentage = f.toleratedPercentage();
      }
      case MapRunFact.WritingBegan f -> {
        writing = f;
        writings = f.number();
      }
      case MapRunFact.Ended f -> {
        status = f.status();
        stopMillis = recorded.millis();
        writing = null;
        reading = false;
      }
      case MapRunFact.Redriven f -> redrive(f, recorded.millis());
    }
  }

  private void begin(MapRunStart given, long millis) {
    start = given;
    startMillis = millis;
    scheduled = given.scheduled();
    concurrency = given.concurrency();
    toleratedCount = given.toleratedCount();
    toleratedPercentage = given.toleratedPercentage();
    last = given.reading() == null;
    for (int i = 0; i < given.inputs().size(); i++) {
      int items = given.sizes() == null ? 1 : given.sizes().get(i);
      add(new MapRunItem(given.inputs().get(i), items));
    }
  }

  private void add(MapRunItem item) {
    waiting.put(made++, item);
    itemsMade += item.items();
  }

  private void startChild(MapRunFact.ChildStarted f) {
    Child before = again.remove(f.index());
    MapRunItem item = before == null ? waiting.remove(f.index()) : before.item();
    if (item == null) {
      throw new IllegalStateException(arn + " has no child " + f.index());
    }
    int attempt = before == null ? 0 : before.attempt() + 1;
    running.put(f.index(), new Child(f.executionArn(), item, attempt));
  }

  private void startAgain(int index) {
    Child child = again.remove(index);
    if (child == null) {
      throw new IllegalStateException(arn + " has no child " + index + " to redrive");
    }
    running.put(index, new Child(child.executionArn(), child.item(), child.attempt() + 1));
  }

  /** A child that is no longer under way. */
  private Child child(int index, Status as) {
    Child child = running.remove(index);
    if (child == null) {
      throw new IllegalStateException(arn + " has no child " + index + " under way");
    }
    if (as != Status.SUCCEEDED) {
      unsuccessful.put(index, child);
    }
    return child;
  }

  private void keep(MapRunFact.ChildEnded f) {
    if (f.output() == null || (start != null && start.exports())) {
      return;
    }
    outputBytes += Json.bytes(f.output()).length + 1;
    if (hasTooLongOutputs()) {
      outputs.clear();
    } else {
      outputs.put(f.index(), f.output());
    }
  }

  private void redrive(MapRunFact.Redriven f, long millis) {
    status = Status.RUNNING;
    stopMillis = 0;
    scheduled = f.scheduled();
    redrives++;
    redriveMillis = millis;
    again.putAll(unsuccessful);
    unsuccessful.clear();
    ended.keySet().removeIf(as -> as != Status.SUCCEEDED);
  }
}
