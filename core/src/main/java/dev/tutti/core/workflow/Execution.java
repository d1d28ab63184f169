package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.workflow.execution.Ended;
import dev.tutti.core.workflow.execution.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One execution: what it was started with and ended in, and its {@link Strands}. */
public final class Execution {
  private final String arn;
  private final boolean redrivable;
  private final Strands strands;
  private final Set<String> effects = new TreeSet<>();
  private final List<ExecutionFact.Watched> watchers = new ArrayList<>();
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
    this.strands = new Strands(arn);
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

  Strands strands() {
    return strands;
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
      case ExecutionFact.Entered f -> strands.enter(f, recorded.millis());
      case ExecutionFact.Exited f -> strands.exit(f);
      case ExecutionFact.WaitBegan f -> strands.beginWait(f, redrives);
      case ExecutionFact.TaskScheduled f -> strands.schedule(f);
      case ExecutionFact.TaskStarted f -> strands.goOn(f.strand(), f.id());
      case ExecutionFact.TaskTaken f -> strands.take(f);
      case ExecutionFact.TaskSubmitted f -> strands.submit(f);
      case ExecutionFact.ChildAwaited f -> strands.awaitChild(f);
      case ExecutionFact.HeartbeatCame f -> strands.beat(f);
      case ExecutionFact.TaskSucceeded f -> strands.succeed(f);
      case ExecutionFact.TaskFailed f -> strands.failTask(f);
      case ExecutionFact.TaskTimedOut f -> strands.timeOut(f);
      case ExecutionFact.Faulted f -> strands.fault(f);
      case ExecutionFact.EvaluationFailed f -> strands.failEvaluation(f);
      case ExecutionFact.RetryScheduled f -> strands.awaitRetry(f, redrives);
      case ExecutionFact.Retried f -> strands.retry(f);
      case ExecutionFact.ParallelStarted f -> strands.fork(f);
      case ExecutionFact.MapStarted f -> strands.spread(f);
      case ExecutionFact.MapRunStarted f -> strands.beginMapRun(f);
      case ExecutionFact.MapRunRedriven f -> strands.redriveMapRun(f);
      case ExecutionFact.MapRunEnded f -> strands.endMapRun(f);
      case ExecutionFact.MapRunTold f -> {}
      case ExecutionFact.IterationStarted f -> strands.iterate(f);
      case ExecutionFact.IterationSucceeded f -> strands.succeed(f);
      case ExecutionFact.IterationFailed f -> {}
      case ExecutionFact.IterationAborted f -> {}
      case ExecutionFact.ChildrenSucceeded f -> strands.goOn(f.strand(), f.previous());
      case ExecutionFact.ChildrenFailed f -> strands.goOn(f.strand(), f.id());
      case ExecutionFact.StateAborted f -> {}
      case ExecutionFact.BranchFailed f -> strands.failBranch(f);
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
    strands.begin(f.startAt(), input, Json.write(input).equals(f.input()) ? null : f.input());
    if (f.timeoutSeconds() != null) {
      effects.add(Effects.machineTimeout(redrives));
    }
  }

  private void release(List<String> names) {
    names.forEach(effects::remove);
    strands.release(names);
  }

  private void end(Status as, long millis, @Nullable String withError, @Nullable String withCause) {
    status = as;
    stopMillis = millis;
    error = withError;
    cause = withCause;
    strands.end(as == Status.SUCCEEDED);
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
    strands.redrive(f.id());
  }
}
