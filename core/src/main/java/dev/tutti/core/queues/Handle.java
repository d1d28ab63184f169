package dev.tutti.core.queues;

import dev.tutti.core.kernel.Ids;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A receipt handle: which message was received, and which time. Opaque to its holder, and checked
 * by a sum, so that a made-up one is told from an old one.
 *
 * @param receives how often the message had been received then, this time included
 */
record Handle(String messageId, int receives) {
  private static final int SUM = 16;

  String text(String queueArn) {
    String plain = messageId + ' ' + receives;
    return Base64.getEncoder()
        .encodeToString(
            (Ids.hex(queueArn + ' ' + plain, SUM) + ' ' + plain).getBytes(StandardCharsets.UTF_8));
  }

  /** Reads a handle of a queue; null where it is none. */
  static @Nullable Handle parse(String queueArn, String text) {
    String decoded;
    try {
      decoded = new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
    int first = decoded.indexOf(' ');
    int last = decoded.lastIndexOf(' ');
    if (first < 0 || last <= first) {
      return null;
    }
    String plain = decoded.substring(first + 1);
    if (!Ids.hex(queueArn + ' ' + plain, SUM).equals(decoded.substring(0, first))) {
      return null;
    }
    return new Handle(
        decoded.substring(first + 1, last), Integer.parseInt(decoded.substring(last + 1)));
  }
}
