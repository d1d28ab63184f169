package dev.tutti.core.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.delivery.Backoff;
import dev.tutti.core.delivery.RetryPolicy;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How deliveries over HTTP are retried: a topic's {@code DeliveryPolicy} under {@code
 * http.defaultHealthyRetryPolicy}, a subscription's own under {@code healthyRetryPolicy} (AWS's
 * page "Creating an Amazon SNS delivery policy"). Delays are in seconds there.
 */
public final class DeliveryPolicy {
  private static final long AGE_MILLIS = 24 * 60 * 60 * 1000L;
  private static final Set<String> CURVES =
      Set.of("arithmetic", "exponential", "geometric", "linear");

  private DeliveryPolicy() {}

  /** How deliveries to a subscription are retried. */
  static RetryPolicy retry(Topic topic, Subscription subscription) {
    if (subscription.reachesPeople()) {
      return RetryPolicy.mail();
    }
    if (subscription.confirmedAtOnce()) {
      return RetryPolicy.managed();
    }
    ObjectNode policy = healthy(effective(topic));
    JsonNode own = own(topic, subscription).path("healthyRetryPolicy");
    own.properties().forEach(member -> policy.set(member.getKey(), member.getValue()));
    int total = policy.path("numRetries").asInt();
    int immediate = policy.path("numNoDelayRetries").asInt();
    int atMinimum = policy.path("numMinDelayRetries").asInt();
    int atMaximum = policy.path("numMaxDelayRetries").asInt();
    return new RetryPolicy(
        total,
        AGE_MILLIS,
        new Backoff.Phased(
            immediate,
            atMinimum,
            Math.max(0, total - immediate - atMinimum - atMaximum),
            atMaximum,
            policy.path("minDelayTarget").asLong() * 1000,
            policy.path("maxDelayTarget").asLong() * 1000,
            Backoff.Curve.valueOf(
                policy.path("backoffFunction").asText().toUpperCase(Locale.ROOT))));
  }

  /** The content type of requests to a subscription. */
  static String contentType(Topic topic, Subscription subscription) {
    JsonNode own = own(topic, subscription).path("requestPolicy").path("headerContentType");
    return own.isTextual()
        ? own.asText()
        : effective(topic)
            .path("http")
            .path("defaultRequestPolicy")
            .path("headerContentType")
            .asText();
  }

  private static JsonNode own(Topic topic, Subscription subscription) {
    String text = subscription.attributes().get("DeliveryPolicy");
    boolean overridden =
        effective(topic).path("http").path("disableSubscriptionOverrides").asBoolean();
    return text == null || overridden ? Json.object() : Json.parse(text);
  }

  private static ObjectNode healthy(ObjectNode effective) {
    return (ObjectNode) effective.path("http").path("defaultHealthyRetryPolicy");
  }

  /**
   * A topic's policy with SNS's defaults where it says nothing: {@code EffectiveDeliveryPolicy}.
   */
  public static ObjectNode effective(Topic topic) {
    ObjectNode policy = Json.object();
    ObjectNode http = policy.putObject("http");
    ObjectNode healthy = http.putObject("defaultHealthyRetryPolicy");
    healthy.put("minDelayTarget", 20).put("maxDelayTarget", 20).put("numRetries", 3);
    healthy.put("numMaxDelayRetries", 0).put("numNoDelayRetries", 0);
    healthy.put("numMinDelayRetries", 0).put("backoffFunction", "linear");
    http.put("disableSubscriptionOverrides", false);
    ObjectNode request = http.putObject("defaultRequestPolicy");
    request.put("headerContentType", Messages.CONTENT_TYPE);
    String text = topic.attributes().get("DeliveryPolicy");
    if (text != null) {
      JsonNode set = Json.parse(text).path("http");
      put(set.path("defaultHealthyRetryPolicy"), healthy);
      put(set.path("defaultRequestPolicy"), request);
      if (set.path("disableSubscriptionOverrides").isBoolean()) {
        http.set("disableSubscriptionOverrides", set.get("disableSubscriptionOverrides"));
      }
    }
    return policy;
  }

  private static void put(JsonNode from, ObjectNode into) {
    from.properties().forEach(member -> into.set(member.getKey(), member.getValue()));
  }

  /**
   * A policy as SNS keeps it: without empty members, with the switch spelled out.
   *
   * @return null where it isn't one
   */
  public static @Nullable String normal(String text, boolean ofTopic) {
    JsonNode given;
    try {
      given = Json.parse(text);
    } catch (MalformedJson e) {
      return null;
    }
    JsonNode top = ofTopic ? given.path("http") : given;
    if (!(top instanceof ObjectNode object)) {
      return null;
    }
    ObjectNode kept = object.deepCopy();
    kept.properties().removeIf(member -> member.getValue().isNull());
    if (!valid(kept.path(ofTopic ? "defaultHealthyRetryPolicy" : "healthyRetryPolicy"))) {
      return null;
    }
    if (!ofTopic) {
      return Json.write(kept);
    }
    if (!kept.has("disableSubscriptionOverrides")) {
      kept.put("disableSubscriptionOverrides", false);
    }
    return Json.write(Json.object().set("http", kept));
  }

  private static boolean valid(JsonNode healthy) {
    for (var member : healthy.properties()) {
      JsonNode value = member.getValue();
      boolean fits =
          member.getKey().equals("backoffFunction")
              ? CURVES.contains(value.asText())
              : value.isIntegralNumber() && value.asLong() >= 0 && value.asLong() <= 3600;
      if (!fits) {
        return false;
      }
    }
    return healthy.path("minDelayTarget").asLong(20) <= healthy.path("maxDelayTarget").asLong(20)
        || !healthy.has("maxDelayTarget");
  }
}
