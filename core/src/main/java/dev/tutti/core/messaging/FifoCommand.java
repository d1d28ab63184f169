package dev.tutti.core.messaging;

import dev.tutti.core.kernel.Command;
import dev.tutti.core.kernel.Outcome;

/** What somebody wants of what a FIFO topic has to deliver. */
public sealed interface FifoCommand extends Command {

  /**
   * Publishes; within five minutes of one with the same deduplication, answers that one instead.
   * Answers {@code MessageId} and {@code SequenceNumber}.
   *
   * @param publish with group and deduplication
   * @param perGroup whether a deduplication is one of its group only
   */
  record Publish(String messageId, NoticeCommand.Publish publish, boolean perGroup)
      implements FifoCommand {}

  /**
   * An attempt to deliver the first of a line ended.
   *
   * @param number of the notice
   */
  record Attempted(String subscriptionArn, long number, int attempt, Outcome outcome)
      implements FifoCommand {}

  /** The time of a further attempt has come. */
  record Retry(String subscriptionArn, long number, int attempt) implements FifoCommand {}
}
