package dev.tutti.core.asl.data;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code $fromMillis}: bounded widths, and the year of ISO weeks, which the library takes for
 * another.
 */
final class JsonataDates {
  private static final Pattern WEEK_YEAR = Pattern.compile("\\[X([^\\]]*)\\]");
  private static final Pattern WIDE = Pattern.compile("\\[[^\\],]*,[^\\]]*\\d{4}");
  private static final int LONGEST_PICTURE = 1_000;

  private JsonataDates() {}

  /** Writes a point in time by a picture. */
  interface Format {
    String write(long millis, @Nullable String picture, @Nullable String zone);
  }

  static @Nullable Object fromMillis(@Nullable List<?> args, Format format) {
    if (!(JsonataFunctions.argument(args, 0) instanceof Number given)) {
      return null;
    }
    long millis = given.longValue();
    String picture = JsonataFunctions.argument(args, 1) instanceof String text ? text : null;
    String zone = JsonataFunctions.argument(args, 2) instanceof String text ? text : null;
    if (picture == null) {
      return format.write(millis, null, zone);
    }
    if (picture.length() > LONGEST_PICTURE || WIDE.matcher(picture).find()) {
      throw JsonataError.tooMuch();
    }
    return format.write(millis, weekYears(millis, picture, zone, format), zone);
  }

  private static String weekYears(
      long millis, String picture, @Nullable String zone, Format format) {
    Matcher found = WEEK_YEAR.matcher(picture);
    if (!found.find()) {
      return picture;
    }
    int year;
    try {
      String day = format.write(millis, "[Y0001]-[M01]-[D01]", zone);
      year = LocalDate.parse(day).get(IsoFields.WEEK_BASED_YEAR);
    } catch (DateTimeException e) {
      year = Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC).getYear();
    }
    long inYear = LocalDate.of(year, 7, 1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    return found.replaceAll(
        part -> Matcher.quoteReplacement(format.write(inYear, "[Y" + part.group(1) + "]", null)));
  }
}
