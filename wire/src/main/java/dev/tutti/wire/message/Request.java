package dev.tutti.wire.message;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One HTTP request, read to its end. Treat the body's bytes as immutable. */
public final class Request {
  private final String method;
  private final String path;
  private final String query;
  private final Map<String, List<String>> headers;
  private final byte[] body;
  private @Nullable Parameters parameters;

  /**
   * @param method in capitals
   * @param path as sent, still percent-encoded, from the first slash on
   * @param query as sent, without the question mark; empty where there is none
   * @param headers values by name in any case, in the order received
   * @param body the content as sent
   */
  public Request(
      String method, String path, String query, Map<String, List<String>> headers, byte[] body) {
    this.method = method;
    this.path = path;
    this.query = query;
    this.headers = new TreeMap<>();
    headers.forEach((name, values) -> this.headers.put(lower(name), List.copyOf(values)));
    this.body = body;
  }

  public String method() {
    return method;
  }

  public String path() {
    return path;
  }

  public String query() {
    return query;
  }

  public byte[] body() {
    return body;
  }

  /** The same request with another content. */
  public Request withBody(byte[] content) {
    return new Request(method, path, query, headers, content);
  }

  /** The first value of a header, or null. */
  public @Nullable String header(String name) {
    List<String> values = headers.get(lower(name));
    return values == null || values.isEmpty() ? null : values.getFirst();
  }

  /** All values of a header, in the order received. */
  public List<String> headers(String name) {
    return headers.getOrDefault(lower(name), List.of());
  }

  /** The names of all headers, in small letters, sorted. */
  public Set<String> headerNames() {
    return Collections.unmodifiableSet(headers.keySet());
  }

  /** The query string's parameters and, where the content is a form, the form's after them. */
  public Parameters parameters() {
    Parameters known = parameters;
    if (known == null) {
      known = Parameters.parse(query);
      if (isForm()) {
        known = known.and(Parameters.parse(new String(body, StandardCharsets.UTF_8)));
      }
      parameters = known;
    }
    return known;
  }

  private boolean isForm() {
    String type = header("Content-Type");
    return type != null && lower(type).startsWith("application/x-www-form-urlencoded");
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
