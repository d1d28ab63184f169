package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.asl.ErrorMatch;
import dev.tutti.core.json.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One line of control: the machine's own, a branch's, an iteration's. It is in one state at a time,
 * or on its way to one. Changed by {@link Execution#apply} alone.
 */
final class Strand {
  /** What can be done with a strand. All but the last three let a walk go on. */
  enum Phase {
    /** On its way into {@link #next}. */
    ENTERING,
    /** In a state whose work has to begin anew. */
    RETRYING,
    /** In a Map state that may begin further iterations. */
    SPREADING,
    /** In a state whose branches or iterations have all succeeded. */
    JOINED,
    /** In a state that failed. */
    FAILED,
    /** In a Map state whose map run is to go on. */
    REDRIVING,
    /** In a state, until something happens. */
    WAITING,
    /** An iteration whose last state was left. */
    ENDED;

    boolean goesOn() {
      return this != WAITING && this != ENDED;
    }
  }

  /**
   * Why a state failed; either text may be unknown.
   *
   * @param below whether it was a branch or iteration that failed
   */
  record Failure(
      @Nullable String error, @Nullable String cause, ErrorMatch.Source source, boolean below) {}

  /**
   * What a state that holds branches or iterations had when one of them failed, for a redrive.
   *
   * @param strands those that were unfinished, at any depth
   */
  record Lost(
      List<Strand> strands,
      int length,
      int begun,
      long concurrency,
      Set<Integer> children,
      Map<Integer, JsonNode> outputs,
      long lastJoined) {}

  final int id;
  final int parent;

  /** Which branch or item; 0 for the machine's own strand. */
  final int index;

  /** The item, where this is an iteration. */
  final @Nullable JsonNode item;

  Phase phase = Phase.ENTERING;
  String next;

  /** Input of the state that it is in or on its way to; output, where it ended. */
  JsonNode data;

  /** The text of {@link #data} where it isn't how we would write it. */
  @Nullable String written;

  /** Last event of this strand, as the next event's previousEventId has it. */
  long previous;

  /** Variables of its own; it also sees those of the strands that hold it. */
  final ObjectNode variables = Json.object();

  String state = "";
  String type = "";
  long entered;
  long enteredMillis;
  long attempts;
  final TreeMap<Integer, Long> retries = new TreeMap<>();
  @Nullable Failure failure;

  /** Names of unsettled effects that belong to the state it is in. */
  final Set<String> effects = new LinkedHashSet<>();

  long scheduled;
  String resource = "";
  @Nullable String token;
  @Nullable Long timeoutSeconds;
  @Nullable Long heartbeatSeconds;

  /** What an activity's worker gets; null once it has it. */
  @Nullable JsonNode offered;

  long beat;
  boolean submitted;

  int length;
  int begun;
  long concurrency;
  final TreeSet<Integer> children = new TreeSet<>();
  final TreeMap<Integer, JsonNode> outputs = new TreeMap<>();

  /** The last event of whichever child succeeded last. */
  long lastJoined;

  @Nullable Lost lost;

  /** The map run that this state has begun; null for none. */
  @Nullable String mapRun;

  int mapRunRedrives;

  /** What a map run gave in place of outputs; null for none. */
  @Nullable JsonNode result;

  Strand(
      int id,
      int parent,
      int index,
      @Nullable JsonNode item,
      String next,
      JsonNode data,
      long previous) {
    this.id = id;
    this.parent = parent;
    this.index = index;
    this.item = item;
    this.next = next;
    this.data = data;
    this.previous = previous;
  }

  boolean root() {
    return parent < 0;
  }

  boolean iteration() {
    return item != null;
  }

  /** Whether the Map state it is in may begin another iteration. */
  boolean mayBegin() {
    return begun < length && (concurrency <= 0 || children.size() < concurrency);
  }

  /** Forgets what belonged to one try of a state's work. */
  void forgetWork() {
    effects.clear();
    scheduled = 0;
    resource = "";
    token = null;
    timeoutSeconds = null;
    heartbeatSeconds = null;
    offered = null;
    beat = 0;
    submitted = false;
    failure = null;
    length = 0;
    begun = 0;
    concurrency = 0;
    children.clear();
    outputs.clear();
    lastJoined = 0;
    lost = null;
    mapRun = null;
    mapRunRedrives = 0;
    result = null;
  }

  /** Keeps what a redrive needs of a state one of whose branches or iterations has failed. */
  void lose(List<Strand> unfinished) {
    var kept =
        new Lost(
            unfinished,
            length,
            begun,
            concurrency,
            Set.copyOf(children),
            Map.copyOf(outputs),
            lastJoined);
    forgetWork();
    lost = kept;
  }

  /** Takes back what was kept; returns the strands that were unfinished. */
  List<Strand> regain() {
    Lost kept = lost;
    if (kept == null) {
      return List.of();
    }
    forgetWork();
    length = kept.length();
    begun = kept.begun();
    concurrency = kept.concurrency();
    children.addAll(kept.children());
    outputs.putAll(kept.outputs());
    lastJoined = kept.lastJoined();
    return kept.strands();
  }

  /** Readies a state for being tried again, as if it had never been; a map run is kept. */
  void retry() {
    String run = mapRun;
    int redrives = mapRunRedrives;
    forgetWork();
    mapRun = run;
    mapRunRedrives = redrives;
    attempts = 0;
    retries.clear();
  }
}
