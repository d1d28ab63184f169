package dev.tutti.core.queues;

import dev.tutti.core.kernel.Ids;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way to another queue. Its content stays in the row it has.
 *
 * @param source ARN of the queue that gives it up
 * @param sentMillis when its time began, epoch milliseconds
 * @param firstMillis when it was first received
 * @param receives how often it was received
 * @param back null where it is given up
 * @param content id of the row with what it says; null where that is the message's
 */
public record Letter(
    String source,
    String messageId,
    long sentMillis,
    long firstMillis,
    int receives,
    @Nullable String group,
    @Nullable String deduplication,
    @Nullable Return back,
    @Nullable String content) {

  /**
   * As it comes in. What a task moves on is a new message with a new id; what a FIFO queue gave up
   * begins its time anew, and is told apart by its id, so that two that repeat each other stay two.
   *
   * @param fifo whether the queues are FIFO queues
   */
  Letter taken(boolean fifo, long now) {
    if (back != null) {
      return new Letter(
          source,
          Ids.uuid("moved " + messageId),
          sentMillis,
          firstMillis,
          receives,
          group,
          deduplication,
          back,
          content == null ? messageId : content);
    }
    return fifo
        ? new Letter(source, messageId, now, firstMillis, receives, group, messageId, null, content)
        : this;
  }

  /**
   * Says that a dead-letter queue hands the message on, as a new one.
   *
   * @param origin ARN of the queue that gave it up; null where none did
   */
  public record Return(@Nullable String origin) {}
}
