package dev.tutti.services.states;

import dev.tutti.core.asl.StateMachine;
import dev.tutti.core.json.Codec;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Request;
import dev.tutti.core.kernel.Turn;
import dev.tutti.core.workflow.Execution;
import dev.tutti.core.workflow.ExecutionCommand;
import dev.tutti.core.workflow.ExecutionFact;
import dev.tutti.core.workflow.ExecutionLog;
import dev.tutti.core.workflow.Executions;
import dev.tutti.core.workflow.Staged;
import dev.tutti.core.workflow.execution.LogEntry;
import dev.tutti.core.workflow.express.ExpressStart;
import dev.tutti.services.Exchange;
import dev.tutti.wire.ServiceError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One run of an express execution, in memory and on the caller's thread: the same decider as for
 * standard ones takes turns, a turn for each thing that happens. Calls go through the door on
 * threads of their own; timers are waited for here. Nothing of it survives the process.
 */
final class ExpressRun {
  /** Longest run of an express execution (AWS quota). */
  private static final long LONGEST_MILLIS = TimeUnit.MINUTES.toMillis(5);

  private static final Codec<Request> REQUESTS = new Codec<>(Request.class);

  private final Exchange exchange;
  private final Workflow workflow;
  private final Key key;
  private final Cause cause;
  private final boolean awaited;
  private final SplittableRandom seeds;
  private final BlockingQueue<ExecutionCommand> outcomes = new LinkedBlockingQueue<>();

  /**
   * In the order in which standard executions' fire, so that a run that is repeated goes the same
   * way.
   */
  private final PriorityQueue<Effect.Wake> timers =
      new PriorityQueue<>(
          Comparator.comparingLong(Effect.Wake::atMillis).thenComparing(Effect.Wake::name));

  private final List<LogEntry> logged = new ArrayList<>();
  private @Nullable ExecutionLog log;
  private long seq;
  private long millis;

  /**
   * A run that is about to begin.
   *
   * @param cause of all that it does
   * @param awaited whether its caller waits for its end
   */
  ExpressRun(Exchange exchange, Workflow workflow, Key key, Cause cause, boolean awaited) {
    this.exchange = exchange;
    this.workflow = workflow;
    this.key = key;
    this.cause = cause;
    this.awaited = awaited;
    this.seeds = new SplittableRandom(Long.parseUnsignedLong(Ids.hex(exchange.id("seed"), 16), 16));
  }

  /** What was to be logged. */
  List<LogEntry> logged() {
    return logged;
  }

  /** Runs until the execution has ended. */
  Execution toItsEnd(ExpressStart start) {
    StateMachine machine = workflow.machineCatalogue().of(start.machineArn(), start.revision());
    Executions plain = Executions.express((arn, revision) -> machine, awaited);
    Decider<Execution, ExecutionCommand, ExecutionFact> executions =
        workflow.cast().equals(Staged.Cast.NOBODY) ? plain : new Staged(plain, workflow.cast());
    log = start.logging() == null ? null : new ExecutionLog(start.logging(), key.id());
    Execution state = executions.blank(key);
    state = turn(executions, state, begin(start));
    timers.add(
        new Effect.Wake(
            "limit", state.startMillis() + LONGEST_MILLIS, new ExecutionCommand.MachineTimeout()));
    while (state.running()) {
      state = turn(executions, state, next());
    }
    return state;
  }

  private static ExecutionCommand begin(ExpressStart start) {
    return new ExecutionCommand.Start(
        start.machineArn(),
        start.revision(),
        start.roleArn(),
        start.input(),
        start.traceHeader(),
        start.versionArn(),
        start.aliasArn(),
        null,
        null);
  }

  /** The next thing that happens: a timer that is due, or an outcome. */
  private ExecutionCommand next() {
    Effect.Wake timer = timers.element();
    long wait = timer.atMillis() - Math.max(millis, workflow.clock().getAsLong());
    if (wait > 0) {
      try {
        ExecutionCommand outcome = workflow.pace().await(outcomes, wait);
        if (outcome != null) {
          return outcome;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ServiceError("InternalFailure", "The execution was broken off.", 500);
      }
    }
    timers.remove();
    millis = Math.max(millis, timer.atMillis());
    return (ExecutionCommand) timer.command();
  }

  private Execution turn(
      Decider<Execution, ExecutionCommand, ExecutionFact> executions,
      Execution state,
      ExecutionCommand command) {
    millis = Math.max(millis, workflow.clock().getAsLong());
    Turn<Execution, ExecutionFact> turn =
        Turn.run(executions, key, state, seq, command, new Moment(millis, seeds.nextLong()), cause);
    seq += turn.facts().size();
    turn.facts().forEach(workflow.onlooker());
    ExecutionLog into = log;
    if (into != null) {
      turn.facts().forEach(recorded -> into.entry(recorded).ifPresent(logged::add));
    }
    turn.effects().forEach(some -> some.forEach(effect -> take(executions, effect)));
    return turn.state();
  }

  private void take(Decider<Execution, ExecutionCommand, ExecutionFact> executions, Effect effect) {
    switch (effect) {
      case Effect.Call call ->
          workflow
              .pace()
              .perform(() -> outcomes.add(executions.outcome(call.name(), perform(call))));
      case Effect.Wake wake -> timers.add(wake);
      case Effect.Cancel cancel -> timers.removeIf(timer -> timer.name().equals(cancel.name()));
      case Effect.Tell tell ->
          throw new IllegalStateException("an express execution tells nobody: " + tell);
    }
  }

  private Outcome perform(Effect.Call call) {
    try {
      return exchange.perform(purpose(call), cause, call.request());
    } catch (RuntimeException | StackOverflowError defect) {
      return new Outcome.Failed(
          "tutti", "InternalFailure", String.valueOf(defect.getMessage()), 500);
    }
  }

  /**
   * Tells an execution's calls apart. What the call asks for is part of it: a run that is repeated
   * may take another way, where its name stands for something else.
   */
  private static String purpose(Effect.Call call) {
    return call.name() + '/' + new String(REQUESTS.bytes(call.request()), StandardCharsets.UTF_8);
  }
}
