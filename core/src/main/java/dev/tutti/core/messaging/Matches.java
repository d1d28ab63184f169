package dev.tutti.core.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.core.pattern.Patterns;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which subscriptions of a topic get a message. Filter policies are compiled once; safe to use from
 * any thread.
 */
final class Matches {
  /** More policies than this at a time are forgotten together, and compiled when met again. */
  private static final int MAX_COMPILED = 100_000;

  private final Map<String, Patterns.Single> compiled = new ConcurrentHashMap<>();

  /** The subscriptions that get it, as they are now. */
  List<Match> of(Topic topic, NoticeCommand.Publish publish) {
    Message message = new Message(publish);
    return topic.subscriptions().values().stream()
        .filter(Subscription::confirmed)
        .filter(each -> each.raw() || topic.fifo() || publish.signed() != null)
        .filter(each -> passes(each, message))
        .map(each ->
            new Match(
                each.arn(),
                each.owner(),
                each.protocol(),
                each.endpoint(),
                each.raw(),
                DeliveryPolicy.contentType(topic, each),
                DeliveryPolicy.retry(topic, each),
                each.deadLetterArn()))
        .toList();
  }

  private boolean passes(Subscription subscription, Message message) {
    String policy = subscription.attributes().get("FilterPolicy");
    if (policy == null) {
      return true;
    }
    JsonNode event =
        subscription.filtersBody() ? message.body(subscription.protocol()) : message.attributes();
    return event.isObject() && compiled(policy).matches(event);
  }

  private Patterns.Single compiled(String policy) {
    if (compiled.size() > MAX_COMPILED) {
      compiled.clear();
    }
    return compiled.computeIfAbsent(policy, Patterns::single);
  }

  /** A message as filter policies see it, read when the first one asks. */
  private static final class Message {
    private final NoticeCommand.Publish publish;
    private final Map<String, JsonNode> bodies = new HashMap<>();
    private @Nullable JsonNode attributes;

    Message(NoticeCommand.Publish publish) {
      this.publish = publish;
    }

    /** The message as JSON; one that isn't JSON is a text, which passes no policy. */
    JsonNode body(String protocol) {
      return bodies.computeIfAbsent(publish.message(protocol), Message::parsed);
    }

    JsonNode attributes() {
      JsonNode ready = attributes;
      if (ready == null) {
        ready = event();
        attributes = ready;
      }
      return ready;
    }

    private ObjectNode event() {
      ObjectNode event = Json.object();
      publish
          .attributes()
          .forEach((name, attribute) -> {
            switch (attribute.type()) {
              case "String.Array" -> event.set(name, parsed(attribute.value()));
              case "Number" -> event.set(name, number(attribute.value()));
              default -> {
                if (!attribute.type().startsWith("Binary")) {
                  event.put(name, attribute.value());
                }
              }
            }
          });
      return event;
    }

    private static JsonNode number(String text) {
      try {
        return Json.object().put("value", new BigDecimal(text)).path("value");
      } catch (NumberFormatException e) {
        return Json.text(text);
      }
    }

    private static JsonNode parsed(String text) {
      try {
        return Json.parse(text);
      } catch (MalformedJson e) {
        return Json.text(text);
      }
    }
  }
}
