package dev.tutti.core.queues;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decision;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Hands out messages, and takes their receipt handles back. */
final class Receiving {
  private Receiving() {}

  /**
   * What is past its time is dropped on the way, and what was received too often is given up; where
   * that leaves nothing, the walk goes on in the same commit.
   */
  static Decision<QueueCommand, QueueFact> receive(
      Queue queue, QueueCommand.Receive receive, long now) {
    List<Message> found = queue.order().receivable(now, receive.most());
    QueueSettings.Redrive redrive = queue.settings().redrive();
    List<QueueFact> facts = new ArrayList<>();
    List<String> expired = new ArrayList<>();
    List<Message> received = new ArrayList<>();
    for (Message message : found) {
      if (queue.isExpired(message, now)) {
        expired.add(message.id());
      } else if (redrive != null && isTooOften(message, redrive)) {
        facts.add(new QueueFact.GivenUp(message.letter(queue.arn()), redrive.target()));
      } else {
        received.add(message);
      }
    }
    if (!expired.isEmpty()) {
      facts.add(queue.dropped(expired));
    }
    if (received.isEmpty() && !facts.isEmpty()) {
      return Decision.<QueueCommand, QueueFact>of(facts).then(receive);
    }
    Integer asked = receive.seconds();
    int seconds = asked == null ? queue.settings().number("VisibilityTimeout") : asked;
    long until = now + seconds * 1000L;
    if (!received.isEmpty()) {
      facts.add(new QueueFact.Received(received.stream().map(Message::id).toList(), until));
    }
    return Decision.<QueueCommand, QueueFact>of(facts)
        .replying(answer(queue, received, now, until));
  }

  private static boolean isTooOften(Message message, QueueSettings.Redrive redrive) {
    return !message.kept()
        && message.receives() - message.receivesBefore() >= redrive.maxReceives();
  }

  private static ObjectNode answer(Queue queue, List<Message> received, long now, long until) {
    ObjectNode answer = Json.object();
    ArrayNode messages = answer.putArray("messages");
    for (Message before : received) {
      Message message = before.received(now, until);
      ObjectNode json = messages.addObject().put("id", message.id());
      json.put("handle", new Handle(message.id(), message.receives()).text(queue.arn()));
      json.put("receives", message.receives());
      json.put("sentMillis", message.sentMillis()).put("firstMillis", message.firstMillis());
      if (queue.settings().fifo()) {
        json.put("number", Sending.number(message.number()));
      }
      put(json, "group", message.group());
      put(json, "deduplication", message.deduplication());
      put(json, "source", message.source());
      put(json, "content", message.content());
    }
    Message soonest = queue.order().soonest();
    if (received.isEmpty() && soonest != null) {
      answer.put("nextMillis", soonest.visibleAtMillis());
    }
    return answer;
  }

  private static void put(ObjectNode json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  static Decision<QueueCommand, QueueFact> remove(
      Queue queue, QueueCommand.Remove remove, long now) {
    ObjectNode answer = Json.object();
    ArrayNode failed = answer.putArray("failed");
    Set<String> removed = new LinkedHashSet<>();
    for (int i = 0; i < remove.handles().size(); i++) {
      String text = remove.handles().get(i);
      Handle handle = Handle.parse(queue.arn(), text);
      Message message = handle == null ? null : queue.message(handle.messageId());
      if (handle == null) {
        fail(failed, i, "ReceiptHandleIsInvalid", invalid(text));
      } else if (message != null && isOver(queue, message, handle, now)) {
        fail(failed, i, "InvalidParameterValueException", over(text));
      } else if (message != null) {
        removed.add(message.id());
      }
    }
    Decision<QueueCommand, QueueFact> decision =
        removed.isEmpty() ? Decision.none() : Decision.of(queue.removed(List.copyOf(removed)));
    return decision.replying(answer);
  }

  static Decision<QueueCommand, QueueFact> hide(Queue queue, QueueCommand.Hide hide, long now) {
    ObjectNode answer = Json.object();
    ArrayNode failed = answer.putArray("failed");
    List<QueueFact> facts = new ArrayList<>();
    for (int i = 0; i < hide.messages().size(); i++) {
      QueueCommand.Hiding each = hide.messages().get(i);
      Handle handle = Handle.parse(queue.arn(), each.handle());
      Message message = handle == null ? null : queue.message(handle.messageId());
      if (handle == null) {
        fail(failed, i, "ReceiptHandleIsInvalid", invalid(each.handle()));
      } else if (message == null || message.receives() == 0) {
        fail(failed, i, "InvalidParameterValueException", unavailable(each.handle()));
      } else if (isOver(queue, message, handle, now)) {
        fail(failed, i, "InvalidParameterValueException", over(each.handle()));
      } else {
        facts.add(new QueueFact.Hidden(message.id(), now + each.seconds() * 1000L));
      }
    }
    return Decision.<QueueCommand, QueueFact>of(facts).replying(answer);
  }

  /** In a FIFO queue a handle is worth nothing once its message is visible again. */
  private static boolean isOver(Queue queue, Message message, Handle handle, long now) {
    return queue.settings().fifo()
        && (message.visible(now) || message.receives() != handle.receives());
  }

  private static void fail(ArrayNode failed, int index, String code, String message) {
    failed.addObject().put("index", index).put("code", code).put("message", message);
  }

  private static String invalid(String handle) {
    return "The input receipt handle \"" + handle + "\" is not a valid receipt handle.";
  }

  private static String over(String handle) {
    return "Value "
        + handle
        + " for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.";
  }

  private static String unavailable(String handle) {
    return "Value "
        + handle
        + " for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not"
        + " available for visibility timeout change.";
  }
}
