package dev.tutti.core.queues;

import dev.tutti.core.kernel.Recorded;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A queue as its facts made it: its settings, and the order of its messages. */
public final class Queue {
  /** How long a FIFO queue knows a repetition, in milliseconds. */
  static final long DEDUPLICATION_MILLIS = 5 * 60 * 1000L;

  /** How long a changed deduplication scope takes to hold, in milliseconds. */
  private static final long PROPAGATION_MILLIS = 60_000;

  private final String arn;
  private QueueInfo info;
  private long purgedMillis;
  private long deletedMillis;
  private String scopeBefore = "";
  private long scopeSinceMillis;
  private long lastNumber;
  private @Nullable Move move;
  private Order order = new Order.Loose();

  /** By id, oldest arrival first. */
  private final LinkedHashMap<String, Message> messages = new LinkedHashMap<>();

  /** What was sent lately, by deduplication key, oldest first. */
  private final LinkedHashMap<String, Known> known = new LinkedHashMap<>();

  /** A message that a repetition repeats. */
  record Known(String messageId, long number, long untilMillis) {}

  /** How many messages there are; what is hidden is delayed or received. */
  public record Counts(int visible, int delayed, int received) {}

  Queue(String arn) {
    this.arn = arn;
    this.info = QueueInfo.blank(arn);
  }

  String arn() {
    return arn;
  }

  boolean exists() {
    return info.exists();
  }

  QueueSettings settings() {
    return info.settings();
  }

  /** How many tags it would have with these. */
  int tagsWith(Map<String, String> more) {
    Set<String> keys = new HashSet<>(info.tags().keySet());
    keys.addAll(more.keySet());
    return keys.size();
  }

  /** When it was purged last, epoch milliseconds; 0 where it never was. */
  long purgedMillis() {
    return purgedMillis;
  }

  /** When it was deleted last, epoch milliseconds; 0 where it never was. */
  long deletedMillis() {
    return deletedMillis;
  }

  /** The task that moves messages on, or did last; null where none did. */
  @Nullable Move move() {
    return move;
  }

  /** The number of the message that came last. */
  long lastNumber() {
    return lastNumber;
  }

  Order order() {
    return order;
  }

  @Nullable Message message(String id) {
    return messages.get(id);
  }

  List<String> messageIds() {
    return List.copyOf(messages.keySet());
  }

  @Nullable Known known(String deduplicationKey, long now) {
    Known there = known.get(deduplicationKey);
    return there == null || there.untilMillis() <= now ? null : there;
  }

  /** The scope of deduplication that holds now: a change takes a minute, as in SQS. */
  String deduplicationScope(long now) {
    return now < scopeSinceMillis ? scopeBefore : settings().value("DeduplicationScope");
  }

  /** The oldest messages that are past their time, at most some. */
  List<String> expired(long now, int most) {
    List<String> found = new ArrayList<>();
    for (Message each : messages.values()) {
      if (found.size() == most || !isExpired(each, now)) {
        break;
      }
      found.add(each.id());
    }
    return found;
  }

  boolean isExpired(Message message, long now) {
    return message.sentMillis() + settings().number("MessageRetentionPeriod") * 1000L <= now;
  }

  /**
   * How many messages there are that aren't past their time. Of the visible ones, those that came
   * first are looked at, up to one that has time left: older dead letters that came in after it
   * count until its time is over, too.
   */
  public Counts counts(long now) {
    List<Message> hidden = order.hidden(now);
    List<Message> later = hidden.stream().filter(each -> !isExpired(each, now)).toList();
    int delayed = (int) later.stream().filter(each -> each.receives() == 0).count();
    long expired =
        messages.values().stream()
            .takeWhile(each -> isExpired(each, now))
            .filter(each -> each.visible(now))
            .count();
    int visible = messages.size() - hidden.size() - (int) expired;
    return new Counts(visible, delayed, later.size() - delayed);
  }

  /** The fact that messages are gone unread. */
  QueueFact.Dropped dropped(List<String> ids) {
    return new QueueFact.Dropped(ids, contents(ids));
  }

  /** The fact that messages are done with. */
  QueueFact.Removed removed(List<String> ids) {
    return new QueueFact.Removed(ids, contents(ids));
  }

  private @Nullable List<String> contents(List<String> ids) {
    List<String> rows = ids.stream().map(id -> there(id).row()).toList();
    return rows.equals(ids) ? null : rows;
  }

