package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.asl.ErrorMatch;
import dev.tutti.core.json.Json;
import dev.tutti.core.workflow.execution.Status;
import dev.tutti.core.workflow.integrations.Target;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The strands of one execution, and what facts do to them. Changed by {@link Execution#apply}
 * alone.
 */
final class Strands {
  private final String arn;
  private final Map<Integer, Strand> strands = new TreeMap<>();

  /** Those that the execution didn't bring to an end, for a redrive. */
  private final Map<Integer, Strand> unfinished = new TreeMap<>();

  /** Those that have something to do, in the order in which they do it. */
  private final Deque<Integer> ready = new ArrayDeque<>();

  private int nextStrand = 1;

  /** No strands yet, of an execution of this ARN. */
  Strands(String arn) {
    this.arn = arn;
  }

  /** The number that the next one gets. */
  int next() {
    return nextStrand;
  }

  /** The one whose turn it is; null where none has anything to do. */
  @Nullable Strand firstReady() {
    Integer id = ready.peekFirst();
    return id == null ? null : get(id);
  }

  Strand get(int id) {
    Strand strand = strands.get(id);
    if (strand == null) {
      throw new IllegalStateException(arn + " has no strand " + id);
    }
    return strand;
  }

  @Nullable Strand getOrNull(int id) {
    return strands.get(id);
  }

  /** The variables that a strand sees. */
  ObjectNode variables(Strand strand) {
    ObjectNode seen = strand.root() ? Json.object() : variables(get(strand.parent));
    return seen.setAll(strand.variables);
  }

  Collection<Strand> all() {
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
      Strand s = get(child);
      found.addAll(below(s));
      found.add(s);
    }
    return found;
  }

  /** The machine's own strand, on its way into the first state. */
  void begin(String startAt, JsonNode input, @Nullable String written) {
    Strand root = new Strand(0, -1, 0, null, startAt, input, 0);
    root.written = written;
    add(root);
  }

  /** Goes on after what is only taken down. */
  void goOn(int strand, long event) {
    get(strand).previous = event;
  }

  void beginWait(ExecutionFact.WaitBegan f, int redrives) {
    wait(get(f.strand()), Effects.waiting(f.entered(), redrives));
  }

  void enter(ExecutionFact.Entered f, long millis) {
    Strand s = get(f.strand());
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

  void exit(ExecutionFact.Exited f) {
    Strand s = get(f.strand());
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

  void schedule(ExecutionFact.TaskScheduled f) {
    Strand s = get(f.strand());
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

  void take(ExecutionFact.TaskTaken f) {
    Strand s = get(f.strand());
    s.previous = f.id();
    s.offered = null;
    s.effects.remove(Offers.name(s.scheduled, s.resource));
    runTimers(s);
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

  void fork(ExecutionFact.ParallelStarted f) {
    Strand s = get(f.strand());
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

  void iterate(ExecutionFact.IterationStarted f) {
    Strand s = get(f.parent());
    s.begun++;
    s.children.add(f.strand());
    nextStrand = f.strand() + 1;
    add(new Strand(f.strand(), s.id, f.index(), f.item(), f.startAt(), f.input(), f.id()));
    phase(s, s.mayBegin() ? Strand.Phase.SPREADING : Strand.Phase.WAITING, true);
  }

  void succeed(ExecutionFact.IterationSucceeded f) {
    join(get(f.strand()), f.id());
  }

  /** A branch or iteration has succeeded. */
  private void join(Strand child, long event) {
    Strand s = get(child.parent);
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

  void endMapRun(ExecutionFact.MapRunEnded f) {
    Strand s = get(f.strand());
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

  void submit(ExecutionFact.TaskSubmitted f) {
    Strand s = get(f.strand());
    s.previous = f.id();
    s.submitted = true;
    s.effects.remove(Effects.task(s.scheduled));
  }

  void beat(ExecutionFact.HeartbeatCame f) {
    Strand s = get(f.strand());
    s.effects.remove(Effects.heartbeat(s.scheduled, s.beat));
    s.beat = f.beat();
    s.effects.add(Effects.heartbeat(s.scheduled, s.beat));
  }

  void succeed(ExecutionFact.TaskSucceeded f) {
    Strand s = get(f.strand());
    s.previous = f.id();
    s.forgetWork();
  }

  /** A child execution is stopped where it isn't waited for any more. */
  void awaitChild(ExecutionFact.ChildAwaited f) {
    get(f.strand()).effects.add(Effects.child(f.executionArn()));
  }

  void failTask(ExecutionFact.TaskFailed f) {
    endTask(f.strand(), f.id(), f.error(), f.cause(), ErrorMatch.Source.TASK);
  }

  void timeOut(ExecutionFact.TaskTimedOut f) {
    endTask(f.strand(), f.id(), f.error(), "", f.source());
  }

  private void endTask(
      int strand,
      long event,
      @Nullable String error,
      @Nullable String cause,
      ErrorMatch.Source source) {
    Strand s = get(strand);
    s.previous = event;
    s.forgetWork();
    fail(s, error, cause, source, false);
  }

  void fault(ExecutionFact.Faulted f) {
    Strand s = get(f.strand());
    below(s).forEach(this::remove);
    s.forgetWork();
    fail(s, f.error(), f.cause(), ErrorMatch.Source.STATE, false);
  }

  void failEvaluation(ExecutionFact.EvaluationFailed f) {
    Strand s = get(f.strand());
    below(s).forEach(this::remove);
    s.previous = f.id();
    s.forgetWork();
    boolean holds = s.type.equals("Map") || s.type.equals("Parallel");
    fail(s, f.error(), f.cause(), ErrorMatch.Source.STATE, holds);
  }

  void failBranch(ExecutionFact.BranchFailed f) {
    Strand s = get(f.strand());
    List<Strand> unfinishedBelow = below(s);
    unfinishedBelow.forEach(this::remove);
    s.lose(unfinishedBelow);
    s.previous = f.previous();
    fail(s, f.error(), f.cause(), ErrorMatch.Source.TASK, true);
  }

  void awaitRetry(ExecutionFact.RetryScheduled f, int redrives) {
    Strand s = get(f.strand());
    s.retries.merge(f.retrier(), 1L, Long::sum);
    s.attempts = f.attempt();
    s.forgetWork();
    wait(s, Effects.retry(f.entered(), f.attempt(), redrives));
  }

  void retry(ExecutionFact.Retried f) {
    Strand s = get(f.strand());
    s.effects.clear();
    phase(s, Strand.Phase.RETRYING, false);
  }

  void spread(ExecutionFact.MapStarted f) {
    Strand s = get(f.strand());
    s.previous = f.id();
    s.lastJoined = f.id();
    s.length = f.length();
    s.concurrency = f.concurrency();
    phase(s, f.length() == 0 ? Strand.Phase.JOINED : Strand.Phase.SPREADING, true);
  }

  void beginMapRun(ExecutionFact.MapRunStarted f) {
    Strand s = get(f.strand());
    s.previous = f.id();
    s.scheduled = f.id();
    s.mapRun = f.mapRunArn();
    wait(s, Effects.mapRun(f.mapRunArn()));
  }

  void redriveMapRun(ExecutionFact.MapRunRedriven f) {
    Strand s = get(f.strand());
    s.previous = f.id();
    s.scheduled = f.id();
    s.mapRunRedrives = f.count();
    wait(s, Effects.mapRun(f.mapRunArn()));
  }

  /** None of them waits for these effects any more. */
  void release(List<String> names) {
    strands.values().forEach(s -> names.forEach(s.effects::remove));
  }

  /** The execution has ended; what is unfinished is kept where it can be redriven. */
  void end(boolean succeeded) {
    if (!succeeded) {
      unfinished.putAll(strands);
    }
    strands.clear();
    ready.clear();
  }

  /** What was unfinished goes on, after an event. */
  void redrive(long event) {
    strands.putAll(unfinished);
    unfinished.clear();
    revive(get(0), event);
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
      List.copyOf(s.children).forEach(child -> revive(get(child), event));
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
