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
   * @param principal who of the owner's; null where nobody in particular
   */
  record Subscribed(
      String subscriptionArn,
      String owner,
      String protocol,
      String endpoint,
      Map<String, String> attributes,
      @Nullable Confirmation confirmation,
      @Nullable String principal)
      implements TopicFact {}

  /** A pending subscription was asked for again, and so was its confirmation. */
  record ConfirmationAsked(String subscriptionArn, String owner, Confirmation confirmation)
      implements TopicFact {}

  /** A subscription was confirmed, or one that had ended was taken up again. */
  record Confirmed(String subscriptionArn, boolean onlyOwner) implements TopicFact {}

  record SubscriptionAttributeSet(String subscriptionArn, String name, String value)
      implements TopicFact {}

  /**
   * A subscription was ended.
   *
   * @param farewell what its endpoint is told, with a token that takes it up again; null where it
   *     isn't told
   */
  record Unsubscribed(String subscriptionArn, @Nullable Confirmation farewell)
      implements TopicFact {}

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