  Queue apply(Recorded<QueueFact> recorded) {
    long now = recorded.millis();
    String scope = deduplicationScope(now);
    info = QueueInfo.after(arn, info, recorded);
    order.settle(now);
    switch (recorded.fact()) {
      case QueueFact.Created _ -> {
        purgedMillis = 0;
        scopeSinceMillis = 0;
        order = settings().fifo() ? new Order.Strict() : new Order.Loose();
      }
      case QueueFact.AttributesSet fact -> {
        if (fact.attributes().containsKey("DeduplicationScope")) {
          scopeBefore = scope;
          scopeSinceMillis = now + PROPAGATION_MILLIS;
        }
      }
      case QueueFact.Tagged _,
          QueueFact.Untagged _,
          QueueFact.NotTaken _,
          QueueFact.Forgotten _ -> {}
      case QueueFact.Deleted _ -> {
        known.clear();
        deletedMillis = now;
      }
      case QueueFact.Purged _ -> {
        known.clear();
        purgedMillis = now;
      }
      case QueueFact.Sent fact -> sent(fact, now);
      case QueueFact.Received fact ->
          fact.messageIds()
              .forEach(id -> replace(id, there(id).received(now, fact.visibleAtMillis())));
      case QueueFact.Hidden fact ->
          replace(fact.messageId(), there(fact.messageId()).hidden(fact.visibleAtMillis()));
      case QueueFact.Removed fact -> fact.messageIds().forEach(this::remove);
      case QueueFact.Dropped fact -> fact.messageIds().forEach(this::remove);
      case QueueFact.GivenUp fact -> remove(fact.letter().messageId());
      case QueueFact.MovedOn fact -> remove(fact.letter().messageId());
      case QueueFact.MoveStarted fact ->
          move =
              new Move(
                  fact.taskId(),
                  fact.destination(),
                  fact.perSecond(),
                  now,
                  fact.toMove(),
                  0,
                  Move.Status.RUNNING,
                  null);
      case QueueFact.MoveStepped fact -> move = running().moved(fact.moved());
      case QueueFact.MoveEnded fact -> move = running().ended(fact.status(), fact.reason());
      case QueueFact.Taken fact -> {
        Letter letter = fact.letter();
        add(letter, now, letter.back() == null ? letter.source() : null, false);
      }
      case QueueFact.TakenBack fact -> {
        Letter.Return back = fact.letter().back();
        add(fact.letter(), now, back == null ? null : back.origin(), true);
      }
    }
    return this;
  }

  private void sent(QueueFact.Sent fact, long now) {
    lastNumber++;
    String key = fact.deduplicationKey();
    if (key != null) {
      forget(now);
      known.putLast(key, new Known(fact.messageId(), lastNumber, now + DEDUPLICATION_MILLIS));
    }
    Message message =
        new Message(
            fact.messageId(),
            lastNumber,
            now,
            fact.visibleAtMillis(),
            0,
            0,
            0,
            fact.group(),
            fact.deduplication(),
            null,
            false,
            null);
    messages.put(message.id(), message);
    order.add(message);
  }

  private void add(Letter letter, long now, @Nullable String source, boolean kept) {
    lastNumber++;
    Message message =
        new Message(
            letter.messageId(),
            lastNumber,
            letter.sentMillis(),
            now,
            letter.receives(),
            letter.receives(),
            letter.firstMillis(),
            letter.group(),
            letter.deduplication(),
            source,
            kept,
            letter.content());
    messages.put(message.id(), message);
    order.add(message);
  }

  private Move running() {
    if (move == null) {
      throw new IllegalStateException("a fact about a task that isn't");
    }
    return move;
  }

  private void forget(long now) {
    Iterator<Known> oldest = known.values().iterator();
    while (oldest.hasNext() && oldest.next().untilMillis() <= now) {
      oldest.remove();
    }
  }

  private Message there(String id) {
    Message message = messages.get(id);
    if (message == null) {
      throw new IllegalStateException("a fact about a message that isn't: " + id);
    }
    return message;
  }

  private void replace(String id, Message changed) {
    order.remove(there(id));
    messages.put(id, changed);
    order.add(changed);
  }

  private void remove(String id) {
    order.remove(there(id));
    messages.remove(id);
  }
}
