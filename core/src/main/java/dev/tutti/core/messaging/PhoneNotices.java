package dev.tutti.core.messaging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Request;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Notices that go to phones, as pushes or text messages: operations of the service {@code gateway},
 * which hands them to whoever has a way to phones. A request says what is told; how it gets there,
 * which may change until it is sent (a device's token, a sender's name), is looked up then.
 */
public final class PhoneNotices {
  /** The protocol of pushes, which go to platform endpoints. */
  public static final String PUSH = "application";

  /** The protocol of text messages. */
  public static final String TEXT = "sms";

  private PhoneNotices() {}

  /** Whether what a protocol delivers goes to a phone. */
  static boolean carries(String protocol) {
    return protocol.equals(PUSH) || protocol.equals(TEXT);
  }

  /** All that go by the same gateway wait in the same queue, whoever they are for. */
  static String lane(String protocol) {
    return "gateway:" + protocol;
  }

  /** The name under which a message with a text for each protocol has the one for an endpoint. */
  public static String entry(String protocol, String endpoint) {
    return protocol.equals(PUSH) ? PushEndpoint.platform(endpoint) : protocol;
  }

  /** The delivery of a notice to one subscription. */
  static Request request(String id, NoticeFact.Published notice, Match match) {
    return request(
        id,
        new NoticeFact.Sent(
            match.owner(),
            match.subscriptionArn().split(":", -1)[3],
            match.protocol(),
            match.endpoint(),
            notice.messages(),
            notice.subject(),
            notice.attributes()),
        notice.topicArn());
  }

  /**
   * The request that sends it.
   *
   * @param topicArn null where it was published to nobody else
   */
  static Request request(String id, NoticeFact.Sent notice, @Nullable String topicArn) {
    String entry = entry(notice.protocol(), notice.endpoint());
    boolean own = notice.messages().containsKey(entry);
    ObjectNode input = Json.object();
    input.put("MessageId", id).put("To", notice.endpoint());
    input.put("Message", notice.messages().getOrDefault(own ? entry : "default", ""));
    input.put("ForPlatform", own);
    if (notice.subject() != null) {
      input.put("Subject", notice.subject());
    }
    if (topicArn != null) {
      input.put("TopicArn", topicArn);
    }
    input.set("MessageAttributes", attributes(notice.attributes()));
    return new Request.Operation(
        notice.owner(),
        notice.region(),
        "gateway",
        notice.protocol().equals(PUSH) ? "SendPush" : "SendText",
        input);
  }

  private static ObjectNode attributes(Map<String, NoticeCommand.Attribute> given) {
    ObjectNode attributes = Json.object();
    given.forEach((name, each) ->
        attributes.putObject(name).put("Type", each.type()).put("Value", each.value()));
    return attributes;
  }
}
