package dev.tutti.bench.client;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.jspecify.annotations.Nullable;

/** The reading half of a connection: finds where an answer ends, and nothing else. */
final class Input {
  private static final int CR_LF_CR_LF = 0x0D0A0D0A;
  private static final byte[] LENGTH = {
    'c', 'o', 'n', 't', 'e', 'n', 't', '-', 'l', 'e', 'n', 'g', 't', 'h', ':'
  };

  private ByteBuffer buffer = ByteBuffer.allocate(16 << 10);
  private int head;
  private int whole;

  /** Reads what is there; returns an answer once it is whole. */
  @Nullable Answer read(ReadableByteChannel channel) throws IOException {
    if (!buffer.hasRemaining()) {
      buffer = ByteBuffer.allocate(Math.max(whole, buffer.capacity() * 2)).put(buffer.flip());
    }
    if (channel.read(buffer) < 0) {
      throw new EOFException("the server closed the connection");
    }
    if (head == 0) {
      findHead();
    }
    if (head == 0 || buffer.position() < whole) {
      return null;
    }
    byte[] bytes = buffer.array();
    Answer answer = new Answer(status(bytes), bytes, head, whole);
    buffer.clear();
    head = 0;
    whole = 0;
    return answer;
  }

  private void findHead() throws IOException {
    byte[] bytes = buffer.array();
    int last = 0;
    for (int at = 0; at < buffer.position(); at++) {
      last = (last << 8) | (bytes[at] & 0xFF);
      if (last == CR_LF_CR_LF) {
        head = at + 1;
        whole = head + length(bytes, head);
        return;
      }
    }
  }

  private static int status(byte[] bytes) {
    return (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + bytes[11] - '0';
  }

  private static int length(byte[] bytes, int head) throws IOException {
    for (int at = 0; at < head - LENGTH.length; at++) {
      int i = 0;
      while (i < LENGTH.length && (bytes[at + i] | 0x20) == (LENGTH[i] | 0x20)) {
        i++;
      }
      if (i == LENGTH.length) {
        return number(bytes, at + i);
      }
    }
    if (status(bytes) == 204) {
      return 0;
    }
    throw new IOException("an answer without a Content-Length");
  }

  private static int number(byte[] bytes, int from) {
    int at = from;
    while (bytes[at] == ' ') {
      at++;
    }
    int number = 0;
    while (bytes[at] >= '0' && bytes[at] <= '9') {
      number = number * 10 + bytes[at++] - '0';
    }
    return number;
  }
}
