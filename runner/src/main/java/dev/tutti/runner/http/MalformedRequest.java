package dev.tutti.runner.http;

import java.io.IOException;

/** Bytes that are not an HTTP/1.1 request, or one beyond the bounds of this server. */
final class MalformedRequest extends IOException {
  private static final long serialVersionUID = 1L;

  MalformedRequest(String message) {
    super(message);
  }
}
