package dev.tutti.core.messaging;

import dev.tutti.core.kernel.Command;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What somebody wants of a notice. */
public sealed interface NoticeCommand extends Command {

  /**
   * Publishes it; repeated, changes nothing.
   *
   * @param messages the message by protocol, with one under {@code default}
   * @param attributes by name
   * @param group handed on to queues; a FIFO topic keeps its order
   * @param deduplication what tells a repetition; of a FIFO topic's only
   * @param signed null where nobody gets it who wants it signed
   */
  record Publish(
      String topicArn,
      Map<String, String> messages,
      @Nullable String subject,
      Map<String, Attribute> attributes,
      @Nullable String group,
      @Nullable String deduplication,
      @Nullable Signed signed)
      implements NoticeCommand {

    /** A standard topic's, not signed: it reaches those who get the message alone. */
    public Publish(
        String topicArn,
        Map<String, String> messages,
        @Nullable String subject,
        Map<String, Attribute> attributes) {
      this(topicArn, messages, subject, attributes, null, null, null);
    }

    /** The same one, signed. */
    public Publish with(Signed made) {
      return new Publish(topicArn, messages, subject, attributes, group, deduplication, made);
    }

    /** The message for a protocol. */
    String message(String protocol) {
      String own = messages.get(protocol);
      return own == null ? messages.getOrDefault("default", "") : own;
    }
  }

  /**
   * Sends it straight to a phone; repeated, changes nothing.
   *
   * @param owner account that sends it
   * @param protocol one that {@link PhoneNotices} carries
   * @param endpoint a platform endpoint's ARN, or a number
   * @param messages as in {@link Publish}; without {@code default} where the endpoint has its own
   */
  record Send(
      String owner,
      String region,
      String protocol,
      String endpoint,
      Map<String, String> messages,
      @Nullable String subject,
      Map<String, Attribute> attributes)
      implements NoticeCommand {}

  /**
   * A message attribute.
   *
   * @param type {@code String}, {@code Number} or {@code Binary}, each maybe with a suffix
   * @param value base64 where the type is binary
   */
  record Attribute(String type, String value) {}
}
