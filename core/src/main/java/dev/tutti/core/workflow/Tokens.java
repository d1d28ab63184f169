package dev.tutti.core.workflow;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Task tokens: opaque texts that lead back to the Task that waits. */
public final class Tokens {
  private static final Pattern FORM =
      Pattern.compile(
          "(arn:[^:]+:states:[^:]+:\\d{12}:execution:[^:\n]+:[^:\n]+)\n(\\d{1,18})\n[0-9a-f]{16}");

  private Tokens() {}

  static String of(String executionArn, long scheduled, String nonce) {
    String text = executionArn + "\n" + scheduled + "\n" + nonce;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The execution that a token leads to; null where it is no token of ours. */
  public static @Nullable String execution(String token) {
    try {
      var text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      var matcher = FORM.matcher(text);
      return matcher.matches() ? matcher.group(1) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
