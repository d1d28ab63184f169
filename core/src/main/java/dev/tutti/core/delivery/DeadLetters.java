package dev.tutti.core.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Request;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The queue that gets what can't be delivered.
 *
 * @param queueArn of a standard queue
 * @param body what its message says
 * @param attributes of the message, beside those that tell the failure
 * @param asIs the input of SendMessage where the message is what it is, and the failure isn't told;
 *     null where body and attributes say it
 */
public record DeadLetters(
    String queueArn, String body, Map<String, String> attributes, @Nullable JsonNode asIs) {
  /** Longest error message that is told, in characters: a message has a bound of its own. */
  private static final int MAX_MESSAGE_CHARS = 1024;

  /** A message that tells how it failed. */
  public DeadLetters(String queueArn, String body, Map<String, String> attributes) {
    this(queueArn, body, attributes, null);
  }

  /** A message that doesn't. */
  public static DeadLetters asIs(String queueArn, JsonNode input) {
    return new DeadLetters(queueArn, "", Map.of(), input);
  }

  /**
   * The request that hands a delivery over.
   *
   * @param context account that calls
   * @param by what made the delivery: rules and schedules tell failures in forms of their own
   * @param retries attempts after the first
   * @param exhausted which bound of the retry policy was reached; null where none was
   */
  Request request(
      String context,
      Source.Kind by,
      String error,
      String message,
      int retries,
      @Nullable String exhausted) {
    String[] arn = queueArn.split(":", -1);
    if (asIs != null) {
      return new Request.Operation(context, arn[3], "sqs", "SendMessage", asIs);
    }
    ObjectNode input =
        Json.object()
            .put("QueueUrl", "https://sqs.%s.amazonaws.com/%s/%s".formatted(arn[3], arn[4], arn[5]))
            .put("MessageBody", body);
    boolean scheduled = by == Source.Kind.SCHEDULE;
    ObjectNode told = input.putObject("MessageAttributes");
    attributes.forEach((name, value) -> text(told, name, value));
    text(told, "ERROR_CODE", scheduled ? schedulerCode(error) : code(error));
    text(
        told,
        "ERROR_MESSAGE",
        message.isEmpty()
            ? error
            : message.substring(0, Math.min(message.length(), MAX_MESSAGE_CHARS)));
    if (retries >= 0) {
      told.putObject("RETRY_ATTEMPTS")
          .put("DataType", scheduled ? "String" : "Number")
          .put("StringValue", Integer.toString(retries));
    }
    if (exhausted != null) {
      text(told, "EXHAUSTED_RETRY_CONDITION", exhausted);
    }
    return new Request.Operation(context, arn[3], "sqs", "SendMessage", input);
  }

  private static void text(ObjectNode attributes, String name, String value) {
    attributes.putObject(name).put("DataType", "String").put("StringValue", value);
  }

  /**
   * EventBridge Scheduler's code for an error (AWS's page "Configuring a schedule's dead-letter
   * queue"): what the target's operation says, and one code for all that comes of no target.
   */
  private static String schedulerCode(String error) {
    return switch (error) {
      case "QueueDoesNotExist", "QueueDoesNotExistException" ->
          "AWS.SimpleQueueService.NonExistentQueue";
      case "InvalidInput",
          "InternalFailure",
          "TargetUnavailable",
          "UnknownOperationException",
          "Unreachable" ->
          "AWS.Scheduler.InternalServerError";
      default -> error;
    };
  }

  /** EventBridge's code for an error (AWS's page "Using dead-letter queues"). */
  private static String code(String error) {
    if (error.contains("AccessDenied") || error.contains("AuthorizationError")) {
      return "NO_PERMISSIONS";
    }
    if (error.contains("NotFound") || error.contains("DoesNotExist")) {
      return "NO_RESOURCE";
    }
    if (error.contains("Throttl") || error.equals("TooManyRequestsException")) {
      return "THROTTLING";
    }
    if (error.contains("Timeout") || error.contains("TimedOut")) {
      return "TIMEOUT";
    }
    if (error.contains("LimitExceeded")) {
      return "RESOURCE_LIMIT_EXCEEDED";
    }
    return switch (error) {
      case "InvalidInput" -> "INVALID_JSON";
      case "ValidationException", "InvalidParameter", "InvalidParameterValueException" ->
          "INVALID_PARAMETER";
      case "Unreachable", "TargetUnavailable" -> "CONNECTION_FAILURE";
      default -> "ERROR_FROM_TARGET";
    };
  }
}
