package dev.tutti.app;

import dev.tutti.wire.ServiceError;
import dev.tutti.wire.auth.Accounts;
import dev.tutti.wire.auth.Credential;
import dev.tutti.wire.message.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * Who asks for one of the runtime's own paths, by an access key: that of an AWS signature, of
 * {@code Authorization: Bearer KEY}, or the user of {@code Authorization: Basic}. As with AWS's
 * operations nothing of it is proved, and a request without a key is the default context's.
 */
final class Caller {
  private Caller() {}

  /**
   * The caller's account.
   *
   * @throws ServiceError where the key is nobody's
   */
  static String of(Request request, Accounts accounts) {
    String key = Credential.of(request).map(Credential::accessKey).orElseGet(() -> plain(request));
    return accounts
        .accountOf(key)
        .orElseThrow(() ->
            new ServiceError(
                "UnrecognizedClientException", "The access key is nobody's here.", 403));
  }

  private static String plain(Request request) {
    String header = request.header("Authorization");
    String text = header == null ? "" : header.trim();
    String scheme = text.toLowerCase(Locale.ROOT);
    if (scheme.startsWith("bearer ")) {
      return text.substring("bearer ".length()).trim();
    }
    if (scheme.startsWith("basic ")) {
      return user(text.substring("basic ".length()).trim());
    }
    return "";
  }

  private static String user(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0 ? pair : pair.substring(0, colon);
    } catch (IllegalArgumentException e) {
      throw new ServiceError(
          "UnrecognizedClientException", "The Basic credentials are not base64.", 403);
    }
  }
}
