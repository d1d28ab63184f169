package dev.tutti.core.messaging;

import java.util.TreeMap;

/** Applies facts to a {@link Topic}, for the decider and the catalogue alike. */
final class TopicFold {
  private TopicFold() {}

  static Topic apply(Topic topic, long millis, TopicFact fact) {
    return switch (fact) {
      case TopicFact.Created created ->
          new Topic(
              topic.arn(),
              true,
              new TreeMap<>(created.attributes()),
              new TreeMap<>(created.tags()),
              new TreeMap<>(),
              0,
              new TreeMap<>());
      case TopicFact.AttributeSet set -> {
        TreeMap<String, String> attributes = new TreeMap<>(topic.attributes());
        if (set.value().isEmpty()) {
          attributes.remove(set.name());
        } else {
          attributes.put(set.name(), set.value());
        }
        yield topic.withAttributes(attributes);
      }
      case TopicFact.Subscribed subscribed -> topic.with(subscription(subscribed, millis));
      case TopicFact.ConfirmationAsked asked ->
          topic.with(
              subscription(topic, asked.subscriptionArn())
                  .asked(asked.confirmation().token(), millis));
      case TopicFact.Confirmed confirmed ->
          topic.with(
              subscription(topic, confirmed.subscriptionArn()).confirmed(confirmed.onlyOwner()));
      case TopicFact.SubscriptionAttributeSet set ->
          topic.with(subscription(topic, set.subscriptionArn()).with(set.name(), set.value()));
      case TopicFact.Unsubscribed ended ->
          topic.without(
              ended.subscriptionArn(),
              ended.farewell() == null ? null : ended.farewell().token(),
              millis);
      case TopicFact.Tagged tagged -> {
        TreeMap<String, String> tags = new TreeMap<>(topic.tags());
        tags.putAll(tagged.tags());
        yield topic.withTags(tags);
      }
      case TopicFact.Untagged untagged -> {
        TreeMap<String, String> tags = new TreeMap<>(topic.tags());
        untagged.keys().forEach(tags::remove);
        yield topic.withTags(tags);
      }
      case TopicFact.Deleted deleted -> Topic.blank(topic.arn());
    };
  }

  private static Subscription subscription(TopicFact.Subscribed fact, long millis) {
    TopicFact.Confirmation confirmation = fact.confirmation();
    return new Subscription(
        fact.subscriptionArn(),
        fact.protocol(),
        fact.endpoint(),
        fact.owner(),
        new TreeMap<>(fact.attributes()),
        confirmation == null,
        confirmation == null ? null : confirmation.token(),
        millis,
        confirmation == null,
        fact.principal());
  }

  private static Subscription subscription(Topic topic, String arn) {
    Subscription subscription = topic.subscriptions().get(arn);
    if (subscription == null) {
      for (Subscription each : topic.left().values()) {
        if (each.arn().equals(arn)) {
          return each;
        }
      }
      throw new IllegalStateException("a fact about a subscription that isn't: " + arn);
    }
    return subscription;
  }
}
