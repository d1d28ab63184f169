package dev.tutti.core.queues;

import dev.tutti.core.kernel.Command;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What somebody wants of a queue. Attributes are validated by whoever sends them. */
public sealed interface QueueCommand extends Command {

  /** Creates it; where it exists with these attributes, changes nothing. */
  record Create(Map<String, String> attributes, Map<String, String> tags) implements QueueCommand {}

  /** Sets attributes; an empty value takes one back. */
  record SetAttributes(Map<String, String> attributes) implements QueueCommand {}

  record Tag(Map<String, String> tags) implements QueueCommand {}

  record Untag(List<String> keys) implements QueueCommand {}

  /** Deletes it with its messages. */
  record Delete() implements QueueCommand {}

  /** Removes all messages; at most once a minute. */
  record Purge() implements QueueCommand {}

  /** Accepts messages, in order. Answers for each its id and, of a FIFO queue, its number. */
  record Send(List<Draft> messages) implements QueueCommand {}

  /**
   * A message as its sender made it.
   *
   * @param delaySeconds before it can be received; null as the queue has it
   * @param group FIFO: messages of a group are received in order
   * @param deduplication FIFO: what tells a repetition; null takes it from the body where the queue
   *     does so
   */
  record Draft(
      String messageId,
      Content content,
      @Nullable Integer delaySeconds,
      @Nullable String group,
      @Nullable String deduplication) {}

  /**
   * Takes messages and hides them. Answers {@code messages} (each with {@code id}, {@code handle},
   * {@code count} and what else an attribute tells; {@code content} where the row of {@link
   * Queues#CONTENTS} isn't that of the id) and, where there are none, {@code nextMillis}: when one
   * becomes visible, if any does.
   *
   * @param seconds how long they are hidden; null as the queue has it
   */
  record Receive(int most, @Nullable Integer seconds) implements QueueCommand {}

  /** Removes messages by their receipt handles. Answers {@code failed}: an error for some. */
  record Remove(List<String> handles) implements QueueCommand {}

  /** Changes how long received messages stay hidden. Answers {@code failed} as {@link Remove}. */
  record Hide(List<Hiding> messages) implements QueueCommand {}

  /** One message of {@link Hide}, by its receipt handle. */
  record Hiding(String handle, int seconds) {}

  /** A message that another queue gave up, and this one is its dead-letter queue; or moved on. */
  record Take(Letter letter) implements QueueCommand {}

  /**
   * Starts to move this dead-letter queue's messages on, see {@link Move}.
   *
   * @param destination null sends each back where it came from
   * @param perSecond null is as fast as it goes
   */
  record StartMove(String taskId, @Nullable String destination, @Nullable Integer perSecond)
      implements QueueCommand {}

  /** Takes the next step; {@code moved} is how far it was when this was planned. */
  record StepMove(String taskId, int moved) implements QueueCommand {}

  /** Stops a task that runs. Answers {@code moved}. */
  record CancelMove(String taskId) implements QueueCommand {}

  /** A message that couldn't be given away, back again. */
  record TakeBack(Letter letter) implements QueueCommand {}
}
