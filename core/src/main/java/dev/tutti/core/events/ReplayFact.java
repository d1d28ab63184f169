package dev.tutti.core.events;

import dev.tutti.core.kernel.Fact;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to a replay. Steps count from 1. */
public sealed interface ReplayFact extends Fact {

  /** It was started; step 1 comes in a moment. See {@link ReplayCommand.Start}. */
  record ReplayStarted(
      String source,
      long era,
      String bus,
      @Nullable String description,
      long fromMillis,
      long toMillis,
      List<String> rules)
      implements ReplayFact {}

  /**
   * A step has ended: all events up to the cursor are with their rules.
   *
   * @param cursor key of the last row that was read; empty where nothing was
   * @param events how many were sent
   * @param lastMillis when the last of them was accepted; 0 where there was none
   */
  record Advanced(int step, List<String> cursor, int events, long lastMillis)
      implements ReplayFact {}

  /** A step failed and will be made again. */
  record StepFailed(int step, String error, String message) implements ReplayFact {}

  /** A further step is under way. */
  record Continued(int step) implements ReplayFact {}

  /** Somebody wants it to end; the step under way is its last. */
  record CancelRequested() implements ReplayFact {}

  /**
   * It has ended.
   *
   * @param reason why it failed; null where it didn't
   */
  record Ended(End end, @Nullable String reason) implements ReplayFact {}

  /** How a replay ends. */
  enum End {
    COMPLETED,
    CANCELLED,
    FAILED
  }
}
