package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.asl.Catcher;
import dev.tutti.core.asl.Flow;
import dev.tutti.core.asl.MapState;
import dev.tutti.core.asl.QueryLanguage;
import dev.tutti.core.asl.Retrier;
import dev.tutti.core.asl.State;
import dev.tutti.core.asl.StateMachine;
import dev.tutti.core.asl.WaitState;
import dev.tutti.core.asl.data.Stage;
import dev.tutti.core.asl.data.StatesError;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.kernel.Request;
import dev.tutti.core.workflow.integrations.Result;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One state by itself, as TestState takes it: an execution of a machine that has no other state,
 * decided by {@link Executions} like any, which nobody records. A wait is over at once.
 */
public final class Trial {
  /** What {@code $$.State.Name} is, whatever the state is called (as AWS has it). */
  public static final String STATE_NAME = "StateName";

  private static final String THRESHOLD_EXCEEDED =
      "The specified tolerated failure threshold was exceeded";
  private static final Cause NOBODY = new Cause("", "", "");

  /**
   * What is tried, and where.
   *
   * @param executionArn names account and region
   * @param roleArn empty for none
   * @param input JSON text
   * @param variables by name
   * @param context the context object; null for one as an execution would have
   * @param iterated whether that one has the input as the first item of a Map state
   * @param retries made before by whichever retrier takes the error
   */
  public record Subject(
      State state,
      String machineArn,
      String executionArn,
      String roleArn,
      String input,
      ObjectNode variables,
      @Nullable ObjectNode context,
      boolean iterated,
      long retries) {}

  /** What the state's work comes to. */
  public sealed interface Work {}

  /** It is done: what a Task asks for goes there. */
  public record Performed(Function<Request, Outcome> performer) implements Work {}

  /**
   * It is taken to give this.
   *
   * @param failures of a Map state's iterations
   * @param items of a Map state whose items come from outside
   */
  public record Gives(JsonNode result, long failures, int items) implements Work {}

  /** It is taken to fail. */
  public record Fails(@Nullable String error, @Nullable String cause) implements Work {}

  /** How a trial ends. */
  public enum Status {
    SUCCEEDED,
    FAILED,
    RETRIABLE,
    CAUGHT_ERROR
  }

  /**
   * What came of it.
   *
   * @param next state; null for none
   * @param stages what the data was on its way, as far as it came
   * @param variables as they are after it
   * @param catcher which one took the error; null for none
   * @param retrier which one takes the error, used up or not; null for none
   * @param delaySeconds before the retry; null for none
   */
  public record Verdict(
      Status status,
      @Nullable JsonNode output,
      @Nullable String error,
      @Nullable String cause,
      @Nullable String next,
      Map<Stage, JsonNode> stages,
      ObjectNode variables,
      @Nullable Integer catcher,
      @Nullable Integer retrier,
      @Nullable Long delaySeconds) {}

  private final Subject subject;
  private final Work work;
  private final Moment moment;
  private final Map<Stage, JsonNode> stages = new EnumMap<>(Stage.class);
  private final Executions executions;
  private final Execution execution;
  private final Key key;
  private long seq;
  private ExecutionFact.@Nullable Exited exited;
  private ExecutionFact.@Nullable RetryScheduled retry;
  private Effect.@Nullable Call call;

  private Trial(Subject subject, Work work, Moment moment) {
    this.subject = subject;
    this.work = work;
    this.moment = moment;
    State state = subject.state();
    var machine =
        new StateMachine(
            null,
            new Flow(state.name(), Map.of(state.name(), state)),
            null,
            "1.0",
            QueryLanguage.JSON_PATH);
    boolean mocked = !(work instanceof Performed);
    var sight = new Sight(stages::put, mocked, subject.context(), subject.iterated());
    this.executions = new Executions((arn, revision) -> machine, activity -> true, sight);
    this.key = new Key(Executions.KIND, subject.executionArn());
    this.execution = executions.blank(key);
  }

  /** Runs it; blocks only in what {@link Performed} does. */
  public static Verdict run(Subject subject, Work work, Moment moment) {
    return new Trial(subject, work, moment).run();
  }

  private Verdict run() {
    decide(
        new ExecutionCommand.Start(
            subject.machineArn(),
            "",
            subject.roleArn(),
            subject.input(),
            null,
            null,
            null,
            null,
            null));
    execution.strands().get(0).variables.setAll(subject.variables());
    decide(new ExecutionCommand.Walk(0));
    Strand strand = execution.strands().getOrNull(0);
    if (strand != null && exited == null && strand.phase != Strand.Phase.FAILED) {
      if (subject.state() instanceof WaitState) {
        decide(new ExecutionCommand.WaitOver(0, strand.entered));
      } else {
        work(strand);
      }
    }
    Strand.Failure failure = strand == null ? null : strand.failure;
    if (strand == null || failure == null) {
      return succeeded();
    }
    for (int i = 0; i < Failing.retriers(subject.state()).size(); i++) {
      strand.retries.put(i, subject.retries());
    }
    decide(new ExecutionCommand.Walk(0));
    return failed(failure);
  }

