package dev.tutti.runner.http;

import java.util.Map;

/** An answer: status, headers beside length and connection, and the whole body. */
public final class Response {
  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  public Response(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.body = body;
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }
}
