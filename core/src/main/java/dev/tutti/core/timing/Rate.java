package dev.tutti.core.timing;

import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code rate(value unit)}: due at its start and then again each time the period has passed. A day
 * is 24 hours, whatever the clocks do.
 *
 * @param periodMillis at least one minute
 */
public record Rate(long periodMillis) implements Timing {
  private static final Pattern FORM =
      Pattern.compile("rate\\(([0-9]{1,9}) (minute|hour|day)(s?)\\)");
  private static final Map<String, Long> UNITS =
      Map.of("minute", MINUTE_MILLIS, "hour", 60 * MINUTE_MILLIS, "day", 24 * 60 * MINUTE_MILLIS);

  public Rate {
    if (periodMillis < MINUTE_MILLIS) {
      throw new IllegalArgumentException("less than a minute: " + periodMillis);
    }
  }

  /**
   * Reads a rate; empty where it is none.
   *
   * @param agreeing whether the unit has to agree in number with the value
   */
  static Optional<Rate> parse(String text, boolean agreeing) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long value = Long.parseLong(matcher.group(1));
    boolean plural = !matcher.group(3).isEmpty();
    if (value == 0 || (agreeing && plural == (value == 1))) {
      return Optional.empty();
    }
    return Optional.of(new Rate(value * UNITS.getOrDefault(matcher.group(2), MINUTE_MILLIS)));
  }

  @Override
  public OptionalLong next(long afterMillis, long startMillis, ZoneId zone) {
    if (afterMillis < startMillis) {
      return OptionalLong.of(startMillis);
    }
    long passed = (afterMillis - startMillis) / periodMillis;
    return OptionalLong.of(startMillis + (passed + 1) * periodMillis);
  }
}
