package dev.tutti.core.delivery;

import dev.tutti.core.kernel.Command;

/** What is wanted of a message group. */
public sealed interface MessageGroupCommand extends Command {

  /**
   * Puts a delivery among those that wait for their turn. A second one changes nothing.
   *
   * @param delivery id of the delivery
   * @param sinceMillis whose turn it is: the earlier comes first, and of the same the one that
   *     joined first; epoch milliseconds
   * @param begin what it begins with; its {@code group} is this one
   */
  record Join(String delivery, long sinceMillis, DeliveryCommand.Begin begin)
      implements MessageGroupCommand {}

  /** Admits the first that waits, where none is under way. */
  record Next() implements MessageGroupCommand {}

  /** A delivery is over, or parked; where it isn't the one under way, nothing changes. */
  record Leave(String delivery) implements MessageGroupCommand {}
}
