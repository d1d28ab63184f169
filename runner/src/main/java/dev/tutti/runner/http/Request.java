package dev.tutti.runner.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request, read whole. Header names are in lower case. */
public final class Request {
  private final String method;
  private final String path;
  private final Map<String, String> headers;
  private final byte[] body;
  private final long bodyLength;

  Request(String method, String path, Map<String, String> headers, byte[] body, long bodyLength) {
    this.method = method;
    this.path = path;
    this.headers = headers;
    this.body = body;
    this.bodyLength = bodyLength;
  }

  public String method() {
    return method;
  }

  /** The request's target as sent, with its query if it has one. */
  public String path() {
    return path;
  }

  public @Nullable String header(String lowerCaseName) {
    return headers.get(lowerCaseName);
  }

  /** The body; only its beginning where {@link #isOversized()}. */
  public byte[] body() {
    return body;
  }

  /** Whether the body was longer than the listener keeps; the rest was read and dropped. */
  public boolean isOversized() {
    return bodyLength > body.length;
  }
}
