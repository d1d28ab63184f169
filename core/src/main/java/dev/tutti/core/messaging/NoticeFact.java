package dev.tutti.core.messaging;

import dev.tutti.core.kernel.Fact;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happened to a notice. */
public sealed interface NoticeFact extends Fact {

  /** It was accepted for one phone alone; members as in {@link NoticeCommand.Send}. */
  record Sent(
      String owner,
      String region,
      String protocol,
      String endpoint,
      Map<String, String> messages,
      @Nullable String subject,
      Map<String, NoticeCommand.Attribute> attributes)
      implements NoticeFact {

    static Sent of(NoticeCommand.Send send) {
      return new Sent(
          send.owner(),
          send.region(),
          send.protocol(),
          send.endpoint(),
          send.messages(),
          send.subject(),
          send.attributes());
    }
  }

  /**
   * It was accepted, and who gets it is settled; members as in {@link NoticeCommand.Publish}.
   *
   * @param publicUrl where its links lead, without a slash at the end
   * @param sequence its number, of a FIFO topic's
   */
  record Published(
      String topicArn,
      Map<String, String> messages,
      @Nullable String subject,
      Map<String, NoticeCommand.Attribute> attributes,
      String publicUrl,
      List<Match> matches,
      @Nullable String group,
      @Nullable String deduplication,
      @Nullable String sequence,
      @Nullable Signed signed)
      implements NoticeFact {

    static Published of(
        NoticeCommand.Publish publish,
        String publicUrl,
        @Nullable String sequence,
        List<Match> matches) {
      return new Published(
          publish.topicArn(),
          publish.messages(),
          publish.subject(),
          publish.attributes(),
          publicUrl,
          matches,
          publish.group(),
          publish.deduplication(),
          sequence,
          publish.signed());
    }

    /** When it was published: as it was signed, else as it was recorded. */
    long millis(long recordedMillis) {
      return signed == null ? recordedMillis : signed.millis();
    }

    /** The message for a protocol. */
    public String message(String protocol) {
      String own = messages.get(protocol);
      return own == null ? messages.getOrDefault("default", "") : own;
    }
  }
}
