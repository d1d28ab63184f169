package dev.tutti.core.messaging;

import java.util.Map;
import java.util.TreeMap;

/**
 * A notice's signatures, made before it is decided on: signing costs more than all else.
 *
 * @param millis the notice's time, which is signed with it; epoch milliseconds
 * @param version {@code SignatureVersion}
 * @param signatures by protocol as the messages are, with one under {@code default}
 */
public record Signed(
    long millis, String version, String certificateUrl, Map<String, String> signatures) {

  /** Signs each of a notice's messages. */
  public static Signed of(
      Seal seal, Topic topic, String messageId, NoticeCommand.Publish publish, long millis) {
    Map<String, String> signatures = new TreeMap<>();
    publish
        .messages()
        .forEach((protocol, message) -> {
          if (protocol.equals("default") || topic.delivers(protocol)) {
            signatures.put(
                protocol,
                seal.sign(text(messageId, publish, message, millis), topic.signatureVersion()));
          }
        });
    return new Signed(millis, topic.signatureVersion(), seal.certificateUrl(), signatures);
  }

  private static String text(
      String messageId, NoticeCommand.Publish publish, String message, long millis) {
    Map<String, String> members = new TreeMap<>();
    members.put("Message", message);
    members.put("MessageId", messageId);
    if (publish.subject() != null) {
      members.put("Subject", publish.subject());
    }
    members.put("Timestamp", Messages.timestamp(millis));
    members.put("TopicArn", publish.topicArn());
    members.put("Type", "Notification");
    return text(members);
  }

  /** What is signed: the members by name, each name and value on a line of its own. */
  static String text(Map<String, String> members) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(members)
        .forEach((name, value) -> text.append(name).append('\n').append(value).append('\n'));
    return text.toString();
  }

  String signature(String protocol) {
    String own = signatures.get(protocol);
    return own == null ? signatures.getOrDefault("default", "") : own;
  }
}
