package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Command;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.workflow.execution.Ended;
import dev.tutti.core.workflow.execution.Logging;
import dev.tutti.core.workflow.execution.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What somebody wants of an execution. Its key's id is the execution's ARN. */
public sealed interface ExecutionCommand extends Command {

  /**
   * Starts it. Replies {@code {"startMillis": …}}; a repetition with the same input while it runs
   * is answered as the first was.
   *
   * @param revision of the state machine, as {@link Definitions} knows it
   * @param input JSON text as it was given
   * @param versionArn of the version that runs; null for none
   * @param aliasArn by which it was started; null for none
   * @param logging null where nothing is logged
   * @param mapRun whose child it is; null for nobody's
   */
  record Start(
      String machineArn,
      String revision,
      String roleArn,
      String input,
      @Nullable String traceHeader,
      @Nullable String versionArn,
      @Nullable String aliasArn,
      @Nullable Logging logging,
      @Nullable MapRunChild mapRun)
      implements ExecutionCommand {

    /** Of an execution that isn't logged and is nobody's child. */
    public Start(
        String machineArn,
        String revision,
        String roleArn,
        String input,
        @Nullable String traceHeader,
        @Nullable String versionArn,
        @Nullable String aliasArn) {
      this(machineArn, revision, roleArn, input, traceHeader, versionArn, aliasArn, null, null);
    }
  }

  /**
   * Goes on where it can.
   *
   * @param steps taken so far in this commit
   */
  record Walk(int steps) implements ExecutionCommand {}

  /** A call ended. */
  record CallEnded(String call, Outcome outcome) implements ExecutionCommand {}

  /** A Wait state's time is over. */
  record WaitOver(int strand, long entered) implements ExecutionCommand {}

  /** A failed state is due to be tried again. */
  record RetryDue(int strand, long entered, long attempt) implements ExecutionCommand {}

  /** A Task has taken too long. */
  record TaskTimeout(int strand, long scheduled) implements ExecutionCommand {}

  /**
   * A Task hasn't been heard of for too long.
   *
   * @param beat how many heartbeats came before
   */
  record HeartbeatMissed(int strand, long scheduled, long beat) implements ExecutionCommand {}

  /** The whole execution has taken too long. */
  record MachineTimeout() implements ExecutionCommand {}

  /** StopExecution. Replies {@code {"stopMillis": …}}. */
  record Stop(@Nullable String error, @Nullable String cause) implements ExecutionCommand {}

  /**
   * GetActivityTask has found an activity's Task. Replies {@code {"token": …, "input": text}}, and
   * {@code {}} where it doesn't wait any more.
   *
   * @param scheduled number of the event that scheduled it
   */
  record TakeTask(long scheduled, @Nullable String worker) implements ExecutionCommand {}

  /** SendTaskSuccess. */
  record TaskSuccess(String token, JsonNode output) implements ExecutionCommand {}

  /** SendTaskFailure. */
  record TaskFailure(String token, @Nullable String error, @Nullable String cause)
      implements ExecutionCommand {}

  /** SendTaskHeartbeat. */
  record TaskHeartbeat(String token) implements ExecutionCommand {}

  /** Another execution wants to be told when this one ends. */
  record Watch(String watcher, long scheduled) implements ExecutionCommand {}

  /** An execution that was waited for has ended. */
  record ChildEnded(long scheduled, Ended ended) implements ExecutionCommand {}

  /**
   * A map run that was waited for is over.
   *
   * @param scheduled number of the event that started it
   * @param outputs of the children that succeeded, in their order
   * @param result in place of them; null for none
   */
  record MapRunEnded(
      long scheduled,
      String mapRunArn,
      Status status,
      List<JsonNode> outputs,
      @Nullable String error,
      @Nullable String cause,
      @Nullable JsonNode result)
      implements ExecutionCommand {}

  /**
   * RedriveExecution: what didn't succeed is to be tried again. Replies {@code {"redriveMillis":
   * …}}; a repetition under the same token is answered as the first was.
   */
  record Redrive(@Nullable String token) implements ExecutionCommand {}

  /** The same, of the map run whose child this is; where it can't be, the run is told its end. */
  record RedriveChild() implements ExecutionCommand {}
}
