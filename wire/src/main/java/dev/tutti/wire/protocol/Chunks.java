package dev.tutti.wire.protocol;

import dev.tutti.wire.ServiceError;
import dev.tutti.wire.message.Request;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A body that its client has cut into chunks, {@code aws-chunked}: for each its length in hex,
 * possibly a signature, and its bytes; after the last, empty one come trailers (S3 user guide,
 * "Signature calculations for the authorization header: transferring payload in multiple chunks").
 * The chunks' own signatures and the trailers are not looked at.
 */
final class Chunks {
  private Chunks() {}

  /** The body as it was meant. */
  static byte[] joined(Request request) {
    String hash = request.header("x-amz-content-sha256");
    if (hash == null || !hash.toUpperCase(Locale.ROOT).startsWith("STREAMING-")) {
      return request.body();
    }
    byte[] body = request.body();
    var joined = new ByteArrayOutputStream(body.length);
    int at = 0;
    while (true) {
      int line = endOfLine(body, at);
      String head = new String(body, at, line - at, StandardCharsets.US_ASCII);
      int length = length(head.split(";", 2)[0].trim());
      at = line + 2;
      if (length == 0) {
        return joined.toByteArray();
      }
      if (length > body.length - at) {
        throw broken();
      }
      joined.write(body, at, length);
      at += length + 2;
    }
  }

  private static int endOfLine(byte[] body, int from) {
    for (int i = from; i + 1 < body.length; i++) {
      if (body[i] == '\r' && body[i + 1] == '\n') {
        return i;
      }
    }
    throw broken();
  }

  private static int length(String hex) {
    try {
      return Integer.parseUnsignedInt(hex, 16);
    } catch (NumberFormatException e) {
      throw broken();
    }
  }

  private static ServiceError broken() {
    return new ServiceError(
        "IncompleteBody", "The content does not have the chunks that its headers announce.");
  }
}
