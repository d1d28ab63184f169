package dev.tutti.wire.http;

import dev.tutti.wire.message.Request;
import dev.tutti.wire.message.Response;

/**
 * A plain HTTP path beside the AWS protocols, for example {@code GET /health}. It needs no
 * credentials and comes before every service.
 *
 * @param method in capitals
 * @param pathPrefix answers this path and every path that goes on after it with a slash, or, where
 *     it ends in a slash or a hyphen, with anything
 */
public record Route(String method, String pathPrefix, Handler handler) {
  /** Answers on a virtual thread; may block. A streamed answer is written on the same thread. */
  @FunctionalInterface
  public interface Handler {
    Response handle(Request request);
  }

  boolean matches(Request request) {
    String path = request.path();
    return request.method().equals(method)
        && path.startsWith(pathPrefix)
        && (path.length() == pathPrefix.length()
            || pathPrefix.endsWith("/")
            || pathPrefix.endsWith("-")
            || path.charAt(pathPrefix.length()) == '/');
  }
}
