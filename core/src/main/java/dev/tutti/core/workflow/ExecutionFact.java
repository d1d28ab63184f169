package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.ErrorMatch;
import dev.tutti.core.kernel.Fact;
import dev.tutti.core.workflow.execution.Ended;
import dev.tutti.core.workflow.execution.Logging;
import dev.tutti.core.workflow.execution.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an execution decided. A strand is one line of control: number 0 is the machine's own, each
 * branch and each iteration gets a new one.
 */
public sealed interface ExecutionFact extends Fact {

  /** A fact that shows in the execution's history. */
  sealed interface Shown extends ExecutionFact {
    /** Number in the history, from 1 without a gap. */
    long id();

    /** The event that led here; 0 for none. */
    long previous();
  }

  /**
   * The execution began.
   *
   * @param startAt the first state
   * @param timeoutSeconds for the whole execution; null for none
   * @param versionArn of the version that runs; null for none
   * @param aliasArn by which it was started; null for none
   * @param logging null where nothing is logged
   * @param mapRun whose child it is; null for nobody's
   */
  record Started(
      long id,
      long previous,
      String machineArn,
      String revision,
      String roleArn,
      String input,
      String startAt,
      @Nullable Long timeoutSeconds,
      @Nullable String traceHeader,
      @Nullable String versionArn,
      @Nullable String aliasArn,
      @Nullable Logging logging,
      @Nullable MapRunChild mapRun)
      implements Shown {

    /** Of an execution that isn't logged and is nobody's child. */
    public Started(
        long id,
        long previous,
        String machineArn,
        String revision,
        String roleArn,
        String input,
        String startAt,
        @Nullable Long timeoutSeconds,
        @Nullable String traceHeader,
        @Nullable String versionArn,
        @Nullable String aliasArn) {
      this(
          id,
          previous,
          machineArn,
          revision,
          roleArn,
          input,
          startAt,
          timeoutSeconds,
          traceHeader,
          versionArn,
          aliasArn,
          null,
          null);
    }
  }

  /**
   * A state was entered.
   *
   * @param type as in the definition, for example {@code Task}
   * @param written the input's text where it isn't how we would write it
   */
  record Entered(
      long id,
      long previous,
      int strand,
      String type,
      String state,
      JsonNode input,
      @Nullable String written)
      implements Shown {}

  /**
   * A state was left.
   *
   * @param next state; null where the strand ends here
   * @param assigned variables that it set, by name; null for none
   */
  record Exited(
      long id,
      long previous,
      int strand,
      String type,
      String state,
      JsonNode output,
      @Nullable String next,
      @Nullable JsonNode assigned)
      implements Shown {}

  /** A Wait state waits. */
  record WaitBegan(int strand, long entered, long untilMillis) implements ExecutionFact {}

  /**
   * A Task's work was handed out.
   *
   * @param resource the Task's Resource as the definition has it
   * @param parameters what the work gets
   * @param timeoutSeconds null for none
   * @param heartbeatSeconds null for none
   * @param token which ends the Task; null where none can
   * @param credentials role to take on; null for none
   */
  record TaskScheduled(
      long id,
      long previous,
      int strand,
      String resource,
      String region,
      JsonNode parameters,
      @Nullable Long timeoutSeconds,
      @Nullable Long heartbeatSeconds,
      @Nullable String token,
      @Nullable JsonNode credentials)
      implements Shown {}

  /** A Task's work began. */
  record TaskStarted(long id, long previous, int strand, String resource) implements Shown {}

  /**
   * A worker took an activity's Task.
   *
   * @param worker what it calls itself; null for nothing
   * @param timeoutSeconds from now on; null for none
   * @param heartbeatSeconds from now on; null for none
   */
  record TaskTaken(
      long id,
      long previous,
      int strand,
      String resource,
      @Nullable String worker,
      @Nullable Long timeoutSeconds,
      @Nullable Long heartbeatSeconds)
      implements Shown {}

  /** The service took the work on; the Task waits for its end. */
  record TaskSubmitted(long id, long previous, int strand, String resource, JsonNode output)
      implements Shown {}

  /**
   * The execution that a Task started is to tell when it ends.
   *
   * @param scheduled id of the {@link TaskScheduled}
   */
  record ChildAwaited(int strand, long scheduled, String executionArn) implements ExecutionFact {}

  /** A heartbeat came; the time runs anew. */
  record HeartbeatCame(int strand, long scheduled, long beat, long seconds)
      implements ExecutionFact {}

  /** A Task's work gave a result. */
  record TaskSucceeded(long id, long previous, int strand, String resource, JsonNode output)
      implements Shown {}

  /** A Task's work failed. */
  record TaskFailed(
      long id,
      long previous,
      int strand,
      String resource,
      @Nullable String error,
      @Nullable String cause)
      implements Shown {}

