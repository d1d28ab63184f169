package dev.tutti.wire.auth;

import dev.tutti.wire.message.Request;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a request's {@code Authorization} header, or its {@code X-Amz-Credential} parameter, says of
 * the caller. Nothing of it is proved.
 *
 * @param date of the key, {@code yyyymmdd}
 * @param region signed for
 * @param service signed for, by its signing name
 */
public record Credential(String accessKey, String date, String region, String service) {
  /** The request's credential; empty where there is none or it isn't well-formed. */
  public static Optional<Credential> of(Request request) {
    String header = request.header("Authorization");
    String text =
        header == null
            ? request.parameters().first("X-Amz-Credential")
            : parameter(header, "Credential");
    return text == null ? Optional.empty() : parse(text);
  }

  private static Optional<Credential> parse(String text) {
    List<String> parts = List.of(text.split("/", -1));
    int last = parts.size() - 1;
    if (last < 4 || !parts.get(last).equals("aws4_request")) {
      return Optional.empty();
    }
    String key = String.join("/", parts.subList(0, last - 3));
    return Optional.of(
        new Credential(key, parts.get(last - 3), parts.get(last - 2), parts.get(last - 1)));
  }

  /** A parameter of an {@code Authorization} header such as {@code SignedHeaders}, or null. */
  static @Nullable String parameter(String header, String name) {
    int scheme = header.indexOf(' ');
    for (String part : header.substring(scheme + 1).split(",", -1)) {
      String trimmed = part.trim();
      if (trimmed.startsWith(name + "=")) {
        return trimmed.substring(name.length() + 1);
      }
    }
    return null;
  }

  String scope() {
    return date + "/" + region + "/" + service + "/aws4_request";
  }
}
