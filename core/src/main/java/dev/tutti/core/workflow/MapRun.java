package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
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

/** A map run: a distributed Map state's children, and how they fared. */
public final class MapRun {
  private final String arn;
  private final Map<Integer, String> running = new TreeMap<>();
  private final Map<Integer, JsonNode> outputs = new TreeMap<>();
  private final Map<Status, Integer> ended = new EnumMap<>(Status.class);
  private @Nullable MapRunStart start;
  private Status status = Status.RUNNING;
  private int begun;
  private long concurrency;
  private long toleratedCount;
  private BigDecimal toleratedPercentage = BigDecimal.ZERO;
  private long startMillis;
  private long stopMillis;

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

  /** How many children there are to be. */
  public int total() {
    return start == null ? 0 : start.inputs().size();
  }

  /** How many children have been started. */
  public int begun() {
    return begun;
  }

  /** How many children ended so. */
  public int ended(Status as) {
    return ended.getOrDefault(as, 0);
  }

  /** Children under way: their ARNs by their place. */
  Map<Integer, String> running() {
    return running;
  }

  public int underWay() {
    return running.size();
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

  /** What the children that succeeded gave, in their order. */
  List<JsonNode> outputs() {
    return new ArrayList<>(outputs.values());
  }

  void apply(Recorded<MapRunFact> recorded) {
    switch (recorded.fact()) {
      case MapRunFact.Started(MapRunStart given) -> {
        start = given;
        startMillis = recorded.millis();
        concurrency = given.concurrency();
        toleratedCount = given.toleratedCount();
        toleratedPercentage = given.toleratedPercentage();
      }
      case MapRunFact.ChildStarted f -> {
        begun++;
        running.put(f.index(), f.executionArn());
      }
      case MapRunFact.ChildEnded f -> {
        running.remove(f.index());
        ended.merge(f.status(), 1, Integer::sum);
        if (f.output() != null) {
          outputs.put(f.index(), f.output());
        }
      }
      case MapRunFact.ChildStopped f -> {
        running.remove(f.index());
        ended.merge(Status.ABORTED, 1, Integer::sum);
      }
      case MapRunFact.Updated f -> {
        concurrency = f.concurrency();
        toleratedCount = f.toleratedCount();
        toleratedPercentage = f.toleratedPercentage();
      }
      case MapRunFact.Ended f -> {
        status = f.status();
        stopMillis = recorded.millis();
      }
    }
  }
}
