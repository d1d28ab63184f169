package dev.tutti.torture.disk;

import java.util.Arrays;

/** Bytes of a file, which grow as they are written. */
final class Content {
  private byte[] bytes;
  private int length;

  Content(byte[] bytes) {
    this.bytes = bytes;
    this.length = bytes.length;
  }

  Content copy() {
    return new Content(toBytes());
  }

  /** Writes; what lies between the end and the place is zero. */
  void write(int offset, byte[] data, int count) {
    int end = offset + count;
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end, bytes.length * 2));
    }
    System.arraycopy(data, 0, bytes, offset, count);
    length = Math.max(length, end);
  }

  void truncate(int to) {
    if (to > bytes.length) {
      bytes = Arrays.copyOf(bytes, to);
    }
    if (to < length) {
      Arrays.fill(bytes, to, length, (byte) 0);
    }
    length = to;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }
}
