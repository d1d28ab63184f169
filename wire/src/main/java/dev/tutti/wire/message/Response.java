package dev.tutti.wire.message;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One HTTP answer: whole, or written bit by bit. */
public final class Response {
  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;
  private final @Nullable Content content;

  /** Writes the content of an answer that has no known end. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes until all is said or the client is gone; blocks while the client is slow.
     *
     * @throws IOException where the client is gone
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Headers by name, in the order in which they are sent. */
  public Response(int status, Map<String, String> headers, byte[] body) {
    this(status, headers, body, null);
  }

  private Response(
      int status, Map<String, String> headers, byte[] body, @Nullable Content content) {
    this.status = status;
    this.headers = new LinkedHashMap<>(headers);
    this.body = body;
    this.content = content;
  }

  /** An answer that is written bit by bit. */
  public static Response streamed(int status, Map<String, String> headers, Content content) {
    return new Response(status, headers, new byte[0], content);
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

  /** What writes the content; null where {@link #body} is all of it. */
  public @Nullable Content content() {
    return content;
  }

  /** The same answer with one more header. */
  public Response with(String name, String value) {
    Response more = new Response(status, headers, body, content);
    more.headers.put(name, value);
    return more;
  }
}
