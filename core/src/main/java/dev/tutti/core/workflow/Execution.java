package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.asl.ErrorMatch;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.workflow.execution.Ended;
import dev.tutti.core.workflow.execution.Status;
import dev.tutti.core.workflow.integrations.Target;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One execution: its strands, and what it was started with and ended in. */
public final class Execution {
  private final String arn;
  private final boolean redrivable;
  private final Map<Integer, Strand> strands = new TreeMap<>();

  /** The strands that it didn't bring to an end, for a redrive. */
  private final Map<Integer, Strand> unfinished = new TreeMap<>();

  private final Deque<Integer> ready = new ArrayDeque<>();
  private final Set<String> effects = new TreeSet<>();
  private final List<ExecutionFact.Watched> watchers = new ArrayList<>();
  private int nextStrand = 1;
  private long lastEvent;
  private long lastSeq;
  private ExecutionFact.@Nullable Started started;
  private JsonNode input = Json.object();
  private Status status = Status.RUNNING;
  private long startMillis;
  private long stopMillis;
  private @Nullable JsonNode output;
  private @Nullable String error;
  private @Nullable String cause;
  private int redrives;
  private long redriveMillis;
  private @Nullable String redriveToken;

  Execution(Key key, boolean redrivable) {
    this.arn = key.id();
    this.redrivable = redrivable;
  }

  /** Whether its context object counts how often it was redriven. */
  boolean redrivable() {
    return redrivable;
  }

  public String arn() {
    return arn;
  }

  /** How it was started; null where there is no such execution. */
  public ExecutionFact.@Nullable Started started() {
    return started;
  }

  public Status status() {
    return status;
  }

  public boolean running() {
    return started != null && status == Status.RUNNING;
  }

  public long startMillis() {
    return startMillis;
  }

  /** When it ended, epoch milliseconds; 0 while it runs. */
  public long stopMillis() {
    return stopMillis;
  }

  /** Null unless it succeeded. */
  public @Nullable JsonNode output() {
    return output;
  }

  public @Nullable String error() {
    return error;
  }

  public @Nullable String cause() {
    return cause;
  }

  /** How often it was redriven. */
  public int redrives() {
    return redrives;
  }

  /** When it was last redriven, epoch milliseconds; 0 for never. */
  public long redriveMillis() {
    return redriveMillis;
  }

  /** Of the request by which it was last redriven; null for none. */
  @Nullable String redriveToken() {
    return redriveToken;
  }

  /** Number of its last fact. */
  public long lastSeq() {
    return lastSeq;
  }

  /** Number of its last history event. */
  public long lastEvent() {
    return lastEvent;
  }

  /** How it ended, for those who wait. */
  Ended ended() {
    return ended(status, stopMillis, output, error, cause);
  }

  /** How it will have ended. */
  Ended ended(
      Status as,
      long millis,
      @Nullable JsonNode withOutput,
      @Nullable String withError,
      @Nullable String withCause) {
    ExecutionFact.Started s = begun();
    return new Ended(
        arn, s.machineArn(), as, startMillis, millis, s.input(), withOutput, withError, withCause);
  }

  ExecutionFact.Started begun() {
    if (started == null) {
      throw new IllegalStateException(arn + " was never started");
    }
    return started;
  }

  JsonNode input() {
    return input;
  }

  List<ExecutionFact.Watched> watchers() {
    return watchers;
  }

  int nextStrand() {
    return nextStrand;
  }

  @Nullable Strand firstReady() {
    Integer id = ready.peekFirst();
    return id == null ? null : strand(id);
  }

  Strand strand(int id) {
    Strand strand = strands.get(id);
    if (strand == null) {
      throw new IllegalStateException(arn + " has no strand " + id);
    }
    return strand;
  }

  @Nullable Strand strandOrNull(int id) {
    return strands.get(id);
  }

  /** The variables that a strand sees. */
  ObjectNode variables(Strand strand) {
    ObjectNode seen = strand.root() ? Json.object() : variables(strand(strand.parent));
    return seen.setAll(strand.variables);
  }

  Collection<Strand> strands() {
    return strands.values();
  }

  /** The strand whose Task was scheduled by this event; null where it is over. */
  @Nullable Strand scheduledBy(long event) {
    for (Strand strand : strands.values()) {
      if (strand.scheduled == event && strand.phase == Strand.Phase.WAITING) {
        return strand;
      }
    }
    return null;
  }

