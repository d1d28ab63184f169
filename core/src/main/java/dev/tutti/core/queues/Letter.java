package dev.tutti.core.queues;

import org.jspecify.annotations.Nullable;

/**
 * A message on its way to a dead-letter queue. Its content stays in the row it has.
 *
 * @param source ARN of the queue that gives it up
 * @param sentMillis when it was first sent, epoch milliseconds
 * @param firstMillis when it was first received
 * @param receives how often it was received
 * @param back null where it is given up
 */
public record Letter(
    String source,
    String messageId,
    long sentMillis,
    long firstMillis,
    int receives,
    @Nullable String group,
    @Nullable String deduplication,
    @Nullable Return back) {

  /**
   * Says that a dead-letter queue hands the message on, as a new one.
   *
   * @param origin ARN of the queue that gave it up; null where none did
   */
  public record Return(@Nullable String origin) {}
}
