package dev.tutti.services.sns;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.messaging.PushApp;
import dev.tutti.core.messaging.PushCatalogue;
import dev.tutti.core.messaging.Topic;
import dev.tutti.core.messaging.TopicCatalogue;
import dev.tutti.core.messaging.TopicPolicy;
import dev.tutti.services.Exchange;
import dev.tutti.wire.ServiceError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what SNS's requests have in common. */
final class Inputs {
  private static final int TOPIC_PARTS = 6;

  private Inputs() {}

  /** The topic's ARN in a member, by its form; the topic needn't exist. */
  static String topicArn(JsonNode input, String member) {
    String arn = input.path(member).asText();
    String[] parts = arn.split(":", -1);
    if (parts.length < TOPIC_PARTS) {
      throw Errors.invalid(
          member + " Reason: An ARN must have at least 6 elements, not " + parts.length);
    }
    if (!parts[2].equals("sns") || parts.length > TOPIC_PARTS) {
      throw Errors.invalid(member);
    }
    return arn;
  }

  /**
   * The topic of a request.
   *
   * @throws ServiceError where there is none, or its policy doesn't let the caller
   */
  static Topic topic(Exchange exchange, TopicCatalogue catalogue, String member) {
    String arn = topicArn(exchange.input(), member);
    Topic topic = catalogue.topic(arn);
    String caller = exchange.context();
    String action = exchange.call().operation();
    if (topic == null) {
      throw arn.split(":", -1)[4].equals(caller)
          ? Errors.noTopic()
          : Errors.denied(exchange.call(), action, arn);
    }
    String allowed = action.equals("PublishBatch") ? "Publish" : action;
    if (!TopicPolicy.allows(topic, allowed, caller)) {
      throw Errors.denied(exchange.call(), action, arn);
    }
    return topic;
  }

  /** An ARN in a member, which has to be there, by its form. */
  static String checkArn(JsonNode input, String member) {
    String arn = input.path(member).asText();
    if (arn.isEmpty()) {
      throw Errors.invalid(member + " Reason: no value for required parameter");
    }
    int parts = arn.split(":", -1).length;
    if (parts < TOPIC_PARTS) {
      throw Errors.invalid(member + " Reason: An ARN must have at least 6 elements, not " + parts);
    }
    return arn;
  }

  /** The caller's platform application that a request names. */
  static PushApp platformApplication(Exchange exchange, PushCatalogue apps) {
    PushApp app = apps.app(checkArn(exchange.input(), "PlatformApplicationArn"));
    if (app == null || !app.owner().equals(exchange.context())) {
      throw new ServiceError("NotFound", "PlatformApplication does not exist", 404);
    }
    return app;
  }

  /** Attributes that have to be there: an empty map doesn't reach SNS over its protocol. */
  static Map<String, String> requiredAttributes(JsonNode input, String member) {
    Map<String, String> attributes = texts(input.path(member));
    if (attributes.isEmpty()) {
      throw new ServiceError(
          "ValidationError",
          "1 validation error detected: Value null at 'attributes' failed to satisfy constraint:"
              + " Member must not be null");
    }
    return attributes;
  }

  static Map<String, String> texts(JsonNode members) {
    Map<String, String> texts = new LinkedHashMap<>();
    members.properties().forEach(each -> texts.put(each.getKey(), each.getValue().asText()));
    return texts;
  }

  static List<String> list(JsonNode items) {
    List<String> texts = new ArrayList<>();
    items.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  /** Tags; a key that stands there twice is refused. */
  static Map<String, String> tags(JsonNode items) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (JsonNode tag : items) {
      if (tags.put(tag.path("Key").asText(), tag.path("Value").asText()) != null) {
        throw Errors.invalid("Duplicated keys are not allowed.");
      }
    }
    return tags;
  }

  /** Where a page begins: after this key; empty for the first. */
  static String after(JsonNode input) {
    return after(input, "NextToken");
  }

  /** As {@link #after(JsonNode)}, where the member has another name. */
  static String after(JsonNode input, String member) {
    String token = input.path(member).asText();
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Errors.invalid(member + " Reason: " + token + " was not given out here");
    }
  }

  static String token(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }
}
