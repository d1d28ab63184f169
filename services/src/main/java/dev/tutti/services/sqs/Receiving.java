package dev.tutti.services.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.queues.Content;
import dev.tutti.core.queues.QueueCommand;
import dev.tutti.core.queues.QueueInfo;
import dev.tutti.core.queues.Queues;
import dev.tutti.host.Reader;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.wire.ServiceError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * ReceiveMessage, and what is done with the receipt handles. Who waits for messages sleeps until
 * one comes, becomes visible again, or the time is over.
 */
final class Receiving {
  private static final int MAX_MESSAGES = 10;
  private static final int MAX_WAIT_SECONDS = 20;
  private static final int MAX_HIDDEN_SECONDS = 43_200;

  private final Named named;
  private final Arrivals arrivals;
  private final LongSupplier clock;

  Receiving(Named named, Arrivals arrivals, LongSupplier clock) {
    this.named = named;
    this.arrivals = arrivals;
    this.clock = clock;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "ReceiveMessage", this::receive,
        "DeleteMessage", this::delete,
        "DeleteMessageBatch", this::deleteBatch,
        "ChangeMessageVisibility", this::hide,
        "ChangeMessageVisibilityBatch", this::hideBatch);
  }

  private JsonNode receive(Exchange exchange) {
    JsonNode input = exchange.input();
    QueueInfo queue = named.queue(exchange);
    int most = number(input, "MaxNumberOfMessages", 1, 1, MAX_MESSAGES);
    int seconds = number(input, "VisibilityTimeout", -1, 0, MAX_HIDDEN_SECONDS);
    int wait =
        number(
            input,
            "WaitTimeSeconds",
            queue.settings().number("ReceiveMessageWaitTimeSeconds"),
            0,
            MAX_WAIT_SECONDS);
    QueueCommand.Receive command = new QueueCommand.Receive(most, seconds < 0 ? null : seconds);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(wait);
    while (true) {
      long count = arrivals.count(queue.arn());
      JsonNode answer = exchange.ask(Named.key(queue), command);
      long left = end - System.nanoTime();
      if (!answer.path("messages").isEmpty() || left <= 0) {
        return answer(exchange, input, answer.path("messages"));
      }
      JsonNode next = answer.path("nextMillis");
      long until =
          next.isNumber() ? Arrivals.until(next.asLong(), clock.getAsLong()) : Long.MAX_VALUE;
      try {
        arrivals.await(queue.arn(), count, Math.min(left, until));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ServiceError("InternalFailure", "The wait was broken off.", 500);
      }
    }
  }

  /** A number within bounds, or what is to be where none was given. */
  private static int number(JsonNode input, String name, int otherwise, int least, int most) {
    JsonNode value = input.path(name);
    if (!value.isNumber()) {
      return otherwise;
    }
    if (value.asInt() < least || value.asInt() > most) {
      throw Errors.invalid(
          name, value.asText(), "Must be >= " + least + " and <= " + most + ", if provided.");
    }
    return value.asInt();
  }

  private static JsonNode answer(Exchange exchange, JsonNode input, JsonNode messages) {
    ObjectNode answer = Json.object();
    if (messages.isEmpty()) {
      return answer;
    }
    Set<String> system = new HashSet<>();
    input.path("AttributeNames").forEach(name -> system.add(name.asText()));
    input.path("MessageSystemAttributeNames").forEach(name -> system.add(name.asText()));
    List<String> own = new ArrayList<>();
    input.path("MessageAttributeNames").forEach(name -> own.add(name.asText()));
    ArrayNode items = answer.putArray("Messages");
    for (JsonNode message : messages) {
      String content = message.path("content").asText(message.path("id").asText());
      List<Reader.Row> rows = exchange.reader().rows(Queues.CONTENTS, List.of(content), null, 1);
      if (!rows.isEmpty()) {
        items.add(message(message, Queues.content(rows.getFirst().value()), system, own));
      }
    }
    return items.isEmpty() ? Json.object() : answer;
  }

  private static ObjectNode message(
      JsonNode message, Content content, Set<String> system, List<String> own) {
    ObjectNode json = Json.object().put("MessageId", message.path("id").asText());
    json.put("ReceiptHandle", message.path("handle").asText());
    json.put("MD5OfBody", Digests.of(content.body())).put("Body", content.body());
    Map<String, String> all = systemAttributes(message, content);
    if (!system.contains("All")) {
      all.keySet().retainAll(system);
    }
    if (system.contains(SqsService.CAUSE) && content.cause() != null) {
      all.put(SqsService.CAUSE, content.cause());
    }
    if (!all.isEmpty()) {
      all.forEach(json.putObject("Attributes")::put);
    }
    ObjectNode chosen = Json.object();
    content
        .attributes()
        .properties()
        .forEach(each -> {
          if (own.stream().anyMatch(asked -> isMeant(asked, each.getKey()))) {
            chosen.set(each.getKey(), each.getValue());
          }
        });
    if (!chosen.isEmpty()) {
      json.put("MD5OfMessageAttributes", Digests.of(chosen));
      json.set("MessageAttributes", chosen);
    }
    return json;
  }

  private static boolean isMeant(String asked, String attribute) {
    return asked.equals("All")
        || asked.equals(attribute)
        || (asked.endsWith(".*") && attribute.startsWith(asked.substring(0, asked.length() - 2)));
  }

  private static Map<String, String> systemAttributes(JsonNode message, Content content) {
    Map<String, String> all = new TreeMap<>();
    all.put("SenderId", content.sender());
    all.put("SentTimestamp", message.path("sentMillis").asText());
    all.put("ApproximateReceiveCount", message.path("receives").asText());
    all.put("ApproximateFirstReceiveTimestamp", message.path("firstMillis").asText());
    put(all, "SequenceNumber", message.path("number"));
    put(all, "MessageGroupId", message.path("group"));
    put(all, "MessageDeduplicationId", message.path("deduplication"));
    put(all, "DeadLetterQueueSourceArn", message.path("source"));
    if (content.traceHeader() != null) {
      all.put("AWSTraceHeader", content.traceHeader());
    }
    return all;
  }

  private static void put(Map<String, String> all, String name, JsonNode value) {
    if (value.isTextual()) {
      all.put(name, value.asText());
    }
  }

  private JsonNode delete(Exchange exchange) {
    QueueInfo queue = named.queue(exchange);
    String handle = exchange.input().path("ReceiptHandle").asText();
    return single(exchange.ask(Named.key(queue), new QueueCommand.Remove(List.of(handle))));
  }

  private JsonNode deleteBatch(Exchange exchange) {
    QueueInfo queue = named.queue(exchange);
    List<JsonNode> entries = Batches.entries(exchange.input(), "DeleteMessageBatchRequestEntry");
    List<String> handles =
        entries.stream().map(entry -> entry.path("ReceiptHandle").asText()).toList();
    return batch(entries, exchange.ask(Named.key(queue), new QueueCommand.Remove(handles)));
  }

  private JsonNode hide(Exchange exchange) {
    QueueInfo queue = named.queue(exchange);
    return single(
        exchange.ask(Named.key(queue), new QueueCommand.Hide(List.of(hiding(exchange.input())))));
  }

  private JsonNode hideBatch(Exchange exchange) {
    QueueInfo queue = named.queue(exchange);
    List<JsonNode> entries =
        Batches.entries(exchange.input(), "ChangeMessageVisibilityBatchRequestEntry");
    List<QueueCommand.Hiding> hidings = entries.stream().map(Receiving::hiding).toList();
    return batch(entries, exchange.ask(Named.key(queue), new QueueCommand.Hide(hidings)));
  }

  private static QueueCommand.Hiding hiding(JsonNode input) {
    JsonNode seconds = input.path("VisibilityTimeout");
    if (!seconds.isNumber()) {
      throw Errors.missing("VisibilityTimeout");
    }
    if (seconds.asInt() < 0 || seconds.asInt() > MAX_HIDDEN_SECONDS) {
      throw Errors.invalid(
          "VisibilityTimeout",
          seconds.asText(),
          "VisibilityTimeout must be an integer between 0 and 43200.");
    }
    return new QueueCommand.Hiding(input.path("ReceiptHandle").asText(), seconds.asInt());
  }

  private static JsonNode single(JsonNode answer) {
    JsonNode failed = answer.path("failed").path(0);
    if (failed.isObject()) {
      throw new ServiceError(failed.path("code").asText(), failed.path("message").asText());
    }
    return Json.object();
  }

  private static JsonNode batch(List<JsonNode> entries, JsonNode answer) {
    ObjectNode json = Json.object();
    ArrayNode successful = json.putArray("Successful");
    ArrayNode failed = json.putArray("Failed");
    Set<Integer> indices = new HashSet<>();
    for (JsonNode failure : answer.path("failed")) {
      int index = failure.path("index").asInt();
      indices.add(index);
      Batches.fail(
          failed,
          entries.get(index),
          failure.path("code").asText(),
          failure.path("message").asText());
    }
    for (int i = 0; i < entries.size(); i++) {
      if (!indices.contains(i)) {
        successful.addObject().put("Id", entries.get(i).path("Id").asText());
      }
    }
    return json;
  }
}
