package dev.tutti.services.sns;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.messaging.NoticeCommand;
import dev.tutti.core.messaging.Notices;
import dev.tutti.core.messaging.PhoneNotices;
import dev.tutti.core.messaging.PushApp;
import dev.tutti.core.messaging.PushCatalogue;
import dev.tutti.core.messaging.PushEndpoint;
import dev.tutti.core.messaging.Topic;
import dev.tutti.services.Exchange;
import dev.tutti.wire.ServiceError;
import java.util.Map;
import java.util.regex.Pattern;

/** Publish without a topic: to a phone's number, or to a platform endpoint. */
final class StraightPublishing {
  private static final Pattern NUMBER = Pattern.compile("\\+[1-9]\\d{1,14}");

  /** Longest text message, in characters: as many as SNS cuts into parts. */
  private static final int MAX_TEXT = 1600;

  private final PushCatalogue apps;

  StraightPublishing(Phones phones) {
    this.apps = phones.apps();
  }

  JsonNode toNumber(Exchange exchange) {
    JsonNode input = exchange.input();
    String number = input.path("PhoneNumber").asText();
    if (!NUMBER.matcher(number).matches()) {
      throw Errors.invalid("PhoneNumber Reason: " + number + " is not valid to publish to");
    }
    if (input.hasNonNull("TopicArn") || input.hasNonNull("TargetArn")) {
      throw Errors.invalid(
          "PhoneNumber Reason: a message goes to a number, a topic or an endpoint, to one of them");
    }
    checkNoOrder(input);
    Map<String, String> messages =
        Contents.messages(input, Topic.USUAL_BYTES, "default", PhoneNotices.TEXT);
    String text = messages.getOrDefault(PhoneNotices.TEXT, messages.getOrDefault("default", ""));
    if (text.length() > MAX_TEXT) {
      throw Errors.invalid("Message too long");
    }
    Map<String, NoticeCommand.Attribute> attributes =
        Contents.attributes(input.path("MessageAttributes"));
    attributes.forEach((name, attribute) -> checkAttribute(name, attribute.value()));
    return send(exchange, PhoneNotices.TEXT, number, messages, attributes);
  }

  private static void checkAttribute(String name, String value) {
    boolean fits =
        switch (name) {
          case "AWS.SNS.SMS.SMSType" -> Texting.TYPES.contains(value);
          case "AWS.SNS.SMS.SenderID" -> Texting.isSender(value);
          case "AWS.SNS.SMS.MaxPrice" -> value.matches("\\d{1,9}(\\.\\d{1,5})?");
          default -> true;
        };
    if (!fits) {
      throw Errors.invalid(name + " Reason: " + value + " is not valid");
    }
  }

  JsonNode toEndpoint(Exchange exchange, String arn) {
    JsonNode input = exchange.input();
    PushApp app = apps.appOf(arn);
    PushEndpoint endpoint = app == null ? null : app.endpoint(arn);
    if (app == null || endpoint == null || !app.owner().equals(exchange.context())) {
      throw Errors.invalid("TargetArn Reason: No endpoint found for the target arn specified");
    }
    checkNoOrder(input);
    Map<String, String> messages =
        Contents.messages(input, Topic.USUAL_BYTES, "default", app.platform());
    Map<String, NoticeCommand.Attribute> attributes =
        Contents.attributes(input.path("MessageAttributes"));
    if (!app.enabled()) {
      throw new ServiceError("PlatformApplicationDisabled", "Platform application is disabled");
    }
    if (!endpoint.enabled()) {
      throw new ServiceError("EndpointDisabled", "Endpoint is disabled");
    }
    return send(exchange, PhoneNotices.PUSH, arn, messages, attributes);
  }

  /** Only topics have groups. */
  private static void checkNoOrder(JsonNode input) {
    for (String member : new String[] {"MessageGroupId", "MessageDeduplicationId"}) {
      if (input.hasNonNull(member)) {
        throw Errors.invalid(
            member
                + " Reason: The request includes "
                + member
                + " parameter that is not valid for this topic type");
      }
    }
  }

  private static JsonNode send(
      Exchange exchange,
      String protocol,
      String endpoint,
      Map<String, String> messages,
      Map<String, NoticeCommand.Attribute> attributes) {
    String id = exchange.id("message");
    exchange.ask(
        new Key(Notices.KIND, id),
        new NoticeCommand.Send(
            exchange.context(),
            exchange.region(),
            protocol,
            endpoint,
            messages,
            Contents.subject(exchange.input()),
            attributes));
    return Json.object().put("MessageId", id);
  }
}
