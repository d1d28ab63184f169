package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.deploy.template.Place;
import dev.tutti.deploy.template.Shape;
import java.util.Map;

/** What an entry of a SAM resource's Events stands for: a rule, or a subscription. */
final class SamEvents {
  private SamEvents() {}

  /**
   * A rule with one target, by a pattern or by a schedule.
   *
   * @param target ARN of what the rule starts or invokes
   * @param targetId the target's id where the event gives none
   * @param role ARN of the role that the target takes; empty where it takes none
   */
  static Resource rule(
      String logicalId,
      Place place,
      String type,
      Shape event,
      String target,
      String targetId,
      String role,
      Site site) {
    ObjectNode settings = Json.object();
    boolean scheduled = type.equals("Schedule");
    if (scheduled) {
      settings.put("ScheduleExpression", event.required("Schedule"));
      String description = event.text("Description");
      if (description != null) {
        settings.put("Description", description);
      }
    } else {
      EventsRule.pattern(event, "Pattern", settings, true, site);
    }
    String state = event.text("State");
    Boolean enabled = event.flag("Enabled");
    settings.put(
        "State", state != null ? state : enabled == null || enabled ? "ENABLED" : "DISABLED");
    ObjectNode entry = Json.object();
    Shape named = event.shape("Target");
    entry.put("Id", named == null ? shortened(targetId) : named.required("Id"));
    if (named != null) {
      named.done();
    }
    entry.put("Arn", target);
    if (!role.isEmpty()) {
      entry.put("RoleArn", role);
    }
    EventsRule.delivery(event, entry);
    String bus = scheduled ? null : event.text("EventBusName");
    String name = event.text(scheduled ? "Name" : "RuleName");
    if (type.equals("CloudWatchEvent") && name != null) {
      event.problem("RuleName", "only an EventBridgeRule can be named");
    }
    event.done();
    ArrayNode targets = Json.array().add(entry);
    return EventsRule.resource(
        logicalId, place, name, bus == null ? "default" : bus, settings, targets, Map.of(), site);
  }

  /** A function's subscription to a topic. */
  static Resource subscription(
      String logicalId, Place place, Shape event, String function, Site site) {
    String topic = event.required("Topic");
    Map<String, String> attributes = SubscriptionType.attributes(event);
    event.refuse("SqsSubscription", "subscribe a queue of your own");
    event.done();
    return SubscriptionType.resource(logicalId, place, topic, "lambda", function, attributes);
  }

  /** Says why a kind of event isn't there. */
  static void refuse(Shape event, String type) {
    String reason =
        switch (type) {
          case "Api", "HttpApi" -> "there is no API gateway";
          default ->
              "only EventBridgeRule, CloudWatchEvent, Schedule, ScheduleV2 and, for functions, SNS"
                  + " and SQS are";
        };
    event.problem("Type", "events of type " + type + " are not supported: " + reason);
  }

  private static String shortened(String id) {
    return id.length() <= 64 ? id : id.substring(0, 64);
  }
}
