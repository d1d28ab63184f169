package dev.tutti.wire.message;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** One HTTP answer, whole. */
public final class Response {
  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  /** Headers by name, in the order in which they are sent. */
  public Response(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = new LinkedHashMap<>(headers);
    this.body = body;
  }

  /** An answer of text, with its content type. */
  public static Response text(int status, String contentType, String text) {
    return new Response(
        status, Map.of("Content-Type", contentType), text.getBytes(StandardCharsets.UTF_8));
  }

  public int status() {
    return status;
  }

  public Map<String, String> headers() {
    return headers;
  }

  public byte[] body() {
    return body;
  }

  /** The same answer with one more header. */
  public Response with(String name, String value) {
    Response more = new Response(status, headers, body);
    more.headers.put(name, value);
    return more;
  }
}
