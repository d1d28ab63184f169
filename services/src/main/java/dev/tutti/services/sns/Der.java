package dev.tutti.services.sns;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes the few forms of ASN.1's distinguished encoding (X.690) that a certificate is made of. */
final class Der {
  private static final int INTEGER = 0x02;
  private static final int BITS = 0x03;
  private static final int OBJECT = 0x06;
  private static final int TEXT = 0x0c;
  private static final int TIME = 0x18;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int EXPLICIT = 0xa0;
  private static final byte[] NULL = {0x05, 0x00};
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private Der() {}

  static byte[] sequence(byte[]... parts) {
    return tagged(SEQUENCE, joined(parts));
  }

  static byte[] set(byte[]... parts) {
    return tagged(SET, joined(parts));
  }

  /** A part with a number in its place. */
  static byte[] explicit(int number, byte[] part) {
    return tagged(EXPLICIT + number, part);
  }

  static byte[] integer(BigInteger value) {
    return tagged(INTEGER, value.toByteArray());
  }

  /** Whole bytes as a string of bits. */
  static byte[] bits(byte[] bytes) {
    return tagged(BITS, joined(new byte[] {0}, bytes));
  }

  /** An object identifier, by its numbers. */
  static byte[] object(int... numbers) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(numbers[0] * 40 + numbers[1]);
    for (int i = 2; i < numbers.length; i++) {
      for (int shift = 28; shift > 0; shift -= 7) {
        if (numbers[i] >> shift != 0) {
          out.write((numbers[i] >> shift & 0x7f) | 0x80);
        }
      }
      out.write(numbers[i] & 0x7f);
    }
    return tagged(OBJECT, out.toByteArray());
  }

  static byte[] text(String text) {
    return tagged(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A time to the second. */
  static byte[] time(Instant instant) {
    return tagged(TIME, SECONDS.format(instant).getBytes(StandardCharsets.US_ASCII));
  }

  static byte[] nothing() {
    return NULL.clone();
  }

  private static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else {
      byte[] length = BigInteger.valueOf(content.length).toByteArray();
      int from = length[0] == 0 ? 1 : 0;
      out.write(0x80 | (length.length - from));
      out.write(length, from, length.length - from);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
