package dev.tutti.services.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.queues.Content;
import dev.tutti.core.queues.QueueCommand;
import dev.tutti.core.queues.QueueInfo;
import dev.tutti.services.Exchange;
import dev.tutti.services.MessageAttributes;
import dev.tutti.services.Operation;
import dev.tutti.wire.ServiceError;
import dev.tutti.wire.TraceHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** SendMessage and SendMessageBatch. */
final class Sending {
  private static final int MAX_BATCH_BYTES = 1024 * 1024;
  private static final int MAX_DELAY_SECONDS = 900;
  private static final int MAX_ATTRIBUTES = 10;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,256}");
  private static final Pattern TYPE = Pattern.compile("(String|Number|Binary)(\\..+)?");
  private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,128}");

  private final Named named;

  Sending(Named named) {
    this.named = named;
  }

  Map<String, Operation> operations() {
    return Map.of("SendMessage", this::send, "SendMessageBatch", this::sendBatch);
  }

  private JsonNode send(Exchange exchange) {
    JsonNode input = exchange.input();
    QueueInfo queue = named.queue(exchange);
    String group = text(input, "MessageGroupId");
    if (queue.settings().fifo() && group == null) {
      throw Errors.missing("MessageGroupId");
    }
    QueueCommand.Draft draft = draft(exchange, queue, input, exchange.id("message"));
    JsonNode answer = exchange.ask(Named.key(queue), new QueueCommand.Send(List.of(draft)));
    return sent(input, answer.path("messages").path(0));
  }

  private JsonNode sendBatch(Exchange exchange) {
    QueueInfo queue = named.queue(exchange);
    List<JsonNode> entries = Batches.entries(exchange.input(), "SendMessageBatchRequestEntry");
    int bytes = entries.stream().mapToInt(Sending::bytes).sum();
    if (bytes > MAX_BATCH_BYTES) {
      throw new ServiceError(
          "BatchRequestTooLong",
          "Batch requests cannot be longer than "
              + MAX_BATCH_BYTES
              + " bytes. You have sent "
              + bytes
              + " bytes.");
    }
    if (queue.settings().fifo()
        && entries.stream().anyMatch(entry -> text(entry, "MessageGroupId") == null)) {
      throw Errors.invalid("The request must contain the parameter MessageGroupId.");
    }
    ObjectNode answer = Json.object();
    ArrayNode successful = answer.putArray("Successful");
    ArrayNode failed = answer.putArray("Failed");
    List<QueueCommand.Draft> drafts = new ArrayList<>();
    List<JsonNode> accepted = new ArrayList<>();
    for (JsonNode entry : entries) {
      try {
        String id = exchange.id("message/" + entry.path("Id").asText());
        drafts.add(draft(exchange, queue, entry, id));
        accepted.add(entry);
      } catch (ServiceError error) {
        Batches.fail(failed, entry, error.code(), error.getMessage());
      }
    }
    if (!drafts.isEmpty()) {
      JsonNode sent = exchange.ask(Named.key(queue), new QueueCommand.Send(drafts));
      for (int i = 0; i < accepted.size(); i++) {
        ObjectNode entry = sent(accepted.get(i), sent.path("messages").path(i));
        successful.add(entry.put("Id", accepted.get(i).path("Id").asText()));
      }
    }
    return answer;
  }

  private static ObjectNode sent(JsonNode input, JsonNode message) {
    ObjectNode json = Json.object().put("MessageId", message.path("id").asText());
    json.put("MD5OfMessageBody", Digests.of(input.path("MessageBody").asText()));
    if (!input.path("MessageAttributes").isEmpty()) {
      json.put("MD5OfMessageAttributes", Digests.of(input.path("MessageAttributes")));
    }
    if (!input.path("MessageSystemAttributes").isEmpty()) {
      json.put("MD5OfMessageSystemAttributes", Digests.of(input.path("MessageSystemAttributes")));
    }
    if (message.has("number")) {
      json.put("SequenceNumber", message.path("number").asText());
    }
    return json;
  }

  private static QueueCommand.Draft draft(
      Exchange exchange, QueueInfo queue, JsonNode input, String messageId) {
    String body = input.path("MessageBody").asText();
    if (body.isEmpty()) {
      throw Errors.missing("MessageBody");
    }
    checkCharacters(body);
    JsonNode attributes = input.path("MessageAttributes");
    checkAttributes(attributes);
    String group = text(input, "MessageGroupId");
    String deduplication = text(input, "MessageDeduplicationId");
    JsonNode delay = input.path("DelaySeconds");
    if (delay.isNumber() && (delay.asInt() < 0 || delay.asInt() > MAX_DELAY_SECONDS)) {
      throw Errors.invalid("DelaySeconds", delay.asText(), "DelaySeconds must be >= 0 and <= 900.");
    }
    checkOrder(queue, group, deduplication, delay);
    checkSize(queue, input);
    return new QueueCommand.Draft(
        messageId,
        new Content(
            body,
            attributes.isObject() ? attributes : Json.object(),
            text(input.path("MessageSystemAttributes").path("AWSTraceHeader"), "StringValue"),
            exchange.context(),
            cause(exchange)),
        delay.isNumber() && !queue.settings().fifo() ? delay.asInt() : null,
        group,
        queue.settings().fifo() ? deduplication : null);
  }

  /** Kept where rules led here, so that a circle by way of a queue is found. */
  private static @Nullable String cause(Exchange exchange) {
    TraceHeader trace = exchange.call().trace();
    return trace == null || trace.lineage() == null ? null : trace.text();
  }

  private static void checkSize(QueueInfo queue, JsonNode input) {
    int limit = queue.settings().number("MaximumMessageSize");
    if (bytes(input) > limit) {
      throw Errors.invalid(
          "One or more parameters are invalid. Reason: Message must be shorter than "
              + limit
              + " bytes.");
    }
  }

  /** What a FIFO queue demands and a standard one refuses. */
  private static void checkOrder(
      QueueInfo queue, @Nullable String group, @Nullable String deduplication, JsonNode delay) {
    for (String id : new String[] {group, deduplication}) {
      if (id != null && !ID.matcher(id).matches()) {
        String name = id.equals(group) ? "MessageGroupId" : "MessageDeduplicationId";
        throw Errors.invalid(
            name,
            id,
            name
                + " can only include alphanumeric and punctuation characters. 1 to 128 in length.");
      }
    }
    if (!queue.settings().fifo()) {
      if (deduplication != null) {
        throw Errors.invalid(
            "MessageDeduplicationId",
            deduplication,
            "The request includes a parameter that is not valid for this queue type.");
      }
      return;
    }
    if (delay.isNumber() && delay.asInt() != 0) {
      throw Errors.invalid(
          "DelaySeconds",
          delay.asText(),
          "The request include parameter that is not valid for this queue type.");
    }
    if (deduplication == null
        && !queue.settings().value("ContentBasedDeduplication").equals("true")) {
      throw Errors.invalid(
          "The queue should either have ContentBasedDeduplication enabled or"
              + " MessageDeduplicationId provided explicitly");
    }
  }

  /** XML's characters are allowed, and no others. */
  private static void checkCharacters(String text) {
    boolean allowed =
        text.codePoints()
            .allMatch(c ->
                c == 0x9
                    || c == 0xA
                    || c == 0xD
                    || (c >= 0x20 && c <= 0xD7FF)
                    || (c >= 0xE000 && c <= 0xFFFD)
                    || (c >= 0x10000 && c <= 0x10FFFF));
    if (!allowed) {
      throw new ServiceError(
          "InvalidMessageContents",
          "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF"
              + " | #xE000 to #xFFFD | #x10000 to #x10FFFF");
    }
  }

  private static void checkAttributes(JsonNode attributes) {
    if (attributes.size() > MAX_ATTRIBUTES) {
      throw Errors.invalid(
          "Number of message attributes ["
              + attributes.size()
              + "] exceeds the allowed maximum [10].");
    }
    for (var each : attributes.properties()) {
      checkAttribute(each.getKey(), each.getValue());
    }
  }

  private static void checkAttribute(String name, JsonNode attribute) {
    String said = "Message (user) attribute '" + name + "' ";
    if (!NAME.matcher(name).matches()) {
      throw Errors.invalid(
          "Message (user) attribute name can contain A-Z, a-z, 0-9, underscore"
              + " (_), hyphen (-), and period (.) characters.");
    }
    String type = attribute.path("DataType").asText();
    if (type.isEmpty()) {
      throw Errors.invalid(said + "must contain a non-empty message attribute type.");
    }
    if (!TYPE.matcher(type).matches()) {
      throw Errors.invalid(
          "The message attribute '"
              + name
              + "' has an invalid message attribute type, the set of supported type prefixes is"
              + " Binary, Number, and String.");
    }
    String kind = type.split("\\.", 2)[0];
    String value = attribute.path(kind.equals("Binary") ? "BinaryValue" : "StringValue").asText();
    if (value.isEmpty()) {
      throw Errors.invalid(said + "must contain a non-empty value of type '" + kind + "'.");
    }
    if (kind.equals("Number") && !MessageAttributes.isNumber(value)) {
      throw Errors.invalid(
          "Can't cast the value of message (user) attribute '" + name + "' to a number.");
    }
    if (!kind.equals("Binary")) {
      checkCharacters(value);
    }
  }

  private static int bytes(JsonNode input) {
    return MessageAttributes.bytes(
        input.path("MessageBody").asText(), input.path("MessageAttributes"));
  }

  private static @Nullable String text(JsonNode input, String member) {
    JsonNode value = input.path(member);
    return value.isTextual() ? value.asText() : null;
  }
}
