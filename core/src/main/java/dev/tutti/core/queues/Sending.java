package dev.tutti.core.queues;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Ids;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Accepts messages; in a FIFO queue, each but once in five minutes. */
final class Sending {
  private static final int EXPIRED_AT_ONCE = 20;
  private static final int SHA256_DIGITS = 64;

  private Sending() {}

  static Decision<QueueCommand, QueueFact> decide(Queue queue, QueueCommand.Send send, long now) {
    boolean fifo = queue.settings().fifo();
    List<QueueFact> facts = new ArrayList<>();
    List<String> expired = queue.expired(now, EXPIRED_AT_ONCE);
    if (!expired.isEmpty()) {
      facts.add(queue.dropped(expired));
    }
    ObjectNode answer = Json.object();
    ArrayNode messages = answer.putArray("messages");
    Map<String, Queue.Known> fresh = new HashMap<>();
    long number = queue.lastNumber();
    for (QueueCommand.Draft draft : send.messages()) {
      String deduplication = fifo ? deduplication(draft) : null;
      String key = deduplication == null ? null : key(queue, draft, deduplication, now);
      Queue.Known known = key == null ? null : known(queue, fresh, key, now);
      if (known == null) {
        number++;
        known = new Queue.Known(draft.messageId(), number, 0);
        facts.add(sent(queue, draft, deduplication, key, now));
        if (key != null) {
          fresh.put(key, known);
        }
      }
      ObjectNode message = messages.addObject().put("id", known.messageId());
      if (fifo) {
        message.put("number", number(known.number()));
      }
    }
    return Decision.<QueueCommand, QueueFact>of(facts).replying(answer);
  }

  private static Queue.@Nullable Known known(
      Queue queue, Map<String, Queue.Known> fresh, String key, long now) {
    Queue.Known known = fresh.get(key);
    return known == null ? queue.known(key, now) : known;
  }

  private static QueueFact.Sent sent(
      Queue queue,
      QueueCommand.Draft draft,
      @Nullable String deduplication,
      @Nullable String key,
      long now) {
    Integer delay = draft.delaySeconds();
    int seconds = delay == null ? queue.settings().number("DelaySeconds") : delay;
    return new QueueFact.Sent(
        draft.messageId(),
        draft.content(),
        now + seconds * 1000L,
        draft.group(),
        deduplication,
        key);
  }

  private static String deduplication(QueueCommand.Draft draft) {
    return draft.deduplication() == null
        ? Ids.hex(draft.content().body(), SHA256_DIGITS)
        : draft.deduplication();
  }

  private static String key(Queue queue, QueueCommand.Draft draft, String deduplication, long now) {
    return queue.deduplicationScope(now).equals("messageGroup")
        ? draft.group() + '\n' + deduplication
        : deduplication;
  }

  /** A {@code SequenceNumber}: twenty digits, rising. */
  static String number(long number) {
    return "188%017d".formatted(number);
  }
}
