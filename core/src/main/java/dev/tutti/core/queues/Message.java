package dev.tutti.core.queues;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A message in a queue's order; what it says is kept elsewhere.
 *
 * @param number its place in the order of arrival; told as {@code SequenceNumber} in FIFO queues
 * @param sentMillis when its time began: it was sent, moved on, or given up by a FIFO queue
 * @param visibleAtMillis from when it can be received
 * @param receives how often it was received, in all queues
 * @param receivesBefore how often of these in other queues
 * @param firstMillis when it was first received; 0 where it never was
 * @param source ARN of the queue that gave it up; null where none did
 * @param kept whether it may no longer be given up: its dead-letter queue is missing
 * @param content id of the row with what it says; null where that is its own
 */
public record Message(
    String id,
    long number,
    long sentMillis,
    long visibleAtMillis,
    int receives,
    int receivesBefore,
    long firstMillis,
    @Nullable String group,
    @Nullable String deduplication,
    @Nullable String source,
    boolean kept,
    @Nullable String content) {

  /** Soonest visible first; among equals the one that came first. */
  static final Comparator<Message> BY_VISIBILITY =
      Comparator.comparingLong(Message::visibleAtMillis).thenComparingLong(Message::number);

  Message received(long now, long until) {
    return new Message(
        id,
        number,
        sentMillis,
        until,
        receives + 1,
        receivesBefore,
        receives == 0 ? now : firstMillis,
        group,
        deduplication,
        source,
        kept,
        content);
  }

  Message hidden(long until) {
    return new Message(
        id,
        number,
        sentMillis,
        until,
        receives,
        receivesBefore,
        firstMillis,
        group,
        deduplication,
        source,
        kept,
        content);
  }

  boolean visible(long now) {
    return visibleAtMillis <= now;
  }

  /** The id of the row with what it says. */
  String row() {
    return content == null ? id : content;
  }

  Letter letter(String from) {
    return new Letter(
        from, id, sentMillis, firstMillis, receives, group, deduplication, null, content);
  }
}
