package dev.tutti.core.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.delivery.DeadLetters;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Request;
import dev.tutti.core.template.EventPath;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a target may be, and the request that brings an event to it. */
final class Targets {
  private Targets() {}

  /** What makes the whole PutTargets invalid, in AWS's words; empty where nothing does. */
  static Optional<String> fault(Target target) {
    String id = target.id();
    long inputs =
        Stream.of(
                Optional.ofNullable(target.input()),
                Optional.ofNullable(target.inputPath()),
                Optional.ofNullable(target.transformer()))
            .filter(Optional::isPresent)
            .count();
    if (inputs > 1) {
      return Optional.of(
          "Only one of Input, InputPath, or InputTransformer must be provided for target "
              + id
              + ".");
    }
    if (!TargetKind.isArn(target.arn())) {
      return Optional.of(
          "Parameter %s is not valid. Reason: Provided Arn is not in correct format."
              .formatted(target.arn()));
    }
    String letters = target.deadLetterArn();
    if (letters != null && TargetKind.of(letters).filter(TargetKind.QUEUE::equals).isEmpty()) {
      return Optional.of(
          "Parameter DeadLetterConfig.Arn is not valid. Reason: Must be a valid SQS queue ARN.");
    }
    if (letters != null && letters.endsWith(".fifo")) {
      return Optional.of(
          "Parameter DeadLetterConfig.Arn is not valid. Reason: FIFO queues are not supported.");
    }
    String input = target.input();
    if (input != null && !isJson(input)) {
      return Optional.of("JSON syntax error in input for target " + id + ".");
    }
    HttpParameters http = target.http();
    Optional<String> badPath =
        http == null
            ? Optional.empty()
            : http.paths().filter(path -> !EventPath.isPath(path)).findFirst();
    if (badPath.isPresent()) {
      return badPath.map(path -> "Invalid path " + path + " for target " + id + ".");
    }
    List<String> paths =
        target.inputPath() != null
            ? List.of(target.inputPath())
            : target.transformer() != null
                ? List.copyOf(target.transformer().paths().values())
                : List.of();
    return paths.stream()
        .filter(path -> !EventPath.isPath(path))
        .findFirst()
        .map(path -> "Invalid path " + path + " for target " + id + ".");
  }

  private static boolean isJson(String text) {
    try {
      Json.parse(text);
      return true;
    } catch (MalformedJson e) {
      return false;
    }
  }

  /** Why a target alone is refused, as an entry of FailedEntries; empty where it is taken. */
  static Optional<ObjectNode> failure(Target target, BusArn bus, Rule rule) {
    Optional<TargetKind> kind = TargetKind.of(target.arn());
    if (kind.isEmpty()) {
      return Optional.of(
          failure(
              target,
              "UnsupportedTarget",
              "Targets of the service "
                  + TargetKind.service(target.arn())
                  + " are not supported: "
                  + target.arn()));
    }
    boolean own = TargetKind.account(target.arn()).equals(rule.createdBy());
    if (!own && kind.get() != TargetKind.BUS) {
      return Optional.of(
          failure(
              target,
              "AccessDeniedException",
              "Target %s is not in account %s, which created the rule."
                  .formatted(target.arn(), rule.createdBy())));
    }
    if (!TargetKind.region(target.arn()).equals(bus.region()) && kind.get() != TargetKind.BUS) {
      return Optional.of(
          failure(
              target,
              "ValidationException",
              "Target %s is not in region %s, where the rule is."
                  .formatted(target.arn(), bus.region())));
    }
    if (target.arn().equals(bus.text())) {
      return Optional.of(
          failure(target, "ValidationException", "A bus can't be the target of its own rule."));
    }
    if (target.arn().endsWith(".fifo") && kind.get() != TargetKind.QUEUE) {
      return Optional.of(
          failure(target, "UnsupportedTarget", "FIFO targets are not supported: " + target.arn()));
    }
    if (target.arn().endsWith(".fifo") != (target.messageGroup() != null)) {
      return Optional.of(
          failure(
              target,
              "ValidationException",
              target.messageGroup() == null
                  ? "Parameter(s) SqsParameters must be specified for target: " + target.id() + "."
                  : "Parameter(s) SqsParameters not valid for target: " + target.id() + "."));
    }
    if (target.http() != null && kind.get() != TargetKind.API_DESTINATION) {
      return Optional.of(
          failure(
              target,
              "ValidationException",
              "Parameter(s) HttpParameters not valid for target: " + target.id() + "."));
    }
    return Optional.empty();
  }

