package dev.tutti.core.asl.data;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Timestamps of the language: ISO 8601 extended, with an offset or Z. */
public final class Timestamps {
  private static final int SHORTEST = "2000-01-01T00:00Z".length();

  private Timestamps() {}

  /** The instant that a text stands for, null where it is no timestamp. */
  public static @Nullable Instant parse(String text) {
    if (text.length() < SHORTEST || text.charAt(text.indexOf('-', 1) + 6) != 'T') {
      return null;
    }
    try {
      return OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
