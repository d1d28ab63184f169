package dev.tutti.core.timing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code cron(minutes hours day-of-month month day-of-week year)}, in a time zone.
 *
 * <p>A time that the clocks skip in spring is not due; one that they show twice in autumn is due
 * once, the first time. Both as EventBridge Scheduler documents it; rules are in UTC, where neither
 * happens.
 */
public final class Cron implements Timing {
  private static final String START = "cron(";

  /** Set bits are the numbers that match; months count from 1. */
  private final BitSet minutes;

  private final BitSet hours;
  private final Days days;
  private final BitSet months;
  private final BitSet years;

  private Cron(BitSet minutes, BitSet hours, Days days, BitSet months, BitSet years) {
    this.minutes = minutes;
    this.hours = hours;
    this.days = days;
    this.months = months;
    this.years = years;
  }

  /** Reads a cron expression; empty where it is none. */
  static Optional<Cron> parse(String text) {
    if (!text.startsWith(START) || !text.endsWith(")")) {
      return Optional.empty();
    }
    List<String> fields =
        List.of(text.substring(START.length(), text.length() - 1).split("[ \\t]+", -1));
    if (fields.size() != 6) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Cron(
              Field.MINUTES.parse(fields.get(0)),
              Field.HOURS.parse(fields.get(1)),
              Days.parse(fields.get(2), fields.get(4)),
              Field.MONTHS.parse(fields.get(3)),
              Field.YEARS.parse(fields.get(5))));
    } catch (MalformedField e) {
      return Optional.empty();
    }
  }

  @Override
  public OptionalLong next(long afterMillis, long startMillis, ZoneId zone) {
    LocalDateTime from = LocalDateTime.ofInstant(Instant.ofEpochMilli(afterMillis), zone);
    Optional<LocalDate> day = firstDay(from.toLocalDate());
    while (day.isPresent()) {
      LocalDate date = day.get();
      OptionalLong found = firstTime(date, from, afterMillis, zone);
      if (found.isPresent()) {
        return found;
      }
      day = firstDay(date.plusDays(1));
    }
    return OptionalLong.empty();
  }

  /** The first day that matches, from a date on; empty where no year is left. */
  private Optional<LocalDate> firstDay(LocalDate from) {
    LocalDate day = from;
    for (int year = years.nextSetBit(day.getYear()); year >= 0; year = years.nextSetBit(year + 1)) {
      if (year > day.getYear()) {
        day = LocalDate.of(year, 1, 1);
      }
      for (int month = months.nextSetBit(day.getMonthValue());
          month >= 0;
          month = months.nextSetBit(month + 1)) {
        if (month > day.getMonthValue()) {
          day = LocalDate.of(year, month, 1);
        }
        int found = days.in(year, month).nextSetBit(day.getDayOfMonth());
        if (found >= 0) {
          return Optional.of(LocalDate.of(year, month, found));
        }
      }
    }
    return Optional.empty();
  }

  /** A day's first time after another. The earlier it is by the clock, the earlier it is due. */
  private OptionalLong firstTime(
      LocalDate date, LocalDateTime from, long afterMillis, ZoneId zone) {
    LocalTime earliest = date.equals(from.toLocalDate()) ? from.toLocalTime() : LocalTime.MIDNIGHT;
    for (int hour = hours.nextSetBit(earliest.getHour());
        hour >= 0;
        hour = hours.nextSetBit(hour + 1)) {
      int firstMinute = hour == earliest.getHour() ? earliest.getMinute() : 0;
      for (int minute = minutes.nextSetBit(firstMinute);
          minute >= 0;
          minute = minutes.nextSetBit(minute + 1)) {
        LocalDateTime time = date.atTime(hour, minute);
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time);
        if (!offsets.isEmpty()) {
          long millis = time.toInstant(offsets.getFirst()).toEpochMilli();
          if (millis > afterMillis) {
            return OptionalLong.of(millis);
          }
        }
      }
    }
    return OptionalLong.empty();
  }
}
