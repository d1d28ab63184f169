package dev.tutti.core.asl;

import dev.tutti.core.asl.data.StatesError;
import java.util.List;

/**
 * ErrorEquals: which errors a retrier or catcher takes.
 *
 * <p>States.Runtime is taken by nothing, not even by its own name: AWS ends the execution there.
 * States.ALL takes every other error, States.DataLimitExceeded of a task included, as recorded.
 * States.TaskFailed takes every error of a task but its timeout. A missed heartbeat is told as
 * States.Timeout, and taken by that name and by States.HeartbeatTimeout.
 */
public record ErrorMatch(List<String> names) {
  public ErrorMatch {
    names = List.copyOf(names);
  }

  /** Where an error came from. */
  public enum Source {
    /** A task's own failure. */
    TASK,
    /** A task that wasn't heard of for too long. */
    HEARTBEAT,
    /** Anything else: the language, a branch, an iteration. */
    STATE
  }

  public boolean matches(String error, Source source) {
    if (error.equals(StatesError.RUNTIME)) {
      return false;
    }
    for (String name : names) {
      if (matches(name, error, source)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(String name, String error, Source source) {
    if (name.equals(error)) {
      return true;
    }
    boolean timeout =
        error.equals(StatesError.TIMEOUT) || error.equals(StatesError.HEARTBEAT_TIMEOUT);
    return switch (name) {
      case StatesError.ALL -> true;
      case StatesError.TASK_FAILED -> source == Source.TASK && !timeout;
      case StatesError.TIMEOUT -> timeout;
      case StatesError.HEARTBEAT_TIMEOUT -> source == Source.HEARTBEAT;
      default -> false;
    };
  }
}