  private static ObjectNode failure(Target target, String code, String message) {
    return Json.object()
        .put("TargetId", target.id())
        .put("ErrorCode", code)
        .put("ErrorMessage", message);
  }

  /**
   * The request that delivers a match.
   *
   * @param event the whole event
   * @param hops buses that it went through, this one last
   */
  static Request request(EventFact.Match match, JsonNode event, List<String> hops) {
    String arn = match.targetArn();
    TargetKind kind =
        TargetKind.of(arn).orElseThrow(() -> new IllegalStateException("no target: " + arn));
    String input = match.input() == null ? Json.write(event) : match.input();
    ObjectNode members = Json.object();
    String service = TargetKind.service(arn);
    String operation =
        switch (kind) {
          case FUNCTION -> {
            members
                .put("FunctionName", arn)
                .put("InvocationType", "Event")
                .put(
                    "Payload",
                    Base64.getEncoder().encodeToString(input.getBytes(StandardCharsets.UTF_8)));
            yield "Invoke";
          }
          case STATE_MACHINE -> {
            members
                .put("stateMachineArn", arn)
                .put("name", executionName(match, event))
                .put("input", input);
            yield "StartExecution";
          }
          case TOPIC -> {
            members.put("TopicArn", arn).put("Message", input);
            yield "Publish";
          }
          case QUEUE -> {
            members.put("QueueUrl", queueAddress(arn)).put("MessageBody", input);
            if (match.messageGroup() != null) {
              members
                  .put("MessageGroupId", match.messageGroup())
                  .put("MessageDeduplicationId", occurrence(event));
            }
            yield "SendMessage";
          }
          case LOG_GROUP -> {
            members
                .put("logGroupName", logGroup(arn))
                .put("logStreamName", stream(match, event))
                .put("message", input);
            yield "WriteEvent";
          }
          case API_DESTINATION -> {
            members.put("ApiDestinationArn", arn).put("Body", input);
            if (match.http() != null) {
              members.set("HttpParameters", match.http().members());
            }
            yield "InvokeApiDestination";
          }
          case BUS -> {
            members.put("EventBusArn", arn).set("Event", event);
            hops.forEach(members.putArray("Hops")::add);
            yield "ForwardEvent";
          }
        };
    return new Request.Operation(
        match.context(), TargetKind.region(arn), service, operation, members);
  }

  private static String logGroup(String arn) {
    String name = arn.substring(arn.indexOf(":log-group:") + ":log-group:".length());
    return name.endsWith(":*") ? name.substring(0, name.length() - 2) : name;
  }

  /** A stream an event, rule and target, however often it is delivered. */
  private static String stream(EventFact.Match match, JsonNode event) {
    return Ids.uuid(occurrence(event) + '|' + match.ruleArn() + '|' + match.targetId());
  }

  /** Where a match goes that can't be delivered, with AWS's attributes; null to park it. */
  static @Nullable DeadLetters deadLetters(EventFact.Match match, JsonNode event) {
    String queue = match.deadLetterArn();
    return queue == null
        ? null
        : new DeadLetters(
            queue,
            Json.write(event),
            Map.of("RULE_ARN", match.ruleArn(), "TARGET_ARN", match.targetArn()));
  }

  /** SQS knows its queues by addresses, of which account and name count. */
  private static String queueAddress(String arn) {
    return "https://sqs."
        + TargetKind.region(arn)
        + ".amazonaws.com/"
        + TargetKind.account(arn)
        + '/'
        + arn.substring(arn.lastIndexOf(':') + 1);
  }

  /** One execution an event, rule and target, however often it is delivered. */
  private static String executionName(EventFact.Match match, JsonNode event) {
    String of = occurrence(event) + '|' + match.ruleArn() + '|' + match.targetId();
    return event.path("id").asText() + '_' + Ids.uuid(of);
  }

  /** What tells an event from itself in a replay, which is meant to take effect again. */
  private static String occurrence(JsonNode event) {
    String id = event.path("id").asText();
    String replay = event.path(Envelope.REPLAY_NAME).asText();
    return replay.isEmpty() ? id : Ids.uuid(id + '|' + replay);
  }
}
