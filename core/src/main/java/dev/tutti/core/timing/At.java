package dev.tutti.core.timing;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code at(yyyy-mm-ddThh:mm:ss)}: due once.
 *
 * @param time in the schedule's zone; one that the clocks skip is moved on by what they skip, one
 *     that they show twice is the first
 */
public record At(LocalDateTime time) implements Timing {
  private static final Pattern FORM =
      Pattern.compile("at\\(([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})\\)");

  static Optional<At> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new At(LocalDateTime.parse(matcher.group(1))));
    } catch (DateTimeException e) {
      return Optional.empty(); // a date that no calendar has
    }
  }

  @Override
  public OptionalLong next(long afterMillis, long startMillis, ZoneId zone) {
    long millis = time.atZone(zone).toInstant().toEpochMilli();
    return millis > afterMillis ? OptionalLong.of(millis) : OptionalLong.empty();
  }
}
