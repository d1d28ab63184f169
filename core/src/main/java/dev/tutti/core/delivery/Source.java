package dev.tutti.core.delivery;

import org.jspecify.annotations.Nullable;

/**
 * Where a delivery comes from.
 *
 * @param kind what the ARN names
 * @param arn of the rule, subscription or schedule; of a message that was published straight to
 *     somebody, whom it is for
 * @param targetId which of a rule's targets; null elsewhere
 * @param eventId id of the event or message that is delivered, or of the schedule's run
 */
public record Source(Kind kind, String arn, @Nullable String targetId, String eventId) {
  /** What may make deliveries. */
  public enum Kind {
    DIRECT,
    DESTINATION,
    RULE,
    SUBSCRIPTION,
    SCHEDULE
  }

  public static Source rule(String arn, String targetId, String eventId) {
    return new Source(Kind.RULE, arn, targetId, eventId);
  }

  /** Somebody who published straight to a target, with no rule or subscription between. */
  public static Source direct(String target, String messageId) {
    return new Source(Kind.DIRECT, target, null, messageId);
  }

  /** What told of an asynchronous invocation's end: a function's version or alias. */
  public static Source destination(String functionArn, String requestId) {
    return new Source(Kind.DESTINATION, functionArn, null, requestId);
  }

  public static Source subscription(String arn, String messageId) {
    return new Source(Kind.SUBSCRIPTION, arn, null, messageId);
  }

  public static Source schedule(String arn, String executionId) {
    return new Source(Kind.SCHEDULE, arn, null, executionId);
  }
}
