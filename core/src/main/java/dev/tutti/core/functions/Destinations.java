package dev.tutti.core.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.delivery.Deliveries;
import dev.tutti.core.delivery.DeliveryCommand;
import dev.tutti.core.delivery.RetryPolicy;
import dev.tutti.core.delivery.Source;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Request;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the end of an asynchronous invocation is told (AWS's page "Capturing records of Lambda
 * asynchronous invocations"): each of them ARN of a queue, topic, function or event bus, null where
 * there is none.
 *
 * @param deadLetters a queue or topic that gets the event itself when it was given up
 */
public record Destinations(
    @Nullable String onSuccess, @Nullable String onFailure, @Nullable String deadLetters) {
  /** Nobody is told. */
  public static final Destinations NONE = new Destinations(null, null, null);

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** Longest {@code ErrorMessage} of a dead letter. */
  private static final int MAX_ERROR = 1024;

  /** What is owed when it ended well. */
  static List<Effect> succeeded(Invocation state, long millis, InvocationFact.Succeeded fact) {
    InvocationFact.Queued queued = queued(state);
    Destinations to = queued.destinations();
    return to == null || to.onSuccess() == null
        ? List.of()
        : List.of(
            tell(
                state,
                to.onSuccess(),
                "success",
                report(
                    state,
                    to.onSuccess(),
                    record(state, millis, "Success", fact.number(), fact.output()),
                    "Success")));
  }

  /** What is owed when it was given up. */
  static List<Effect> discarded(Invocation state, long millis, InvocationFact.Discarded fact) {
    Destinations to = queued(state).destinations();
    if (to == null) {
      return List.of();
    }
    List<Effect> effects = new ArrayList<>();
    if (to.onFailure() != null) {
      String condition = fact.condition().equals("Refused") ? "RetriesExhausted" : fact.condition();
      boolean ran = !condition.equals(Invocations.NO_CONCURRENCY);
      int count = ran ? fact.number() : state.errors();
      ObjectNode record = record(state, millis, condition, count, fact.output());
      effects.add(
          tell(state, to.onFailure(), "failure", report(state, to.onFailure(), record, "Failure")));
    }
    if (to.deadLetters() != null) {
      effects.add(tell(state, to.deadLetters(), "dead", deadLetter(state, to.deadLetters(), fact)));
    }
    return effects;
  }

  private static InvocationFact.Queued queued(Invocation state) {
    InvocationFact.Queued queued = state.queued();
    if (queued == null) {
      throw new IllegalStateException("an invocation ended that was not queued");
    }
    return queued;
  }

  private static Effect tell(Invocation state, String target, String purpose, Request request) {
    InvocationFact.Queued queued = queued(state);
    return new Effect.Tell(
        Deliveries.key(state.id() + '|' + purpose + '|' + target),
        new DeliveryCommand.Begin(
            queued.context(),
            target,
            Source.destination(arn(queued), state.id()),
            target,
            request,
            RetryPolicy.managed()));
  }

  private static String arn(InvocationFact.Queued queued) {
    String qualifier = queued.qualifier();
    return queued.function() + ':' + (qualifier == null ? "$LATEST" : qualifier);
  }

  private static ObjectNode record(
      Invocation state, long millis, String condition, int number, @Nullable JsonNode output) {
    InvocationFact.Queued queued = queued(state);
    ObjectNode record = Json.object().put("version", "1.0");
    record.put("timestamp", TIMESTAMP.format(Instant.ofEpochMilli(millis)));
    record
        .putObject("requestContext")
        .put("requestId", state.id())
        .put("functionArn", arn(queued))
        .put("condition", condition)
        .put("approximateInvokeCount", number);
    record.set("requestPayload", json(text(queued.payload())));
    if (output != null) {
      ObjectNode context = record.putObject("responseContext");
      context.put("statusCode", output.path("StatusCode").asInt());
      context.set("executedVersion", output.path("ExecutedVersion"));
      if (output.hasNonNull("FunctionError")) {
        context.set("functionError", output.get("FunctionError"));
      }
      record.set("responsePayload", json(text(output.path("Payload").asText())));
    }
    return record;
  }

  private static String text(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  private static JsonNode json(String text) {
    try {
      return text.isEmpty() ? Json.object() : Json.parse(text);
    } catch (MalformedJson e) {
      return Json.text(text);
    }
  }

  private static Request report(
      Invocation state, String target, ObjectNode record, String outcome) {
    String body = Json.write(record);
    return switch (target.split(":", -1)[2]) {
      case "lambda" ->
          operation(
              state,
              target,
              "Invoke",
              Json.object()
                  .put("FunctionName", target)
                  .put("InvocationType", "Event")
                  .put("Payload", Base64.getEncoder().encodeToString(Json.bytes(record))));
      case "events" -> {
        ObjectNode input = Json.object();
        ObjectNode entry = input.putArray("Entries").addObject();
        entry.put("EventBusName", target).put("Source", "lambda");
        entry.put("DetailType", "Lambda Function Invocation Result - " + outcome);
        entry.putArray("Resources").add(target).add(arn(queued(state)));
        entry.put("Detail", body);
        yield operation(state, target, "PutEvents", input);
      }
      default -> message(state, target, body, Json.object());
    };
  }

  private static Request deadLetter(
      Invocation state, String target, InvocationFact.Discarded fact) {
    JsonNode output = fact.output();
    String error =
        output == null
            ? fact.message()
            : json(text(output.path("Payload").asText())).path("errorMessage").asText();
    ObjectNode attributes = Json.object();
    attribute(attributes, "RequestID", "String", state.id());
    attribute(attributes, "ErrorCode", "Number", output == null ? "429" : "200");
    if (!error.isEmpty()) {
      attribute(
          attributes,
          "ErrorMessage",
          "String",
          error.substring(0, Math.min(error.length(), MAX_ERROR)));
    }
    return message(state, target, text(queued(state).payload()), attributes);
  }

  private static void attribute(ObjectNode all, String name, String type, String value) {
    all.putObject(name).put("DataType", type).put("StringValue", value);
  }

  /** A message to a queue or a topic. */
  private static Request message(
      Invocation state, String target, String body, ObjectNode attributes) {
    ObjectNode input = Json.object();
    String[] parts = target.split(":", -1);
    boolean queue = parts[2].equals("sqs");
    if (queue) {
      input.put(
          "QueueUrl", "https://sqs." + parts[3] + ".amazonaws.com/" + parts[4] + '/' + parts[5]);
      input.put("MessageBody", body);
    } else {
      input.put("TopicArn", target).put("Message", body);
    }
    if (!attributes.isEmpty()) {
      input.set("MessageAttributes", attributes);
    }
    return operation(state, target, queue ? "SendMessage" : "Publish", input);
  }

  private static Request operation(
      Invocation state, String target, String operation, ObjectNode input) {
    String[] parts = target.split(":", -1);
    return new Request.Operation(queued(state).context(), parts[3], parts[2], operation, input);
  }
}
