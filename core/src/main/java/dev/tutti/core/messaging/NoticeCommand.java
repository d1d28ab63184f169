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
   */
  record Publish(
      String topicArn,
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
