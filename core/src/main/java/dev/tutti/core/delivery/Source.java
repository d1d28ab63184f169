package dev.tutti.core.delivery;

import org.jspecify.annotations.Nullable;

/**
 * Where a delivery comes from.
 *
 * @param kind what the ARN names
 * @param arn of the rule or subscription
 * @param targetId which of a rule's targets; null for a subscription
 * @param eventId id of the event or message that is delivered
 */
public record Source(Kind kind, String arn, @Nullable String targetId, String eventId) {
  /** What may make deliveries. */
  public enum Kind {
    RULE,
    SUBSCRIPTION
  }

  public static Source rule(String arn, String targetId, String eventId) {
    return new Source(Kind.RULE, arn, targetId, eventId);
  }

  public static Source subscription(String arn, String messageId) {
    return new Source(Kind.SUBSCRIPTION, arn, null, messageId);
  }
}
