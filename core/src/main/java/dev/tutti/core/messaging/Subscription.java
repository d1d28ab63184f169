package dev.tutti.core.messaging;

import dev.tutti.core.json.Json;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's wish to get what is published to a topic.
 *
 * @param arn the topic's ARN and a UUID
 * @param protocol {@code http}, {@code https}, {@code email}, {@code email-json}, {@code lambda},
 *     {@code sqs}, {@code sms} or {@code application}
 * @param endpoint an address, a phone's number, or the ARN of a function, queue or platform
 *     endpoint
 * @param owner account that subscribed, as which deliveries are made
 * @param attributes as set, for example {@code RawMessageDelivery}, {@code FilterPolicy}
 * @param confirmed whether it gets anything yet
 * @param token what confirms it, and confirmed it; null where no confirmation is needed
 * @param askedMillis when the confirmation was asked for last, epoch milliseconds
 * @param authenticated whether only its owner may unsubscribe
 * @param principal who of the owner's subscribed, as IAM names them; null where nobody in
 *     particular
 */
public record Subscription(
    String arn,
    String protocol,
    String endpoint,
    String owner,
    TreeMap<String, String> attributes,
    boolean confirmed,
    @Nullable String token,
    long askedMillis,
    boolean authenticated,
    @Nullable String principal) {

  public String topicArn() {
    return arn.substring(0, arn.lastIndexOf(':'));
  }

  /** Whether what it goes to has nothing to confirm: it is of this runtime, or a phone. */
  boolean confirmedAtOnce() {
    return confirmedAtOnce(protocol);
  }

  static boolean confirmedAtOnce(String protocol) {
    return protocol.equals("lambda") || protocol.equals("sqs") || PhoneNotices.carries(protocol);
  }

  /** Whether another one goes to the same endpoint by the same protocol. */
  boolean sameEndpoint(Subscription other) {
    return protocol.equals(other.protocol) && endpoint.equals(other.endpoint);
  }

  /** Whether it goes out to people, as mail, push or text message. */
  boolean reachesPeople() {
    return Mails.carries(protocol) || PhoneNotices.carries(protocol);
  }

  /** Whether the message alone is delivered, without what SNS puts around it. */
  public boolean raw() {
    return "true".equals(attributes.get("RawMessageDelivery"));
  }

  /** Whether its filter policy is about members of the message, not about its attributes. */
  public boolean filtersBody() {
    return "MessageBody".equals(attributes.get("FilterPolicyScope"));
  }

  /** The queue that gets what can't be delivered; null where there is none. */
  @Nullable String deadLetterArn() {
    String policy = attributes.get("RedrivePolicy");
    return policy == null ? null : Json.parse(policy).path("deadLetterTargetArn").asText();
  }

  Subscription asked(String newToken, long millis) {
    return new Subscription(
        arn,
        protocol,
        endpoint,
        owner,
        attributes,
        confirmed,
        newToken,
        millis,
        authenticated,
        principal);
  }

  Subscription confirmed(boolean onlyOwner) {
    return new Subscription(
        arn, protocol, endpoint, owner, attributes, true, token, askedMillis, onlyOwner, principal);
  }

  Subscription with(String name, String value) {
    TreeMap<String, String> changed = new TreeMap<>(attributes);
    if (value.isEmpty()) {
      changed.remove(name);
    } else {
      changed.put(name, value);
    }
    return new Subscription(
        arn,
        protocol,
        endpoint,
        owner,
        changed,
        confirmed,
        token,
        askedMillis,
        authenticated,
        principal);
  }
}