  /** A strand's descendants, the deepest first. */
  List<Strand> below(Strand strand) {
    var found = new ArrayList<Strand>();
    for (int child : strand.children) {
      Strand s = strand(child);
      found.addAll(below(s));
      found.add(s);
    }
    return found;
  }

  /** Names of unsettled effects that belong to the execution as a whole. */
  Set<String> effects() {
    return effects;
  }

  void apply(Recorded<ExecutionFact> recorded) {
    lastSeq = recorded.seq();
    if (recorded.fact() instanceof ExecutionFact.Shown shown) {
      lastEvent = shown.id();
    }
    switch (recorded.fact()) {
      case ExecutionFact.Started f -> start(f, recorded.millis());
      case ExecutionFact.Entered f -> enter(f, recorded.millis());
      case ExecutionFact.Exited f -> exit(f);
      case ExecutionFact.WaitBegan f -> wait(strand(f.strand()), Effects.waiting(f.entered()));
      case ExecutionFact.TaskScheduled f -> schedule(f);
      case ExecutionFact.TaskStarted f -> strand(f.strand()).previous = f.id();
      case ExecutionFact.TaskTaken f -> take(f);
      case ExecutionFact.TaskSubmitted f -> {
        Strand s = strand(f.strand());
        s.previous = f.id();
        s.submitted = true;
        s.effects.remove(Effects.task(s.scheduled));
      }
      case ExecutionFact.ChildAwaited f -> {}
      case ExecutionFact.HeartbeatCame f -> {
        Strand s = strand(f.strand());
        s.effects.remove(Effects.heartbeat(s.scheduled, s.beat));
        s.beat = f.beat();
        s.effects.add(Effects.heartbeat(s.scheduled, s.beat));
      }
      case ExecutionFact.TaskSucceeded f -> {
        Strand s = strand(f.strand());
        s.previous = f.id();
        s.forgetWork();
      }
      case ExecutionFact.TaskFailed f -> failTask(strand(f.strand()), f.id(), f.error(), f.cause());
      case ExecutionFact.TaskTimedOut f -> failTask(strand(f.strand()), f.id(), f.error(), "");
      case ExecutionFact.Faulted f -> {
        Strand s = strand(f.strand());
        below(s).forEach(this::remove);
        s.forgetWork();
        fail(s, f.error(), f.cause(), ErrorMatch.Source.STATE, false);
      }
      case ExecutionFact.EvaluationFailed f -> {
        Strand s = strand(f.strand());
        below(s).forEach(this::remove);
        s.previous = f.id();
        s.forgetWork();
        boolean holds = s.type.equals("Map") || s.type.equals("Parallel");
        fail(s, f.error(), f.cause(), ErrorMatch.Source.STATE, holds);
      }
      case ExecutionFact.RetryScheduled f -> {
        Strand s = strand(f.strand());
        s.retries.merge(f.retrier(), 1L, Long::sum);
        s.attempts = f.attempt();
        s.forgetWork();
        wait(s, Effects.retry(f.entered(), f.attempt()));
      }
      case ExecutionFact.Retried f -> {
        Strand s = strand(f.strand());
        s.effects.clear();
        phase(s, Strand.Phase.RETRYING, false);
      }
      case ExecutionFact.ParallelStarted f -> fork(f);
      case ExecutionFact.MapStarted f -> {
        Strand s = strand(f.strand());
        s.previous = f.id();
        s.lastJoined = f.id();
        s.length = f.length();
        s.concurrency = f.concurrency();
        phase(s, f.length() == 0 ? Strand.Phase.JOINED : Strand.Phase.SPREADING, true);
      }
      case ExecutionFact.MapRunStarted f -> {
        Strand s = strand(f.strand());
        s.previous = f.id();
        s.scheduled = f.id();
        s.mapRun = f.mapRunArn();
        wait(s, Effects.mapRun(f.mapRunArn()));
      }
      case ExecutionFact.MapRunRedriven f -> {
        Strand s = strand(f.strand());
        s.previous = f.id();
        s.scheduled = f.id();
        s.mapRunRedrives = f.count();
        wait(s, Effects.mapRun(f.mapRunArn()));
      }
      case ExecutionFact.MapRunEnded f -> endMapRun(f);
      case ExecutionFact.MapRunTold f -> {}
      case ExecutionFact.IterationStarted f -> iterate(f);
      case ExecutionFact.IterationSucceeded f -> join(strand(f.strand()), f.id());
      case ExecutionFact.IterationFailed f -> {}
      case ExecutionFact.IterationAborted f -> {}
      case ExecutionFact.ChildrenSucceeded f -> strand(f.strand()).previous = f.previous();
      case ExecutionFact.ChildrenFailed f -> strand(f.strand()).previous = f.id();
      case ExecutionFact.StateAborted f -> {}
      case ExecutionFact.BranchFailed f -> {
        Strand s = strand(f.strand());
        List<Strand> unfinishedBelow = below(s);
        unfinishedBelow.forEach(this::remove);
        s.lose(unfinishedBelow);
        s.previous = f.previous();
        fail(s, f.error(), f.cause(), ErrorMatch.Source.TASK, true);
      }
      case ExecutionFact.Released f -> release(f.names());
      case ExecutionFact.Yielded f -> {}
      case ExecutionFact.Watched f -> watchers.add(f);
      case ExecutionFact.WatcherTold f -> watchers.removeIf(w -> w.watcher().equals(f.watcher()));
      case ExecutionFact.StatusTold f -> {}
      case ExecutionFact.Redriven f -> redrive(f, recorded.millis());
      case ExecutionFact.Succeeded f -> {
        output = f.output();
        end(Status.SUCCEEDED, recorded.millis(), null, null);
      }
      case ExecutionFact.Failed f -> end(Status.FAILED, recorded.millis(), f.error(), f.cause());
      case ExecutionFact.TimedOut f ->
          end(Status.TIMED_OUT, recorded.millis(), f.error(), f.cause());
      case ExecutionFact.Aborted f -> end(Status.ABORTED, recorded.millis(), f.error(), f.cause());
    }
  }

