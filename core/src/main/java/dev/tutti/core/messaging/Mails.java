package dev.tutti.core.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Request;
import java.util.Map;
import java.util.TreeMap;

/**
 * Notices as mails: posts to {@code mailto:} addresses (RFC 6068), whose headers are the mail's.
 * One that is sent again bears the same {@code Message-ID}, by which mail programs know it again.
 */
final class Mails {
  /** The protocol of mails that people read. */
  static final String PLAIN = "email";

  /** The protocol of mails that programs read. */
  static final String JSON = "email-json";

  /** All mail waits for the same server, whoever it is for. */
  static final String LANE = "mailto:";

  private Mails() {}

  /** Whether what a protocol delivers is a mail. */
  static boolean carries(String protocol) {
    return protocol.equals(PLAIN) || protocol.equals(JSON);
  }

  static boolean isMail(String url) {
    return url.startsWith(LANE);
  }

  /** The message with a way out below it. */
  static Request text(String id, NoticeFact.Published notice, Match match) {
    String way =
        "\n\n--\nYou get this because you subscribed to the topic "
            + notice.topicArn()
            + ".\nTo get no more of it, visit:\n"
            + Messages.unsubscribe(notice.publicUrl(), match)
            + "\n";
    return mail(
        match.endpoint(),
        id + '.' + uuid(match.subscriptionArn()),
        subject(notice),
        notice.message(match.protocol()) + way);
  }

  /** All that SNS says of a message. */
  static Request json(String id, NoticeFact.Published notice, Match match, JsonNode notification) {
    return mail(
        match.endpoint(),
        id + '.' + uuid(match.subscriptionArn()),
        subject(notice),
        Json.write(notification));
  }

  private static String uuid(String subscriptionArn) {
    return subscriptionArn.substring(subscriptionArn.lastIndexOf(':') + 1);
  }

  private static String subject(NoticeFact.Published notice) {
    String subject = notice.subject();
    return subject == null ? "Notification from " + name(notice.topicArn()) : subject;
  }

  /** A topic's name. */
  static String name(String topicArn) {
    return topicArn.substring(topicArn.lastIndexOf(':') + 1);
  }

  static Request.Post mail(String address, String id, String subject, String text) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("Message-ID", id);
    headers.put("Subject", subject);
    return new Request.Post(LANE + address, headers, text);
  }
}
