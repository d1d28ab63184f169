package dev.tutti.core.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A topic as its facts made it: an immutable snapshot, shared by the decider and the catalogue.
 *
 * @param exists false before it was created and after it was deleted
 * @param attributes as set: for example {@code Policy}, {@code DeliveryPolicy}
 * @param subscriptions by ARN
 * @param unsubscribed how many subscriptions were ended
 * @param left subscriptions that ended of late and may be taken up again, by token
 */
public record Topic(
    String arn,
    boolean exists,
    TreeMap<String, String> attributes,
    TreeMap<String, String> tags,
    TreeMap<String, Subscription> subscriptions,
    int unsubscribed,
    TreeMap<String, Subscription> left) {
  /** Largest message, in bytes, where a topic doesn't say otherwise. */
  public static final int USUAL_BYTES = 256 * 1024;

  private static final List<String> OWN_ACTIONS =
      List.of(
          "SNS:GetTopicAttributes",
          "SNS:SetTopicAttributes",
          "SNS:AddPermission",
          "SNS:RemovePermission",
          "SNS:DeleteTopic",
          "SNS:Subscribe",
          "SNS:ListSubscriptionsByTopic",
          "SNS:Publish");

  static Topic blank(String arn) {
    return new Topic(
        arn, false, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), 0, new TreeMap<>());
  }

  /** The owner's account. */
  public String owner() {
    return arn.split(":", -1)[4];
  }

  /** Whether it keeps the order of groups and delivers once. */
  public boolean fifo() {
    return "true".equals(attributes.get("FifoTopic"));
  }

  /** Whether messages without a deduplication are told apart by their content. */
  public boolean deduplicatesByContent() {
    return "true".equals(attributes.get("ContentBasedDeduplication"));
  }

  /** Whether a deduplication is one of its group only. */
  public boolean deduplicatesPerGroup() {
    return "MessageGroup".equals(attributes.get("FifoThroughputScope"));
  }

  /** Largest message that it takes, in bytes; attributes count. */
  public int maxBytes() {
    String set = attributes.get("MaximumMessageSize");
    return set == null ? USUAL_BYTES : Integer.parseInt(set);
  }

  /** {@code 1} or {@code 2}. */
  String signatureVersion() {
    return attributes.getOrDefault("SignatureVersion", "1");
  }

  /** Whether somebody gets messages in an envelope, which is signed. */
  public boolean signs() {
    return subscriptions.values().stream().anyMatch(each -> each.confirmed() && !each.raw());
  }

  boolean delivers(String protocol) {
    return subscriptions.values().stream().anyMatch(each -> each.protocol().equals(protocol));
  }

  public String region() {
    return arn.split(":", -1)[3];
  }

  public String name() {
    return arn.split(":", -1)[5];
  }

  /** The policy that was set, else SNS's default one: everything for the owner. */
  public ObjectNode policy() {
    String set = attributes.get("Policy");
    if (set != null && Json.parse(set) instanceof ObjectNode policy) {
      return policy;
    }
    ObjectNode policy = Json.object();
    policy.put("Version", "2008-10-17").put("Id", "__default_policy_ID");
    ObjectNode statement = policy.putArray("Statement").addObject();
    statement.put("Sid", "__default_statement_ID").put("Effect", "Allow");
    statement.putObject("Principal").put("AWS", "*");
    OWN_ACTIONS.forEach(statement.putArray("Action")::add);
    statement.put("Resource", arn);
    statement.putObject("Condition").putObject("StringEquals").put("AWS:SourceOwner", owner());
    return policy;
  }

  /** The statement of a policy by its id; null where there is none. */
  static @Nullable JsonNode statement(ObjectNode policy, String sid) {
    for (JsonNode statement : policy.path("Statement")) {
      if (sid.equals(statement.path("Sid").asText())) {
        return statement;
      }
    }
    return null;
  }

  Topic withAttributes(TreeMap<String, String> changed) {
    return new Topic(arn, exists, changed, tags, subscriptions, unsubscribed, left);
  }

  Topic withTags(TreeMap<String, String> changed) {
    return new Topic(arn, exists, attributes, changed, subscriptions, unsubscribed, left);
  }

  /** With a subscription, which leaves none of its endpoint's to be taken up again. */
  Topic with(Subscription subscription) {
    TreeMap<String, Subscription> changed = new TreeMap<>(subscriptions);
    changed.put(subscription.arn(), subscription);
    TreeMap<String, Subscription> stillLeft = new TreeMap<>(left);
    stillLeft.values().removeIf(each -> each.sameEndpoint(subscription));
    return new Topic(arn, exists, attributes, tags, changed, unsubscribed, stillLeft);
  }

  /**
   * Without a subscription.
   *
   * @param token what takes it up again until the time for that is over; null where nothing does
   * @param millis when it ended, epoch milliseconds
   */
  Topic without(String subscription, @Nullable String token, long millis) {
    TreeMap<String, Subscription> changed = new TreeMap<>(subscriptions);
    Subscription ended = changed.remove(subscription);
    TreeMap<String, Subscription> nowLeft = new TreeMap<>(left);
    nowLeft.values().removeIf(each -> millis - each.askedMillis() > Topics.TOKEN_MILLIS);
    if (ended != null && token != null) {
      nowLeft.put(token, ended.asked(token, millis));
    }
    return new Topic(arn, exists, attributes, tags, changed, unsubscribed + 1, nowLeft);
  }
}