  private void start(ExecutionFact.Started f, long millis) {
    started = f;
    startMillis = millis;
    input = Json.parse(f.input());
    var root = new Strand(0, -1, 0, null, f.startAt(), input, 0);
    root.written = Json.write(input).equals(f.input()) ? null : f.input();
    add(root);
    if (f.timeoutSeconds() != null) {
      effects.add(Effects.machineTimeout(redrives));
    }
  }

  private void enter(ExecutionFact.Entered f, long millis) {
    Strand s = strand(f.strand());
    s.state = f.state();
    s.type = f.type();
    s.entered = f.id();
    s.enteredMillis = millis;
    s.previous = f.id();
    s.attempts = 0;
    s.retries.clear();
    s.written = null;
    phase(s, Strand.Phase.WAITING, false);
  }

  private void exit(ExecutionFact.Exited f) {
    Strand s = strand(f.strand());
    s.previous = f.id();
    s.data = f.output();
    if (f.assigned() instanceof ObjectNode set) {
      s.variables.setAll(set);
    }
    s.forgetWork();
    if (f.next() != null) {
      s.next = f.next();
      phase(s, Strand.Phase.ENTERING, false);
    } else {
      phase(s, Strand.Phase.ENDED, false);
      if (!s.root() && !s.iteration()) {
        join(s, f.id());
      }
    }
  }

  private void schedule(ExecutionFact.TaskScheduled f) {
    Strand s = strand(f.strand());
    s.previous = f.id();
    s.scheduled = f.id();
    s.resource = f.resource();
    s.token = f.token();
    s.timeoutSeconds = f.timeoutSeconds();
    s.heartbeatSeconds = f.heartbeatSeconds();
    if (Target.isActivity(f.resource())) {
      s.offered = f.parameters();
      wait(s, Offers.name(f.id(), f.resource()));
    } else {
      wait(s, Effects.task(f.id()));
      runTimers(s);
    }
  }

  private static void runTimers(Strand s) {
    if (s.timeoutSeconds != null) {
      s.effects.add(Effects.timeout(s.scheduled));
    }
    if (s.heartbeatSeconds != null) {
      s.effects.add(Effects.heartbeat(s.scheduled, 0));
    }
  }

  private void take(ExecutionFact.TaskTaken f) {
    Strand s = strand(f.strand());
    s.previous = f.id();
    s.offered = null;
    s.effects.remove(Offers.name(s.scheduled, s.resource));
    runTimers(s);
  }

  private void failTask(Strand s, long event, @Nullable String error, @Nullable String cause) {
    s.previous = event;
    s.forgetWork();
    fail(s, error, cause, ErrorMatch.Source.TASK, false);
  }

  private void fail(
      Strand s,
      @Nullable String error,
      @Nullable String cause,
      ErrorMatch.Source source,
      boolean below) {
    s.failure = new Strand.Failure(error, cause, source, below);
    phase(s, Strand.Phase.FAILED, true);
  }

