package dev.tutti.core.messaging;

import dev.tutti.core.kernel.Fact;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happened to a notice. */
public sealed interface NoticeFact extends Fact {

  /**
   * It was accepted, and who gets it is settled; members as in {@link NoticeCommand.Publish}.
   *
   * @param publicUrl where its links lead, without a slash at the end
   */
  record Published(
      String topicArn,
      Map<String, String> messages,
      @Nullable String subject,
      Map<String, NoticeCommand.Attribute> attributes,
      String publicUrl,
      List<Match> matches)
      implements NoticeFact {

    /** The message for a protocol. */
    public String message(String protocol) {
      String own = messages.get(protocol);
      return own == null ? messages.getOrDefault("default", "") : own;
    }
  }
}
