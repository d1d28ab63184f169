package dev.tutti.core.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Ids that are derived from what they stand for, so that whoever repeats a work repeats its ids.
 */
public final class Ids {
  private Ids() {}

  /** The first {@code digits} (at most 64) lower-case hex digits of the SHA-256 of a text. */
  public static String hex(String of, int digits) {
    return HexFormat.of().formatHex(sha256(of)).substring(0, digits);
  }

  /** A UUID (version 8 of RFC 9562: custom, here from SHA-256) derived from a text. */
  public static String uuid(String of) {
    return uuidOf(of).toString();
  }

  /** As {@link #uuid}, as a number of 128 bits. */
  public static UUID uuidOf(String of) {
    ByteBuffer hash = ByteBuffer.wrap(sha256(of));
    long high = (hash.getLong() & ~0xf000L) | 0x8000L;
    long low = (hash.getLong() & ~(3L << 62)) | (1L << 63);
    return new UUID(high, low);
  }

  /** A number from 0 as 19 digits, which sort as text as they do as numbers. */
  public static String sortable(long number) {
    String digits = Long.toString(number);
    return "0".repeat(19 - digits.length()) + digits;
  }

  /** A time, epoch milliseconds, as 19 digits that sort the newest first. */
  public static String newestFirst(long millis) {
    return sortable(Long.MAX_VALUE - millis);
  }

  private static byte[] sha256(String of) {
    return Sha256.fresh().digest(of.getBytes(StandardCharsets.UTF_8));
  }
}
