package dev.tutti.core.queues;

import org.jspecify.annotations.Nullable;

/**
 * A task that moves a dead-letter queue's messages on, as SQS's {@code StartMessageMoveTask}.
 *
 * @param destination ARN of the queue they go to; null sends each back where it came from
 * @param perSecond most messages a second; null is as fast as it goes
 * @param startedMillis epoch milliseconds
 * @param toMove how many messages there were when it started
 * @param moved how many it has moved
 * @param status as SQS has it
 * @param reason why it failed; null where it didn't
 */
public record Move(
    String taskId,
    @Nullable String destination,
    @Nullable Integer perSecond,
    long startedMillis,
    int toMove,
    int moved,
    Status status,
    @Nullable String reason) {

  /** How far it is. */
  public enum Status {
    RUNNING,
    COMPLETED,
    CANCELLED,
    FAILED
  }

  Move moved(int more) {
    return new Move(
        taskId, destination, perSecond, startedMillis, toMove, moved + more, status, reason);
  }

  Move ended(Status end, @Nullable String why) {
    return new Move(taskId, destination, perSecond, startedMillis, toMove, moved, end, why);
  }
}