  /**
   * A Task took too long.
   *
   * @param heartbeat true where it wasn't heard of for too long, else null
   */
  record TaskTimedOut(
      long id,
      long previous,
      int strand,
      String resource,
      String error,
      @Nullable Boolean heartbeat)
      implements Shown {
    /** Where an error handler sees this come from. */
    public ErrorMatch.Source source() {
      return heartbeat == null ? ErrorMatch.Source.TASK : ErrorMatch.Source.HEARTBEAT;
    }
  }

  /** A state failed for a reason that isn't an event of its own. */
  record Faulted(int strand, @Nullable String error, @Nullable String cause)
      implements ExecutionFact {}

  /**
   * A state failed because an expression of JSONata did.
   *
   * @param location the field that holds the expression; null where no one field is to blame
   */
  record EvaluationFailed(
      long id,
      long previous,
      int strand,
      String state,
      String error,
      String cause,
      @Nullable String location)
      implements Shown {}

  /**
   * A failed state will be tried again.
   *
   * @param retrier which, by its place in the definition
   * @param attempt number of the retry in this state, from 1
   */
  record RetryScheduled(int strand, long entered, int retrier, long attempt, long dueMillis)
      implements ExecutionFact {}

  /** The time for a retry came. */
  record Retried(int strand) implements ExecutionFact {}

  /**
   * A Parallel state's branches began.
   *
   * @param first the first branch's strand; the others' follow
   * @param startAt each branch's first state
   */
  record ParallelStarted(
      long id, long previous, int strand, JsonNode input, int first, List<String> startAt)
      implements Shown {}

  /**
   * A Map state began.
   *
   * @param concurrency iterations at a time; 0 for no bound
   */
  record MapStarted(long id, long previous, int strand, int length, long concurrency)
      implements Shown {}

  /** A Map state's iterations began, as executions of their own. */
  record MapRunStarted(long id, long previous, int strand, String mapRunArn, MapRunStart start)
      implements Shown {}

  /**
   * They are over.
   *
   * @param outputs of those that succeeded, in their order
   * @param result in place of them; null for none
   */
  record MapRunEnded(
      long id,
      long previous,
      int strand,
      String mapRunArn,
      Status status,
      List<JsonNode> outputs,
      @Nullable String error,
      @Nullable String cause,
      @Nullable JsonNode result)
      implements Shown {}

  /**
   * A map run goes on with what didn't succeed.
   *
   * @param count how often that was done
   */
  record MapRunRedriven(long id, long previous, int strand, String mapRunArn, int count)
      implements Shown {}

  /** The map run whose child this execution is is told of its end. */
  record MapRunTold(MapRunChild child, Ended ended) implements ExecutionFact {}

  /**
   * An iteration began.
   *
   * @param strand the iteration's own
   * @param parent the Map state's
   */
  record IterationStarted(
      long id,
      long previous,
      int strand,
      int parent,
      String state,
      int index,
      JsonNode item,
      JsonNode input,
      String startAt)
      implements Shown {}

  record IterationSucceeded(long id, long previous, int strand, String state, int index)
      implements Shown {}

  record IterationFailed(long id, long previous, int strand, String state, int index)
      implements Shown {}

  record IterationAborted(long id, long previous, int strand, String state, int index)
      implements Shown {}

  /** All branches or iterations of a state succeeded. */
  record ChildrenSucceeded(long id, long previous, int strand, String type) implements Shown {}

  /** A state failed because of one of its branches or iterations. */
  record ChildrenFailed(long id, long previous, int strand, String type) implements Shown {}

  /** A state was left unfinished. */
  record StateAborted(long id, long previous, int strand, String type) implements Shown {}

  /**
   * A branch or iteration failed, and its siblings with it.
   *
   * @param strand of the state whose branch it was
   * @param previous the last event of the failed one
   */
  record BranchFailed(int strand, long previous, @Nullable String error, @Nullable String cause)
      implements ExecutionFact {}

  /** Calls and timers that nobody waits for any more. */
  record Released(List<String> names) implements ExecutionFact {}

  /** The walk took a rest, so that others may go on. */
  record Yielded(long lastEvent) implements ExecutionFact {}

  /** Another execution waits for the end of this one. */
  record Watched(String watcher, long scheduled) implements ExecutionFact {}

  /** An execution that waits for the end of this one is told of it. */
  record WatcherTold(String watcher, long scheduled, Ended ended) implements ExecutionFact {}

  /**
   * The change of status is told to those who listen on the default bus.
   *
   * @param event number of the event that tells of it in the history
   */
  record StatusTold(Status status, long event) implements ExecutionFact {}

  /**
   * It goes on where it didn't succeed: states that failed or were left unfinished begin anew.
   *
   * @param count how often that was done
   * @param from how it had ended
   * @param token of the request; null for none
   */
  record Redriven(long id, long previous, int count, Status from, @Nullable String token)
      implements Shown {}

  record Succeeded(long id, long previous, JsonNode output) implements Shown {}

  record Failed(long id, long previous, @Nullable String error, @Nullable String cause)
      implements Shown {}

  record TimedOut(long id, long previous, @Nullable String error, @Nullable String cause)
      implements Shown {}

  record Aborted(long id, long previous, @Nullable String error, @Nullable String cause)
      implements Shown {}
}
