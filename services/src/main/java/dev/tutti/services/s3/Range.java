package dev.tutti.services.s3;

import dev.tutti.wire.ServiceError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of an object (RFC 9110, section 14.1.2; one range only).
 *
 * @param from offset in bytes
 * @param length in bytes
 * @param partial false where no range was asked for
 */
record Range(long from, long length, boolean partial) {
  private static final Pattern FORM = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /** Reads a Range header; empty is the whole. What is no range is the whole, too. */
  static Range of(String header, long size) {
    Matcher parts = FORM.matcher(header);
    if (!parts.matches() || (parts.group(1).isEmpty() && parts.group(2).isEmpty())) {
      return new Range(0, size, false);
    }
    if (parts.group(1).isEmpty()) {
      long last = Math.min(size, Long.parseLong(parts.group(2)));
      return checked(size - last, last, size);
    }
    long from = Long.parseLong(parts.group(1));
    long to =
        parts.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(parts.group(2)));
    return checked(from, to - from + 1, size);
  }

  private static Range checked(long from, long length, long size) {
    if (length <= 0 || from >= size) {
      throw new ServiceError("InvalidRange", "The requested range is not satisfiable", 416);
    }
    return new Range(from, length, true);
  }
}
