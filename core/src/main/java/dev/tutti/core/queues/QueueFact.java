package dev.tutti.core.queues;

import dev.tutti.core.kernel.Fact;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happened to a queue. */
public sealed interface QueueFact extends Fact {

  record Created(Map<String, String> attributes, Map<String, String> tags) implements QueueFact {}

  /** Attributes were set; an empty value took one back. */
  record AttributesSet(Map<String, String> attributes) implements QueueFact {}

  record Tagged(Map<String, String> tags) implements QueueFact {}

  record Untagged(List<String> keys) implements QueueFact {}

  /** It is gone; its messages were {@link Dropped} before. */
  record Deleted() implements QueueFact {}

  /** It was emptied; its messages were {@link Dropped} before. */
  record Purged() implements QueueFact {}

  /**
   * A message was accepted.
   *
   * @param visibleAtMillis when it can first be received, epoch milliseconds
   * @param deduplicationKey under which a repetition is known; null in a standard queue
   */
  record Sent(
      String messageId,
      Content content,
      long visibleAtMillis,
      @Nullable String group,
      @Nullable String deduplication,
      @Nullable String deduplicationKey)
      implements QueueFact {}

  /** Messages were received, and are hidden until then. */
  record Received(List<String> messageIds, long visibleAtMillis) implements QueueFact {}

  /** A received message stays hidden until then. */
  record Hidden(String messageId, long visibleAtMillis) implements QueueFact {}

  /**
   * Messages are done with: their receivers removed them.
   *
   * @param contents ids of the rows with what they said; null where these are the messages'
   */
  record Removed(List<String> messageIds, @Nullable List<String> contents) implements QueueFact {
    List<String> rows() {
      return contents == null ? messageIds : contents;
    }
  }

  /**
   * Messages are gone unread: too old, purged, or their queue was deleted.
   *
   * @param contents as {@link Removed#contents()}
   */
  record Dropped(List<String> messageIds, @Nullable List<String> contents) implements QueueFact {
    List<String> rows() {
      return contents == null ? messageIds : contents;
    }
  }

  /** A message was received too often, and goes to the dead-letter queue. */
  record GivenUp(Letter letter, String target) implements QueueFact {}

  /** A message that another queue gave up or moved on came in, as it is from now on. */
  record Taken(Letter letter) implements QueueFact {}

  /** A message that another queue gave up or moved on can't come in: there is no queue here. */
  record NotTaken(Letter letter) implements QueueFact {}

  /** A message that was given up came back, and is received further on. */
  record TakenBack(Letter letter) implements QueueFact {}

  /** A task began to move messages on; see {@link QueueCommand.StartMove}. */
  record MoveStarted(
      String taskId, @Nullable String destination, @Nullable Integer perSecond, int toMove)
      implements QueueFact {}

  /** A message was handed on by a task. */
  record MovedOn(Letter letter, String target) implements QueueFact {}

  /** A task handed so many messages on; more may follow. */
  record MoveStepped(int moved) implements QueueFact {}

  /** A task ended. */
  record MoveEnded(Move.Status status, @Nullable String reason) implements QueueFact {}

  /**
   * A message came back that no queue is here for any more: it is gone.
   *
   * @param content id of the row with what it said; null where that is the message's
   */
  record Forgotten(String messageId, @Nullable String content) implements QueueFact {}
}
