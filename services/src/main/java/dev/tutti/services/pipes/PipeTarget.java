package dev.tutti.services.pipes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.delivery.RefusedEntry;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.mappings.Mapping;
import dev.tutti.core.mappings.PipeSettings;
import dev.tutti.services.sources.Batch;
import dev.tutti.services.sources.QueueRecords;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events to a pipe's target: functions and state machines take a batch at once, the others
 * one event after the other.
 */
final class PipeTarget {
  private static final Logger LOG = LoggerFactory.getLogger(PipeTarget.class);
  private static final String FIRE_AND_FORGET = "FIRE_AND_FORGET";

  private final Mapping pipe;
  private final PipeSettings settings;
  private final String arn;
  private final Kind kind;
  private final JsonNode parameters;
  private final PipeTemplate template;
  private final PipeCalls calls;

  PipeTarget(Mapping pipe, PipeSettings settings, PipeTemplate template, PipeCalls calls) {
    this.pipe = pipe;
    this.settings = settings;
    this.arn = pipe.existing().function();
    this.kind = Kind.ofTarget(arn);
    JsonNode given = settings.targetParameters();
    this.parameters = given == null ? Json.object() : given;
    this.template = template;
    this.calls = calls;
  }

  private boolean takesBatches() {
    return kind == Kind.FUNCTION || kind == Kind.STATE_MACHINE;
  }

  /** Delivers one event for each message; returns the messages that are done with. */
  List<JsonNode> deliver(List<PipeEvent> events, Batch batch) {
    if (takesBatches()) {
      return batch.withoutFailures(deliverBatch(events));
    }
    int done = deliverInTurn(events);
    return batch.messages().subList(0, done);
  }

  /** Delivers what an enrichment made; whether the target has all of it. */
  boolean deliverAll(List<PipeEvent> events) {
    if (takesBatches()) {
      var _ = deliverBatch(events);
      return true;
    }
    return deliverInTurn(events) == events.size();
  }

  /** The target's answer where it is waited for; null where it isn't. */
  private @Nullable String deliverBatch(List<PipeEvent> events) {
    ArrayNode payload = PipeRun.all(events, template);
    String member =
        kind == Kind.FUNCTION ? "LambdaFunctionParameters" : "StepFunctionStateMachineParameters";
    boolean forget =
        parameters.path(member).path("InvocationType").asText().equals(FIRE_AND_FORGET);
    if (!forget) {
      return kind == Kind.FUNCTION ? calls.invoke(arn, payload) : calls.run(arn, payload);
    }
    if (kind == Kind.FUNCTION) {
      var _ =
          calls.perform(
              "lambda",
              "Invoke",
              PipeCalls.invocation(arn, payload).put("InvocationType", "Event"));
    } else {
      var _ =
          calls.perform(
              "states",
              "StartExecution",
              Json.object().put("stateMachineArn", arn).put("input", Json.write(payload)));
    }
    return null;
  }

  /** Stops at the first that fails, so that those behind it don't overtake it. */
  private int deliverInTurn(List<PipeEvent> events) {
    int done = 0;
    try {
      for (PipeEvent event : events) {
        deliverOne(event);
        done++;
      }
    } catch (PipeCalls.Broken e) {
      LOG.info("{} will try again: {}", pipe.id(), e.getMessage());
    }
    return done;
  }

  private void deliverOne(PipeEvent event) {
    String text = template.text(event);
    var _ =
        switch (kind) {
          case QUEUE -> calls.perform("sqs", "SendMessage", message(text, event));
          case TOPIC ->
              calls.perform(
                  "sns", "Publish", Json.object().put("TopicArn", arn).put("Message", text));
          case BUS -> publish(text, event);
          case API_DESTINATION -> Json.text(calls.send(arn, text, parameters, event));
          case LOG_GROUP -> calls.perform("logs", "WriteEvent", entry(text, event));
          case FUNCTION, STATE_MACHINE -> throw new IllegalStateException(arn + " takes batches");
        };
  }

  private ObjectNode message(String text, PipeEvent event) {
    ObjectNode input =
        Json.object().put("QueueUrl", QueueRecords.url(arn)).put("MessageBody", text);
    if (arn.endsWith(".fifo")) {
      JsonNode fifo = parameters.path("SqsQueueParameters");
      String given = fifo.path("MessageDeduplicationId").asText();
      input.put("MessageGroupId", event.resolved(fifo.path("MessageGroupId").asText()));
      input.put(
          "MessageDeduplicationId",
          given.isEmpty()
              ? Ids.uuid(pipe.id() + '|' + event.whole().path("messageId").asText() + '|' + text)
              : event.resolved(given));
    }
    return input;
  }

  private JsonNode publish(String text, PipeEvent event) {
    JsonNode given = parameters.path("EventBridgeEventBusParameters");
    ObjectNode input = Json.object();
    ObjectNode entry =
        input
            .putArray("Entries")
            .addObject()
            .put("EventBusName", arn)
            .put("Source", event.resolved(given.path("Source").asText("Pipe " + settings.name())))
            .put(
                "DetailType", event.resolved(given.path("DetailType").asText("Event from aws:sqs")))
            .put("Detail", text);
    ArrayNode resources = Json.array();
    given.path("Resources").forEach(each -> resources.add(event.resolved(each.asText())));
    if (!resources.isEmpty()) {
      entry.set("Resources", resources);
    }
    if (given.hasNonNull("Time")) {
      entry.set("Time", event.find(given.path("Time").asText()));
    }
    JsonNode answer = calls.perform("events", "PutEvents", input);
    RefusedEntry.in(answer)
        .ifPresent(refused -> {
          throw new PipeCalls.Broken(refused.error() + ": " + refused.message());
        });
    return answer;
  }

  private ObjectNode entry(String text, PipeEvent event) {
    String name = arn.substring(arn.indexOf(":log-group:") + ":log-group:".length());
    return Json.object()
        .put("logGroupName", name.endsWith(":*") ? name.substring(0, name.length() - 2) : name)
        .put(
            "logStreamName",
            event.resolved(parameters.at("/CloudWatchLogsParameters/LogStreamName").asText()))
        .put("message", text);
  }
}
