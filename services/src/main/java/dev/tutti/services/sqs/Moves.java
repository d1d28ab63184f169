package dev.tutti.services.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.queues.Move;
import dev.tutti.core.queues.QueueCatalogue;
import dev.tutti.core.queues.QueueCommand;
import dev.tutti.core.queues.Queues;
import dev.tutti.host.Reader;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.wire.ServiceError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tasks that move a dead-letter queue's messages on. */
final class Moves {
  private static final Logger LOG = LoggerFactory.getLogger(Moves.class);
  private static final int MAX_RESULTS = 10;
  private static final int MAX_PER_SECOND = 500;

  private final QueueCatalogue catalogue;

  Moves(QueueCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "StartMessageMoveTask", this::start,
        "CancelMessageMoveTask", this::cancel,
        "ListMessageMoveTasks", this::list);
  }

  private JsonNode start(Exchange exchange) {
    JsonNode input = exchange.input();
    String source = queue(exchange, input.path("SourceArn").asText(), "SourceArn");
    if (catalogue.sources(source, "", 1).isEmpty()) {
      throw Errors.invalid("Source queue must be configured as a Dead Letter Queue.");
    }
    String destination =
        input.hasNonNull("DestinationArn")
            ? destination(exchange, source, input.get("DestinationArn").asText())
            : null;
    JsonNode perSecond = input.path("MaxNumberOfMessagesPerSecond");
    if (perSecond.isNumber() && (perSecond.asInt() < 1 || perSecond.asInt() > MAX_PER_SECOND)) {
      throw Errors.invalid(
          "Value for parameter MaxNumberOfMessagesPerSecond is invalid. Reason: You must enter a"
              + " positive integer that is up to 500.");
    }
    String id = exchange.id("move");
    exchange.ask(
        new Key(Queues.KIND, source),
        new QueueCommand.StartMove(
            id, destination, perSecond.isNumber() ? (Integer) perSecond.asInt() : null));
    return Json.object().put("TaskHandle", handle(id, source));
  }

  /** The ARN of another queue of the source's type. */
  private String destination(Exchange exchange, String source, String arn) {
    String destination = queue(exchange, arn, "DestinationArn");
    if (destination.equals(source)) {
      throw Errors.invalid("Source queue arn and destination queue arn cannot be the same.");
    }
    if (destination.endsWith(".fifo") != source.endsWith(".fifo")) {
      throw Errors.invalid(
          "The source queue and destination queue must be of the same queue type.");
    }
    return destination;
  }

  private JsonNode cancel(Exchange exchange) {
    JsonNode handle = read(exchange.input().path("TaskHandle").asText());
    String source = queue(exchange, handle.path("sourceArn").asText(), "SourceArn");
    JsonNode answer =
        exchange.ask(
            new Key(Queues.KIND, source),
            new QueueCommand.CancelMove(handle.path("taskId").asText()));
    return Json.object().put("ApproximateNumberOfMessagesMoved", answer.path("moved").asLong());
  }

  private JsonNode list(Exchange exchange) {
    JsonNode input = exchange.input();
    String source = queue(exchange, input.path("SourceArn").asText(), "SourceArn");
    int most = input.path("MaxResults").asInt(1);
    if (most < 1 || most > MAX_RESULTS) {
      throw Errors.invalid(
          "Value for parameter MaxResults is invalid. Reason: MaxResults must be >= 1 and <= 10.");
    }
    ObjectNode answer = Json.object();
    ArrayNode results = answer.putArray("Results");
    for (Reader.Row row : exchange.reader().rows(Queues.MOVES, List.of(source), null, most)) {
      results.add(json(Queues.move(row.value()), source));
    }
    return answer;
  }

  private static ObjectNode json(Move move, String source) {
    ObjectNode json = Json.object();
    if (move.status() == Move.Status.RUNNING) {
      json.put("TaskHandle", handle(move.taskId(), source));
    }
    json.put("Status", move.status().name()).put("SourceArn", source);
    if (move.destination() != null) {
      json.put("DestinationArn", move.destination());
    }
    if (move.perSecond() != null) {
      json.put("MaxNumberOfMessagesPerSecond", move.perSecond());
    }
    json.put("ApproximateNumberOfMessagesMoved", move.moved());
    json.put("ApproximateNumberOfMessagesToMove", move.toMove());
    if (move.reason() != null) {
      json.put("FailureReason", move.reason());
    }
    return json.put("StartedTimestamp", move.startedMillis());
  }

  /** The ARN of a queue of the caller's, which has to exist. */
  private String queue(Exchange exchange, String arn, String member) {
    String[] parts = arn.split(":", -1);
    if (parts.length != 6 || !parts[4].equals(exchange.context()) || catalogue.queue(arn) == null) {
      throw new ServiceError(
          "ResourceNotFoundException",
          "The resource that you specified for the " + member + " parameter doesn't exist.",
          404);
    }
    return arn;
  }

  private static String handle(String taskId, String source) {
    String json = Json.write(Json.object().put("taskId", taskId).put("sourceArn", source));
    return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode read(String handle) {
    JsonNode json;
    try {
      json = Json.parse(new String(Base64.getDecoder().decode(handle), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException | MalformedJson e) {
      LOG.debug("a task's handle is none", e);
      throw Errors.invalid("Value for parameter TaskHandle is invalid.");
    }
    if (!json.path("taskId").isTextual() || !json.path("sourceArn").isTextual()) {
      throw Errors.invalid("Value for parameter TaskHandle is invalid.");
    }
    return json;
  }
}