  private void fork(ExecutionFact.ParallelStarted f) {
    Strand s = strand(f.strand());
    s.previous = f.id();
    s.length = f.startAt().size();
    s.begun = s.length;
    phase(s, Strand.Phase.WAITING, false);
    for (int i = 0; i < s.length; i++) {
      var child = new Strand(f.first() + i, s.id, i, null, f.startAt().get(i), f.input(), f.id());
      s.children.add(child.id);
      add(child);
    }
    nextStrand = f.first() + s.length;
  }

  private void iterate(ExecutionFact.IterationStarted f) {
    Strand s = strand(f.parent());
    s.begun++;
    s.children.add(f.strand());
    nextStrand = f.strand() + 1;
    add(new Strand(f.strand(), s.id, f.index(), f.item(), f.startAt(), f.input(), f.id()));
    phase(s, s.mayBegin() ? Strand.Phase.SPREADING : Strand.Phase.WAITING, true);
  }

  /** A branch or iteration has succeeded. */
  private void join(Strand child, long event) {
    Strand s = strand(child.parent);
    s.outputs.put(child.index, child.data);
    s.children.remove(child.id);
    s.previous = child.previous;
    s.lastJoined = event;
    remove(child);
    if (s.outputs.size() == s.length) {
      phase(s, Strand.Phase.JOINED, true);
    } else if (s.mayBegin()) {
      phase(s, Strand.Phase.SPREADING, true);
    }
  }

  private void endMapRun(ExecutionFact.MapRunEnded f) {
    Strand s = strand(f.strand());
    s.previous = f.id();
    s.effects.clear();
    if (f.status() == Status.SUCCEEDED) {
      s.lastJoined = f.id();
      for (int i = 0; i < f.outputs().size(); i++) {
        s.outputs.put(i, f.outputs().get(i));
      }
      s.result = f.result();
      phase(s, Strand.Phase.JOINED, true);
    } else {
      String run = s.mapRun;
      int runRedrives = s.mapRunRedrives;
      s.forgetWork();
      s.mapRun = run;
      s.mapRunRedrives = runRedrives;
      fail(s, f.error(), f.cause(), ErrorMatch.Source.TASK, true);
    }
  }

  private void wait(Strand s, String effect) {
    s.effects.add(effect);
    phase(s, Strand.Phase.WAITING, false);
  }

  private void release(List<String> names) {
    names.forEach(effects::remove);
    strands.values().forEach(s -> names.forEach(s.effects::remove));
  }

  private void end(Status as, long millis, @Nullable String withError, @Nullable String withCause) {
    status = as;
    stopMillis = millis;
    error = withError;
    cause = withCause;
    if (as != Status.SUCCEEDED) {
      unfinished.putAll(strands);
    }
    strands.clear();
    ready.clear();
    effects.clear();
  }

  private void redrive(ExecutionFact.Redriven f, long millis) {
    status = Status.RUNNING;
    stopMillis = 0;
    error = null;
    cause = null;
    redrives = f.count();
    redriveMillis = millis;
    redriveToken = f.token();
    if (begun().timeoutSeconds() != null) {
      effects.add(Effects.machineTimeout(redrives));
    }
    strands.putAll(unfinished);
    unfinished.clear();
    revive(strand(0), f.id());
  }

  /**
   * Readies a strand and those below it: what holds branches or iterations waits for them, what was
   * about to do something does it, and any other state begins anew.
   */
  private void revive(Strand s, long event) {
    s.regain().forEach(lost -> strands.put(lost.id, lost));
    s.effects.clear();
    s.failure = null;
    if (!s.children.isEmpty()) {
      List.copyOf(s.children).forEach(child -> revive(strand(child), event));
      phase(s, s.mayBegin() ? Strand.Phase.SPREADING : Strand.Phase.WAITING, false);
      return;
    }
    s.previous = event;
    switch (s.phase) {
      case ENTERING, SPREADING, JOINED -> phase(s, s.phase, false);
      case RETRYING, FAILED, REDRIVING, WAITING, ENDED -> {
        s.retry();
        phase(s, s.mapRun == null ? Strand.Phase.RETRYING : Strand.Phase.REDRIVING, false);
      }
    }
  }

  private void add(Strand s) {
    strands.put(s.id, s);
    ready.addLast(s.id);
  }

  private void remove(Strand s) {
    strands.remove(s.id);
    ready.remove(s.id);
  }

  private void phase(Strand s, Strand.Phase to, boolean first) {
    ready.remove(s.id);
    s.phase = to;
    if (to.goesOn()) {
      if (first) {
        ready.addFirst(s.id);
      } else {
        ready.addLast(s.id);
      }
    }
  }
}
