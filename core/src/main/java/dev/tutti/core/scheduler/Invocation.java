package dev.tutti.core.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.delivery.DeadLetters;
import dev.tutti.core.delivery.Deliveries;
import dev.tutti.core.delivery.DeliveryCommand;
import dev.tutti.core.delivery.MessageGroupCommand;
import dev.tutti.core.delivery.MessageGroups;
import dev.tutti.core.delivery.RetryPolicy;
import dev.tutti.core.delivery.Source;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** One run of a schedule as a delivery: what is sent to its target. */
final class Invocation {
  private Invocation() {}

  static Effect of(Schedule schedule, ScheduleFact.Fired fired) {
    ScheduleSettings settings = schedule.settings();
    if (settings == null) {
      throw new IllegalStateException("a schedule that fires has settings");
    }
    ScheduleArn arn = schedule.arn();
    ScheduleTarget target = settings.target();
    String given = target.input();
    String input =
        given == null
            ? Json.write(standard(arn, fired))
            : Attributes.fill(given, arn, fired.scheduledMillis(), fired.executionId());
    Target kind = Target.of(target.arn()).orElseThrow();
    boolean unfit = unfit(kind, input);
    String group =
        !unfit
                && kind instanceof Target.Queue queue
                && queue.fifo()
                && target.messageGroup() != null
            ? MessageGroups.id(target.arn(), target.messageGroup())
            : null;
    Request.Operation request = request(kind, arn, target, input, fired.executionId());
    DeadLetters letters =
        target.deadLetterArn() == null
            ? null
            : deadLetters(arn, target.deadLetterArn(), kind, letter(kind, request, input), fired);
    DeliveryCommand.Begin begin =
        new DeliveryCommand.Begin(
            arn.account(),
            target.arn(),
            Source.schedule(arn.text(), fired.executionId()),
            target.arn(),
            request,
            RetryPolicy.events(
                target.maximumRetryAttempts(), target.maximumEventAgeInSeconds() * 1000L),
            letters,
            group);
    String delivery = arn.text() + '|' + fired.executionId();
    if (group != null) {
      return new Effect.Tell(
          MessageGroups.key(group),
          new MessageGroupCommand.Join(delivery, fired.scheduledMillis(), begin));
    }
    return new Effect.Tell(
        Deliveries.key(delivery),
        unfit
            ? new DeliveryCommand.Withhold(
                begin, "InvalidInput", "The input does not become JSON: " + input)
            : begin);
  }

  /** Where a run goes that can't be delivered, with AWS's attributes. */
  private static DeadLetters deadLetters(
      ScheduleArn arn, String queue, Target kind, String letter, ScheduleFact.Fired fired) {
    return new DeadLetters(
        queue,
        letter,
        Map.of(
            "EXECUTION_ID",
            fired.executionId(),
            "IS_PAYLOAD_TRUNCATED",
            "false",
            "SCHEDULED_TIME",
            Attributes.time(fired.scheduledMillis()),
            "SCHEDULE_ARN",
            arn.text(),
            "TARGET_ARN",
            kind.operationArn()));
  }

  /** What a dead letter says: the parameters of the operation, with a payload as text. */
  private static String letter(Target kind, Request.Operation request, String input) {
    return switch (kind) {
      case Target.Universal _ -> input;
      case Target.Function _ ->
          Json.write(request.input().<ObjectNode>deepCopy().put("Payload", input));
      case Target.StateMachine _, Target.Queue _, Target.Topic _, Target.Bus _ ->
          Json.write(request.input());
    };
  }

  /** What a target gets where the schedule has no input. AWS writes the detail as a text. */
  private static JsonNode standard(ScheduleArn arn, ScheduleFact.Fired fired) {
    ObjectNode event =
        Json.object()
            .put("version", "0")
            .put("id", fired.executionId())
            .put("detail-type", "Scheduled Event")
            .put("source", "aws.scheduler")
            .put("account", arn.account())
            .put("time", Attributes.time(fired.scheduledMillis()))
            .put("region", arn.region());
    event.putArray("resources").add(arn.text());
    return event.put("detail", "{}");
  }

  private static boolean unfit(Target kind, String input) {
    if (kind instanceof Target.Queue || kind instanceof Target.Topic) {
      return false;
    }
    try {
      return kind instanceof Target.Universal
          ? !Json.parse(input).isObject()
          : Json.parse(Attributes.numbered(input)).isMissingNode();
    } catch (MalformedJson e) {
      return true;
    }
  }

  private static Request.Operation request(
      Target kind, ScheduleArn arn, ScheduleTarget target, String input, String executionId) {
    ObjectNode members = Json.object();
    return switch (kind) {
      case Target.Function function -> {
        members
            .put("FunctionName", function.arn())
            .put("InvocationType", "Event")
            .put(
                "Payload",
                Base64.getEncoder().encodeToString(input.getBytes(StandardCharsets.UTF_8)));
        yield operation(arn, "lambda", "Invoke", members);
      }
      case Target.StateMachine machine -> {
        members.put("stateMachineArn", machine.arn()).put("name", executionId).put("input", input);
        yield operation(arn, "states", "StartExecution", members);
      }
      case Target.Queue queue -> {
        members
            .put(
                "QueueUrl",
                "https://sqs.%s.amazonaws.com/%s/%s"
                    .formatted(arn.region(), queue.account(), queue.name()))
            .put("MessageBody", input);
        if (queue.fifo()) {
          members
              .put("MessageGroupId", target.messageGroup())
              .put("MessageDeduplicationId", executionId);
        }
        yield operation(arn, "sqs", "SendMessage", members);
      }
      case Target.Topic topic -> {
        members.put("TopicArn", topic.arn()).put("Message", input);
        yield operation(arn, "sns", "Publish", members);
      }
      case Target.Bus bus -> {
        members
            .putArray("Entries")
            .addObject()
            .put("EventBusName", bus.arn())
            .put("Source", target.source())
            .put("DetailType", target.detailType())
            .put("Detail", input)
            .putArray("Resources")
            .add(arn.text());
        yield operation(arn, "events", "PutEvents", members);
      }
      case Target.Universal universal ->
          operation(arn, "aws-sdk:" + universal.service(), universal.action(), object(input));
    };
  }

  /** The parameters of an operation; none where the input isn't an object, which parks it. */
  private static ObjectNode object(String input) {
    try {
      return Json.parse(input) instanceof ObjectNode object ? object : Json.object();
    } catch (MalformedJson e) {
      return Json.object();
    }
  }

  private static Request.Operation operation(
      ScheduleArn arn, String service, String operation, ObjectNode members) {
    return new Request.Operation(arn.account(), arn.region(), service, operation, members);
  }
}
