package dev.tutti.runner.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests from one connection (RFC 9112): head, then a body by length or in chunks.
 *
 * <p>Everything is bounded. A body over {@code maxBody} is still read to its end, up to {@link
 * #MAX_DRAINED}, because a client that is cut off while it sends never sees the answer that says
 * why.
 */
final class RequestReader {
  static final long MAX_DRAINED = 256L * 1024 * 1024;
  private static final int MAX_HEAD = 64 * 1024;
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final InputStream in;
  private final OutputStream out;
  private final int maxBody;
  private final byte[] buffer = new byte[16 * 1024];
  private int next;
  private int filled;
  private byte[] line = new byte[256];
  private int headLeft;

  RequestReader(InputStream in, OutputStream out, int maxBody) {
    this.in = in;
    this.out = out;
    this.maxBody = maxBody;
  }

  /** The next request, or null where the client has closed the connection between two. */
  @Nullable Request read() throws IOException {
    headLeft = MAX_HEAD;
    String start = line();
    if (start == null) {
      return null;
    }
    String[] parts = start.split(" ", -1);
    if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
      throw new MalformedRequest("not a request line");
    }
    Map<String, String> headers = headers();
    if (parts[2].equals("HTTP/1.0")) {
      headers.putIfAbsent("connection", "close");
    }
    Body body = new Body(maxBody);
    readBody(headers, body);
    return new Request(parts[0], parts[1], headers, body.kept(), body.length);
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = required(); !line.isEmpty(); line = required()) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new MalformedRequest("not a header");
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return headers;
  }

  private void readBody(Map<String, String> headers, Body body) throws IOException {
    String coding = headers.get("transfer-encoding");
    String length = headers.get("content-length");
    if (coding == null && length == null) {
      return;
    }
    if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
      out.write(CONTINUE);
      out.flush();
    }
    if (coding == null) {
      body.take(number(String.valueOf(length), 10));
    } else if (coding.equalsIgnoreCase("chunked")) {
      readChunks(body);
    } else {
      throw new MalformedRequest("unknown transfer coding");
    }
  }

  private void readChunks(Body body) throws IOException {
    while (true) {
      headLeft = MAX_HEAD;
      String size = required();
      int extension = size.indexOf(';');
      long length = number((extension < 0 ? size : size.substring(0, extension)).strip(), 16);
      if (length == 0) {
        break;
      }
      body.take(length);
      if (!required().isEmpty()) {
        throw new MalformedRequest("a chunk that is longer than it says");
      }
    }
    String trailer = required();
    while (!trailer.isEmpty()) { // they say nothing that we use
      trailer = required();
    }
  }

  private static long number(String digits, int radix) throws MalformedRequest {
    try {
      long value = Long.parseLong(digits, radix);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new MalformedRequest("not a length");
    }
    throw new MalformedRequest("a length below zero");
  }

  private String required() throws IOException {
    String line = line();
    if (line == null) {
      throw new EOFException("the request ends in the middle");
    }
    return line;
  }

  private @Nullable String line() throws IOException {
    int length = 0;
    while (true) {
      if (next == filled && !fill()) {
        if (length == 0) {
          return null;
        }
        throw new EOFException("the request ends in the middle");
      }
      byte b = buffer[next++];
      if (b == '\n') {
        break;
      }
      if (--headLeft < 0) {
        throw new MalformedRequest("the head is too long");
      }
      if (length == line.length) {
        line = Arrays.copyOf(line, 2 * length);
      }
      line[length++] = b;
    }
    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    return new String(line, 0, end, StandardCharsets.ISO_8859_1);
  }

  private boolean fill() throws IOException {
    next = 0;
    filled = Math.max(0, in.read(buffer));
    return filled > 0;
  }

  /** Collects a body, keeping no more than its bound. */
  private final class Body {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int bound;
    private long length;

    Body(int bound) {
      this.bound = bound;
    }

    void take(long count) throws IOException {
      if (length + count > MAX_DRAINED) {
        throw new MalformedRequest("the body is too long");
      }
      for (long left = count; left > 0; ) {
        if (next == filled && !fill()) {
          throw new EOFException("the body ends early");
        }
        int n = (int) Math.min(left, filled - next);
        kept.write(buffer, next, Math.min(n, bound - kept.size()));
        next += n;
        length += n;
        left -= n;
      }
    }

    byte[] kept() {
      return kept.toByteArray();
    }
  }
}
