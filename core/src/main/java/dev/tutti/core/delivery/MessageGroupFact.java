package dev.tutti.core.delivery;

import dev.tutti.core.kernel.Fact;

/** What happened in a message group. */
public sealed interface MessageGroupFact extends Fact {

  /** A delivery waits for its turn. See {@link MessageGroupCommand.Join}. */
  record Joined(String delivery, long sinceMillis, DeliveryCommand.Begin begin)
      implements MessageGroupFact {}

  /** Its turn has come. */
  record Chosen(String delivery) implements MessageGroupFact {}

  /** The one under way is over, or parked. */
  record Left(String delivery) implements MessageGroupFact {}
}
