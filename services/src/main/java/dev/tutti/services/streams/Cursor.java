package dev.tutti.services.streams;

import dev.tutti.core.kernel.Ids;
import dev.tutti.wire.ServiceError;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place on a bus's log, after the event that it names. As text {@code <time>-<event id>}.
 *
 * @param millis when the event was accepted, epoch milliseconds
 * @param event its id; {@link #ALL} is after all events of that time
 */
public record Cursor(long millis, String event) {
  /** Sorts after every event id. */
  private static final String ALL = "~";

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,18})-(\\S{1,256})");
  private static final Pattern MILLIS = Pattern.compile("[0-9]{1,18}");

  /** Before all events. */
  public static Cursor beginning() {
    return new Cursor(0, ALL);
  }

  /** After all events up to a time. */
  public static Cursor after(long millis) {
    return new Cursor(Math.max(0, millis), ALL);
  }

  /**
   * Where to begin to read.
   *
   * @param from {@code beginning}, {@code now}, a time (ISO 8601 or epoch milliseconds; events of
   *     that time are read), or a cursor; null for now
   * @param nowMillis up to which all is known
   * @throws ServiceError where it is none of these
   */
  public static Cursor of(@Nullable String from, long nowMillis) {
    if (from == null || from.isEmpty() || from.equals("now")) {
      return after(nowMillis);
    }
    if (from.equals("beginning")) {
      return beginning();
    }
    Matcher cursor = TEXT.matcher(from);
    if (cursor.matches() && !cursor.group(2).matches("[0-9]{2}-.*")) {
      return new Cursor(Long.parseLong(cursor.group(1)), cursor.group(2));
    }
    if (MILLIS.matcher(from).matches()) {
      return after(Long.parseLong(from) - 1);
    }
    try {
      return after(Instant.parse(from).toEpochMilli() - 1);
    } catch (DateTimeException | ArithmeticException e) {
      throw new ServiceError(
          "ValidationException",
          "from is beginning, now, a time or a cursor; not " + from + ": " + e.getMessage());
    }
  }

  /** Whether another place is behind this one. */
  boolean isBefore(Cursor other) {
    return millis < other.millis || (millis == other.millis && event.compareTo(other.event) < 0);
  }

  /** The key of a bus's row of that place. */
  List<String> key(String bus) {
    return List.of(bus, Ids.sortable(millis), event);
  }

  /** The place of a row. */
  static Cursor at(List<String> key) {
    return new Cursor(Long.parseLong(key.get(1)), key.get(2));
  }

  @Override
  public String toString() {
    return millis + "-" + event;
  }
}
