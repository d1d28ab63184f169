package dev.tutti.core.events;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How much of a log is kept. A bus says it in its tag {@value #TAG}, for example {@code 7d}, {@code
 * 500MB} or both with a blank between: AWS has no word for it, and a tag goes through every client
 * and template.
 *
 * @param millis the greatest age; 0 for any
 * @param bytes the greatest size of all events together; 0 for any
 */
public record Retention(long millis, long bytes) {
  /** The tag of a bus. */
  public static final String TAG = "tutti:retention";

  /** What was accepted so lately may not be committed everywhere, and is never removed. */
  public static final long SETTLED_MILLIS = 60_000;

  private static final Pattern PART = Pattern.compile("([1-9][0-9]{0,8})(m|h|d|KB|MB|GB|TB)");

  /** A log of which everything goes. */
  public static Retention none() {
    return new Retention(1, 0);
  }

  /** What tags say; null where they say nothing. */
  static @Nullable Retention of(Map<String, String> tags) {
    String value = tags.get(TAG);
    return value == null ? null : parse(value).orElse(null);
  }

  /** Why tags can't be taken; empty where they can. */
  static Optional<String> fault(Map<String, String> tags) {
    String value = tags.get(TAG);
    return value == null || parse(value).isPresent()
        ? Optional.empty()
        : Optional.of(
            "Tag " + TAG + " is an age (30m, 36h, 7d), a size (500MB, 2GB), or both; not " + value);
  }

  /** Reads a tag's value; empty where it isn't one. */
  public static Optional<Retention> parse(String value) {
    long millis = 0;
    long bytes = 0;
    for (String part : value.strip().split(" +", -1)) {
      Matcher matcher = PART.matcher(part);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      long number = Long.parseLong(matcher.group(1));
      String unit = matcher.group(2);
      if (unit.length() == 1 ? millis != 0 : bytes != 0) {
        return Optional.empty();
      }
      if (unit.length() == 1) {
        millis = number * millis(unit);
      } else {
        bytes = number << bits(unit);
      }
    }
    return Optional.of(new Retention(millis, bytes));
  }

  private static long millis(String unit) {
    return switch (unit) {
      case "m" -> 60_000L;
      case "h" -> 3_600_000L;
      default -> 86_400_000L;
    };
  }

  private static int bits(String unit) {
    return switch (unit.toUpperCase(Locale.ROOT)) {
      case "KB" -> 10;
      case "MB" -> 20;
      case "GB" -> 30;
      default -> 40;
    };
  }
}
