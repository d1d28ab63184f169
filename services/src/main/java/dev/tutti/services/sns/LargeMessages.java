package dev.tutti.services.sns;

import dev.tutti.core.messaging.Topic;
import dev.tutti.wire.ServiceError;
import java.util.Set;

/**
 * A topic's {@code MaximumMessageSize}, and what one that takes larger messages than others asks of
 * its subscriptions.
 */
final class LargeMessages {
  private static final int LEAST_BYTES = 1024;
  private static final int MOST_BYTES = 1024 * 1024;
  private static final int MAX_SUBSCRIPTIONS = 100;
  private static final Set<String> PROTOCOLS = Set.of("sqs", "lambda", "firehose");

  private LargeMessages() {}

  /** The attribute's value as it is kept. */
  static String size(String value, String where) {
    int bytes = value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : 0;
    if (bytes < LEAST_BYTES || bytes > MOST_BYTES) {
      throw Errors.invalid(
          where
              + "MaximumMessageSize: Invalid value ["
              + value
              + "]. Must be an integer from 1024 to 1048576.");
    }
    return Integer.toString(bytes);
  }

  /** Checks that a topic's subscriptions go with a size. */
  static void checkSubscriptions(Topic topic, String size) {
    if (Integer.parseInt(size) > Topic.USUAL_BYTES) {
      topic.subscriptions().values().forEach(each -> checkProtocol(each.protocol()));
      if (topic.subscriptions().size() > MAX_SUBSCRIPTIONS) {
        throw tooMany();
      }
    }
  }

  /** Checks that one more subscription goes with a topic's size. */
  static void checkSubscription(Topic topic, String protocol, String endpoint) {
    if (topic.maxBytes() > Topic.USUAL_BYTES) {
      checkProtocol(protocol);
      if (topic.subscriptions().size() >= MAX_SUBSCRIPTIONS
          && topic.subscriptions().values().stream()
              .noneMatch(
                  each -> each.protocol().equals(protocol) && each.endpoint().equals(endpoint))) {
        throw tooMany();
      }
    }
  }

  private static void checkProtocol(String protocol) {
    if (!PROTOCOLS.contains(protocol)) {
      throw Errors.invalid(
          "MaximumMessageSize Reason: a topic with more than "
              + Topic.USUAL_BYTES
              + " bytes delivers to sqs, lambda and firehose, not to "
              + protocol);
    }
  }

  private static ServiceError tooMany() {
    return Errors.invalid(
        "MaximumMessageSize Reason: a topic with more than "
            + Topic.USUAL_BYTES
            + " bytes has no more than 100 subscriptions");
  }
}
