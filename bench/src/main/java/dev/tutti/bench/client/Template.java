package dev.tutti.bench.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A rendered request with numbers of a fixed width in it, written in place: nothing is rendered
 * twice.
 */
public final class Template {
  private final byte[] bytes;
  private final int width;
  private final List<Integer> places = new ArrayList<>();

  /**
   * Takes a copy.
   *
   * @param request holds the marker wherever the number goes
   * @param marker as wide as the number
   */
  public Template(byte[] request, String marker) {
    byte[] sought = marker.getBytes(StandardCharsets.US_ASCII);
    this.bytes = request.clone();
    this.width = sought.length;
    for (int at = 0; at <= bytes.length - width; at++) {
      if (Arrays.equals(bytes, at, at + width, sought, 0, width)) {
        places.add(at);
      }
    }
    if (places.isEmpty()) {
      throw new IllegalArgumentException("the request has no " + marker);
    }
  }

  /** The request with a number, with leading zeros; valid until the next call. */
  public byte[] with(long number) {
    for (int place : places) {
      long left = number;
      for (int at = place + width - 1; at >= place; at--) {
        bytes[at] = (byte) ('0' + left % 10);
        left /= 10;
      }
    }
    return bytes;
  }
}
