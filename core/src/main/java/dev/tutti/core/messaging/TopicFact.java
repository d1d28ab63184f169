package dev.tutti.core.messaging;

import dev.tutti.core.kernel.Fact;
import dev.tutti.core.kernel.Request;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happened to a topic. */
public sealed interface TopicFact extends Fact {

  record Created(Map<String, String> attributes, Map<String, String> tags) implements TopicFact {}

  /** An attribute was set; empty where it was taken back. */
  record AttributeSet(String name, String value) implements TopicFact {}

  /**
   * Somebody subscribed.
   *
   * @param confirmation what was asked of the endpoint; null where it needs none
   */
  record Subscribed(
      String subscriptionArn,
      String owner,
      String protocol,
      String endpoint,
      Map<String, String> attributes,
      @Nullable Confirmation confirmation)
      implements TopicFact {}

  /** A pending subscription was asked for again, and so was its confirmation. */
  record ConfirmationAsked(String subscriptionArn, String owner, Confirmation confirmation)
      implements TopicFact {}

  record Confirmed(String subscriptionArn, boolean onlyOwner) implements TopicFact {}

  record SubscriptionAttributeSet(String subscriptionArn, String name, String value)
      implements TopicFact {}

  record Unsubscribed(String subscriptionArn) implements TopicFact {}

  record Tagged(Map<String, String> tags) implements TopicFact {}

  record Untagged(List<String> keys) implements TopicFact {}

  record Deleted() implements TopicFact {}

  /**
   * What an endpoint is asked.
   *
   * @param messageId the message's UUID
   * @param post the request that carries it
   */
  record Confirmation(String token, String messageId, Request.Post post) {}
}
