package dev.tutti.services.sns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.messaging.FifoCommand;
import dev.tutti.core.messaging.Fifos;
import dev.tutti.core.messaging.NoticeCommand;
import dev.tutti.core.messaging.Notices;
import dev.tutti.core.messaging.PushEndpoint;
import dev.tutti.core.messaging.Seal;
import dev.tutti.core.messaging.Signed;
import dev.tutti.core.messaging.Topic;
import dev.tutti.core.messaging.TopicCatalogue;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.wire.ServiceError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Publish and PublishBatch: each message becomes a notice of its own. */
final class Publishing {
  private static final int MAX_BATCH = 10;
  private static final int SHA256_DIGITS = 64;
  private static final Pattern ORDER_ID = Pattern.compile("[\\p{Alnum}\\p{Punct}]{1,128}");

  private final TopicCatalogue catalogue;
  private final Seal seal;
  private final LongSupplier clock;
  private final StraightPublishing straight;

  Publishing(TopicCatalogue catalogue, Seal seal, LongSupplier clock, Phones phones) {
    this.catalogue = catalogue;
    this.straight = new StraightPublishing(phones);
    this.seal = seal;
    this.clock = clock;
  }

  Map<String, Operation> operations() {
    return Map.of("Publish", this::publish, "PublishBatch", this::publishBatch);
  }

  private JsonNode publish(Exchange exchange) {
    JsonNode input = exchange.input();
    if (input.hasNonNull("PhoneNumber")) {
      return straight.toNumber(exchange);
    }
    String member = input.hasNonNull("TopicArn") ? "TopicArn" : "TargetArn";
    if (!input.hasNonNull(member)) {
      throw Errors.invalid("TopicArn or TargetArn Reason: no value for required parameter");
    }
    if (PushEndpoint.isArn(input.get(member).asText())) {
      return straight.toEndpoint(exchange, input.get(member).asText());
    }
    Topic topic = Inputs.topic(exchange, catalogue, member);
    return accept(exchange, topic, exchange.id("message"), notice(topic, input));
  }

  /** Sends a notice on its way; answers its ids. */
  private ObjectNode accept(
      Exchange exchange, Topic topic, String id, NoticeCommand.Publish notice) {
    if (topic.fifo()) {
      return (ObjectNode)
          exchange.ask(
              new Key(Fifos.KIND, topic.arn()),
              new FifoCommand.Publish(id, notice, topic.deduplicatesPerGroup()));
    }
    NoticeCommand.Publish sent =
        topic.signs() ? notice.with(Signed.of(seal, topic, id, notice, clock.getAsLong())) : notice;
    exchange.ask(new Key(Notices.KIND, id), sent);
    return Json.object().put("MessageId", id);
  }

  private JsonNode publishBatch(Exchange exchange) {
    Topic topic = Inputs.topic(exchange, catalogue, "TopicArn");
    List<JsonNode> entries = new ArrayList<>();
    exchange.input().path("PublishBatchRequestEntries").forEach(entries::add);
    checkBatch(entries, topic.maxBytes());
    List<NoticeCommand.Publish> notices =
        entries.stream().map(entry -> notice(topic, entry)).toList();
    ObjectNode answer = Json.object();
    ArrayNode successful = answer.putArray("Successful");
    answer.putArray("Failed");
    for (int i = 0; i < entries.size(); i++) {
      String entryId = entries.get(i).path("Id").asText();
      String id = exchange.id("message/" + entryId);
      successful.add(accept(exchange, topic, id, notices.get(i)).put("Id", entryId));
    }
    return answer;
  }

  private static void checkBatch(List<JsonNode> entries, int maxBytes) {
    if (entries.isEmpty()) {
      throw new ServiceError("EmptyBatchRequest", "The batch request doesn't contain any entries.");
    }
    if (entries.size() > MAX_BATCH) {
      throw new ServiceError(
          "TooManyEntriesInBatchRequest",
          "The batch request contains more entries than permissible.");
    }
    Set<String> ids = new HashSet<>();
    int bytes = 0;
    for (JsonNode entry : entries) {
      String id = entry.path("Id").asText();
      if (id.length() > 80) {
        throw new ServiceError(
            "InvalidBatchEntryId",
            "The Id of a batch entry in the batch request is too long: " + id);
      }
      if (!id.matches("[a-zA-Z0-9_-]+")) {
        throw new ServiceError(
            "InvalidBatchEntryId",
            "The Id of a batch entry in the batch request contains an impermissible character: "
                + id);
      }
      if (!ids.add(id)) {
        throw new ServiceError(
            "BatchEntryIdsNotDistinct",
            "Two or more batch entries in the request have the same Id.");
      }
      bytes += Contents.bytes(entry);
    }
    if (bytes > maxBytes) {
      throw new ServiceError(
          "BatchRequestTooLong",
          "The length of all the messages put together is more than the limit.");
    }
  }

  /** The command that publishes a message, which is checked before. */
  private static NoticeCommand.Publish notice(Topic topic, JsonNode input) {
    Map<String, String> messages = Contents.messages(input, topic.maxBytes(), "default");
    String group = orderId(input, "MessageGroupId");
    String deduplication = orderId(input, "MessageDeduplicationId");
    if (topic.fifo() && group == null) {
      throw Errors.invalid("The MessageGroupId parameter is required for FIFO topics");
    }
    if (!topic.fifo() && deduplication != null) {
      throw Errors.invalid(
          "MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter"
              + " that is not valid for this topic type");
    }
    if (topic.fifo() && deduplication == null) {
      if (!topic.deduplicatesByContent()) {
        throw Errors.invalid(
            "The topic should either have ContentBasedDeduplication enabled or"
                + " MessageDeduplicationId provided explicitly");
      }
      deduplication = Ids.hex(input.path("Message").asText(), SHA256_DIGITS);
    }
    return new NoticeCommand.Publish(
        topic.arn(),
        messages,
        Contents.subject(input),
        Contents.attributes(input.path("MessageAttributes")),
        group,
        deduplication,
        null);
  }

  /** An id that orders messages; null where there is none. */
  private static @Nullable String orderId(JsonNode input, String member) {
    if (!input.hasNonNull(member)) {
      return null;
    }
    String id = input.get(member).asText();
    if (!ORDER_ID.matcher(id).matches()) {
      throw Errors.invalid(
          member
              + " Reason: "
              + id
              + " can only include alphanumeric and punctuation characters. 1 to 128 in length.");
    }
    return id;
  }
}
