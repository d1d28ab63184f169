package dev.tutti.core.messaging;

import dev.tutti.core.kernel.Fact;

/** What happened to what a FIFO topic has to deliver. Notices are numbered from 1. */
public sealed interface FifoFact extends Fact {

  /**
   * A notice was accepted, and who gets it is settled.
   *
   * @param notice with group and deduplication
   * @param perGroup whether the deduplication is one of its group only
   */
  record Accepted(String messageId, NoticeFact.Published notice, boolean perGroup)
      implements FifoFact {}

  /** A notice reached a subscription, or its dead-letter queue; the next of its group follows. */
  record Delivered(String subscriptionArn, long number) implements FifoFact {}

  /** An attempt failed; another follows. */
  record Failed(
      String subscriptionArn,
      long number,
      int attempt,
      String error,
      String message,
      long nextAtMillis)
      implements FifoFact {}

  /** A further attempt is being made. */
  record Retried(String subscriptionArn, long number, int attempt) implements FifoFact {}

  /** The subscription can't be reached; attempt {@code attempt} goes to its dead-letter queue. */
  record Diverted(String subscriptionArn, long number, int attempt, String error, String message)
      implements FifoFact {}

  /** It was parked as a delivery of its own; the next of its group follows. */
  record GivenUp(String subscriptionArn, long number, String error, String message)
      implements FifoFact {}
}
