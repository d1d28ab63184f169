package dev.tutti.core.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A schedule's target by its ARN: one of the templated ones, or any operation of an SDK. */
sealed interface Target {
  Pattern ARN = Pattern.compile("arn:aws:([a-z0-9-]+):([a-z0-9-]*):([0-9]{12})?:(.+)");
  Pattern UNIVERSAL = Pattern.compile("arn:aws:scheduler:::aws-sdk:([a-z0-9-]+):([A-Za-z0-9]+)");

  /** Operations that only read: AWS has no schedules for them. */
  Pattern READING =
      Pattern.compile(
          "(get|describe|list|poll|receive|search|scan|query|select|read|lookup|discover|validate|batchGet|batchDescribe|batchRead|transactGet|adminGet|adminList|testMigration|retrieve|testConnection|translateDocument|isAuthorized|invokeModel).*");

  record Function(String arn) implements Target {}

  record StateMachine(String arn) implements Target {}

  record Queue(String arn, String account, String name) implements Target {
    boolean fifo() {
      return name.endsWith(".fifo");
    }
  }

  record Topic(String arn) implements Target {}

  record Bus(String arn) implements Target {}

  /** Any operation, by an SDK's names: {@code sqs} and {@code sendMessage}. */
  record Universal(String service, String action) implements Target {}

  /** The target that an ARN names; empty where there is none of that kind here. */
  static Optional<Target> of(String arn) {
    Matcher universal = UNIVERSAL.matcher(arn);
    if (universal.matches()) {
      return Optional.of(new Universal(universal.group(1), universal.group(2)));
    }
    Matcher matcher = ARN.matcher(arn);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String resource = matcher.group(4);
    String account = matcher.group(3) == null ? "" : matcher.group(3);
    Target target =
        switch (matcher.group(1)) {
          case "lambda" -> resource.startsWith("function:") ? new Function(arn) : null;
          case "states" -> resource.startsWith("stateMachine:") ? new StateMachine(arn) : null;
          case "sqs" -> new Queue(arn, account, resource);
          case "sns" -> new Topic(arn);
          case "events" -> resource.startsWith("event-bus/") ? new Bus(arn) : null;
          default -> null;
        };
    return Optional.ofNullable(target);
  }

  /** The operation that it calls, as the ARN of a universal target. */
  default String operationArn() {
    return "arn:aws:scheduler:::aws-sdk:"
        + switch (this) {
          case Function _ -> "lambda:invoke";
          case StateMachine _ -> "sfn:startExecution";
          case Queue _ -> "sqs:sendMessage";
          case Topic _ -> "sns:publish";
          case Bus _ -> "eventbridge:putEvents";
          case Universal universal -> universal.service() + ':' + universal.action();
        };
  }

  /** What is wrong with a target; empty where nothing is. */
  static Optional<String> fault(ScheduleTarget given) {
    Target target = of(given.arn()).orElse(null);
    boolean forQueue = target instanceof Queue queue && queue.fifo();
    boolean forBus = target instanceof Bus;
    if (target == null) {
      return Optional.of(
          ARN.matcher(given.arn()).matches()
              ? "Targets like " + given.arn() + " are not supported here."
              : "Provided Arn is not in correct format.");
    }
    if (forQueue != (given.messageGroup() != null)) {
      return Optional.of(
          forQueue
              ? "SqsParameters must be specified for a target that is a FIFO queue."
              : "SqsParameters is supported for FIFO queues only.");
    }
    if (forBus != (given.detailType() != null)) {
      return Optional.of(
          forBus
              ? "EventBridgeParameters must be specified for a target that is an event bus."
              : "EventBridgeParameters is supported for event buses only.");
    }
    return switch (target) {
      case Universal universal when READING.matcher(universal.action()).matches() ->
          Optional.of("The operation " + universal.action() + " only reads; it can't be a target.");
      case Universal universal -> notAnObject(given.input());
      case Topic topic when topic.arn().endsWith(".fifo") ->
          Optional.of("A FIFO topic is reached by arn:aws:scheduler:::aws-sdk:sns:publish only.");
      case Function _, StateMachine _, Bus _ -> notJson(given.input());
      case Queue _, Topic _ -> Optional.empty();
    };
  }

  private static Optional<String> notAnObject(@Nullable String input) {
    return input == null || isJson(input, true)
        ? Optional.empty()
        : Optional.of("Input must be a JSON object with the operation's parameters.");
  }

  private static Optional<String> notJson(@Nullable String input) {
    return input == null || isJson(input, false)
        ? Optional.empty()
        : Optional.of("Invalid Input: it is not JSON.");
  }

  private static boolean isJson(String input, boolean anObject) {
    try {
      JsonNode value = Json.parse(input);
      return !anObject || value.isObject();
    } catch (MalformedJson e) {
      // An attribute outside quotes, as a number may be, becomes JSON when it is filled in.
      return input.contains("<aws.scheduler.");
    }
  }
}