  private void work(Strand strand) {
    boolean task = !strand.resource.isEmpty();
    switch (work) {
      case Performed(Function<Request, Outcome> performer) when call != null ->
          decide(new ExecutionCommand.CallEnded(call.name(), performer.apply(call.request())));
      case Performed p -> throw new IllegalStateException("there is nothing to perform");
      case Gives g when task ->
          apply(
              executions
                  .settling()
                  .pretend(execution, strand, new Result.Output(g.result()), moment));
      case Gives g when tooManyFailures(g, strand) ->
          lose(StatesError.EXCEED_TOLERATED_FAILURE_THRESHOLD, THRESHOLD_EXCEEDED, strand);
      case Gives g -> apply(executions.settling().pretend(execution, strand, g.result(), moment));
      case Fails f when task ->
          apply(
              executions
                  .settling()
                  .pretend(
                      execution,
                      strand,
                      new Result.Failure(text(f.error()), text(f.cause())),
                      moment));
      case Fails f -> lose(f.error(), f.cause(), strand);
    }
  }

  private static String text(@Nullable String given) {
    return given == null ? "" : given;
  }

  /** A branch or iteration is taken to have failed for good. */
  private void lose(@Nullable String error, @Nullable String cause, Strand strand) {
    apply(Decision.of(new ExecutionFact.BranchFailed(strand.id, strand.previous, error, cause)));
  }

  private boolean tooManyFailures(Gives given, Strand strand) {
    if (!(subject.state() instanceof MapState map)) {
      return false;
    }
    JsonNode count = stages.get(Stage.TOLERATED_FAILURE_COUNT);
    JsonNode share = stages.get(Stage.TOLERATED_FAILURE_PERCENTAGE);
    int items = map.reads() ? given.items() : strand.length;
    return (count != null && given.failures() > count.asLong())
        || (share != null && items > 0 && given.failures() * 100.0 / items > share.doubleValue());
  }

  private Verdict succeeded() {
    if (exited == null) {
      throw new IllegalStateException(subject.state().name() + " came to no end");
    }
    return verdict(Status.SUCCEEDED, exited.output(), null, null, exited.next(), null, null, null);
  }

  private Verdict failed(Strand.Failure failure) {
    String error = text(failure.error());
    int found = Retrier.matching(Failing.retriers(subject.state()), error, failure.source());
    Integer retrier = found < 0 ? null : found;
    if (retry != null) {
      long delay = Math.round((retry.dueMillis() - moment.millis()) / 1000.0);
      return verdict(
          Status.RETRIABLE, null, failure.error(), failure.cause(), null, null, retrier, delay);
    }
    List<Catcher> catchers = Failing.catchers(subject.state());
    Catcher catcher = Catcher.matching(catchers, error, failure.source());
    if (catcher != null) {
      return verdict(
          Status.CAUGHT_ERROR,
          exited == null ? null : exited.output(), // none where the catcher itself fails
          failure.error(),
          failure.cause(),
          catcher.next(),
          catchers.indexOf(catcher),
          retrier,
          null);
    }
    return verdict(
        Status.FAILED, null, failure.error(), failure.cause(), null, null, retrier, null);
  }

  private Verdict verdict(
      Status status,
      @Nullable JsonNode output,
      @Nullable String error,
      @Nullable String cause,
      @Nullable String next,
      @Nullable Integer catcher,
      @Nullable Integer retrier,
      @Nullable Long delay) {
    ObjectNode variables = Json.object();
    variables.setAll(subject.variables());
    if (exited != null && exited.assigned() instanceof ObjectNode set) {
      variables.setAll(set);
    }
    return new Verdict(
        status, output, error, cause, next, stages, variables, catcher, retrier, delay);
  }

  private void decide(ExecutionCommand command) {
    apply(executions.decide(execution, command, moment));
  }

  private void apply(Decision<ExecutionCommand, ExecutionFact> decision) {
    for (ExecutionFact fact : decision.facts()) {
      var recorded = new Recorded<>(key, ++seq, moment.millis(), NOBODY, fact);
      execution.apply(recorded);
      switch (fact) {
        case ExecutionFact.Exited f -> exited = f;
        case ExecutionFact.RetryScheduled f -> retry = f;
        case ExecutionFact.TaskScheduled f when work instanceof Performed ->
            call =
                Effects.of(execution, recorded).getFirst() instanceof Effect.Call asked
                    ? asked
                    : null;
        case ExecutionFact other -> {}
      }
    }
  }
}
