package dev.tutti.wire.http;

import dev.tutti.wire.ServiceError;
import dev.tutti.wire.message.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * A request's content without the compression that its client may have applied. Not for S3, where
 * what is packed is stored packed.
 */
final class Unpacked {
  private Unpacked() {}

  static Request of(Request request, int maxBytes) {
    String encoding = request.header("Content-Encoding");
    if (encoding == null || !encoding.equalsIgnoreCase("gzip")) {
      return request;
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(request.body()))) {
      byte[] content = in.readNBytes(maxBytes);
      if (in.read() >= 0) {
        throw new ServiceError(
            "RequestEntityTooLargeException",
            "The request is larger than " + maxBytes + " bytes",
            413);
      }
      return request.withBody(content);
    } catch (IOException e) {
      throw new ServiceError(
          "SerializationException", "The content is not well-formed gzip: " + e.getMessage());
    }
  }
}
