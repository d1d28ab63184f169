package dev.tutti.runner.log;

import java.util.Arrays;

/** The last bytes of what was written, and no more. */
final class Tail {
  private final byte[] ring;
  private long written;

  Tail(int size) {
    this.ring = new byte[size];
  }

  void clear() {
    written = 0;
  }

  void write(byte[] bytes, int from, int to) {
    int start = Math.max(from, to - ring.length);
    written += start - from;
    for (int i = start; i < to; ) {
      int at = (int) (written % ring.length);
      int n = Math.min(to - i, ring.length - at);
      System.arraycopy(bytes, i, ring, at, n);
      written += n;
      i += n;
    }
  }

  byte[] bytes() {
    if (written <= ring.length) {
      return Arrays.copyOf(ring, (int) written);
    }
    int at = (int) (written % ring.length);
    byte[] bytes = new byte[ring.length];
    System.arraycopy(ring, at, bytes, 0, ring.length - at);
    System.arraycopy(ring, 0, bytes, ring.length - at, at);
    return bytes;
  }
}
