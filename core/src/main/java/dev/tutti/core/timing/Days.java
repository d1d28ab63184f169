package dev.tutti.core.timing;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Which days of a month a cron expression means. One of its two fields for days says so; the other
 * is {@code ?}.
 */
sealed interface Days {

  /** The days of a month, as set bits. */
  BitSet in(int year, int month);

  /** Days by their numbers, whatever the month; those it doesn't have never come. */
  record Numbered(BitSet days) implements Days {
    @Override
    public BitSet in(int year, int month) {
      BitSet those = (BitSet) days.clone();
      those.clear(YearMonth.of(year, month).lengthOfMonth() + 1, 32);
      return those;
    }
  }

  /** Days of the week, from Sunday as 1. */
  record Weekdays(BitSet weekdays) implements Days {
    @Override
    public BitSet in(int year, int month) {
      BitSet those = new BitSet();
      for (int day = 1; day <= YearMonth.of(year, month).lengthOfMonth(); day++) {
        those.set(day, weekdays.get(weekday(LocalDate.of(year, month, day))));
      }
      return those;
    }
  }

  /** {@code L} or {@code L-n}: so many days before the month's last; none where it is shorter. */
  record Last(int before) implements Days {
    @Override
    public BitSet in(int year, int month) {
      return only(YearMonth.of(year, month).lengthOfMonth() - before);
    }
  }

  /** {@code nW}, or {@code LW} as 31 at most: the weekday nearest to a day, in the same month. */
  record NearestWeekday(int day, boolean orLast) implements Days {
    @Override
    public BitSet in(int year, int month) {
      int length = YearMonth.of(year, month).lengthOfMonth();
      if (day > length && !orLast) {
        return new BitSet();
      }
      int wanted = Math.min(day, length);
      DayOfWeek there = LocalDate.of(year, month, wanted).getDayOfWeek();
      int moved =
          switch (there) {
            case SATURDAY -> wanted == 1 ? 2 : -1;
            case SUNDAY -> wanted == length ? -2 : 1;
            case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> 0;
          };
      return only(wanted + moved);
    }
  }

  /** {@code d#n}: the nth of a day of the week; a month may have no fifth. */
  record Nth(int weekday, int n) implements Days {
    @Override
    public BitSet in(int year, int month) {
      int day = firstOf(weekday, year, month) + (n - 1) * 7;
      return day > YearMonth.of(year, month).lengthOfMonth() ? new BitSet() : only(day);
    }
  }

  /** {@code dL}: the last of a day of the week. */
  record LastOf(int weekday) implements Days {
    @Override
    public BitSet in(int year, int month) {
      int first = firstOf(weekday, year, month);
      int length = YearMonth.of(year, month).lengthOfMonth();
      return only(first + (length - first) / 7 * 7);
    }
  }

  /** Days of several kinds. */
  record Any(List<Days> kinds) implements Days {
    @Override
    public BitSet in(int year, int month) {
      BitSet those = new BitSet();
      kinds.forEach(kind -> those.or(kind.in(year, month)));
      return those;
    }
  }

  /**
   * Reads the two fields for days.
   *
   * @throws MalformedField where either can't be read, or not exactly one of them is {@code ?}
   */
  static Days parse(String ofMonth, String ofWeek) {
    if (ofMonth.equals("?") == ofWeek.equals("?")) {
      throw new MalformedField(ofMonth + ' ' + ofWeek);
    }
    boolean byMonth = !ofMonth.equals("?");
    List<Days> kinds = new ArrayList<>();
    for (String part : (byMonth ? ofMonth : ofWeek).split(",", -1)) {
      kinds.add(byMonth ? dayOfMonth(part) : dayOfWeek(part));
    }
    return kinds.size() == 1 ? kinds.getFirst() : new Any(List.copyOf(kinds));
  }

  private static Days dayOfMonth(String text) {
    if (text.equals("L")) {
      return new Last(0);
    }
    if (text.equals("LW")) {
      return new NearestWeekday(31, true);
    }
    if (text.startsWith("L-")) {
      int before = Field.number(text.substring(2));
      if (before > 30) {
        throw new MalformedField(text);
      }
      return new Last(before);
    }
    if (text.endsWith("W")) {
      return new NearestWeekday(
          Field.DAYS_OF_MONTH.value(text.substring(0, text.length() - 1)), false);
    }
    return new Numbered(Field.DAYS_OF_MONTH.part(text));
  }

  private static Days dayOfWeek(String text) {
    int hash = text.indexOf('#');
    if (hash >= 0) {
      int n = Field.number(text.substring(hash + 1));
      if (n < 1 || n > 5) {
        throw new MalformedField(text);
      }
      return new Nth(Field.DAYS_OF_WEEK.value(text.substring(0, hash)), n);
    }
    if (text.equals("L")) {
      return new Weekdays(Field.DAYS_OF_WEEK.part("SAT"));
    }
    if (text.endsWith("L")) {
      return new LastOf(Field.DAYS_OF_WEEK.value(text.substring(0, text.length() - 1)));
    }
    return new Weekdays(Field.DAYS_OF_WEEK.part(text));
  }

  /** A day's number in the week, from Sunday as 1. */
  private static int weekday(LocalDate day) {
    return day.getDayOfWeek().getValue() % 7 + 1;
  }

  /** The first day of a month that is a certain day of the week. */
  private static int firstOf(int weekday, int year, int month) {
    return 1 + Math.floorMod(weekday - weekday(LocalDate.of(year, month, 1)), 7);
  }

  private static BitSet only(int day) {
    BitSet set = new BitSet();
    if (day >= 1) {
      set.set(day);
    }
    return set;
  }
}
