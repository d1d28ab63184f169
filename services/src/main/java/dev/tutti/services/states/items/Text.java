package dev.tutti.services.states.items;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Text that is read byte by byte, so that it is always known where one is. */
final class Text {
  /** Longest line or field (Step Functions' limit for a line of JSON). */
  private static final int MOST_BYTES = 8 * 1024 * 1024;

  private final InputStream in;
  private long offset;
  private int next;

  /**
   * The text of a stream.
   *
   * @param offset of its first byte
   */
  Text(InputStream in, long offset) throws IOException {
    this.in = new BufferedInputStream(in, 1 << 16);
    this.offset = offset;
    this.next = this.in.read();
  }

  /** The byte to come; -1 at the end. */
  int peek() {
    return next;
  }

  boolean atEnd() {
    return next < 0;
  }

  /** Offset of the byte to come. */
  long offset() {
    return offset;
  }

  int read() throws IOException {
    int now = next;
    if (now >= 0) {
      offset++;
      next = in.read();
    }
    return now;
  }

  /** Up to the end of the line, which is passed over. */
  String line() throws IOException {
    var bytes = new ByteArrayOutputStream();
    while (next >= 0 && next != '\n') {
      add(bytes);
    }
    int _ = read();
    String line = bytes.toString(StandardCharsets.UTF_8);
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  /** Takes the byte to come. */
  void add(ByteArrayOutputStream to) throws IOException {
    if (to.size() >= MOST_BYTES) {
      throw new Unreadable("A line of the object is longer than " + MOST_BYTES + " bytes.");
    }
    to.write(read());
  }
}
