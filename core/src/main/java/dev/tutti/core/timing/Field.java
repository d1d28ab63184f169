package dev.tutti.core.timing;

import java.util.BitSet;
import java.util.Locale;

/**
 * A field of a cron expression as a set of numbers: {@code *}, a number or name, a range {@code
 * a-b}, a step {@code a/n}, {@code *}{@code /n} or {@code a-b/n}, and lists of these. A range whose
 * end comes first runs on from the beginning, as {@code FRI-MON} does.
 */
enum Field {
  MINUTES(0, 59, ""),
  HOURS(0, 23, ""),
  DAYS_OF_MONTH(1, 31, ""),
  MONTHS(1, 12, "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC"),
  /** From Sunday on. */
  DAYS_OF_WEEK(1, 7, "SUNMONTUEWEDTHUFRISAT"),
  YEARS(1970, 2199, "");

  private final int least;
  private final int greatest;

  /** Of three letters each, the first one for the least number. */
  private final String names;

  Field(int least, int greatest, String names) {
    this.least = least;
    this.greatest = greatest;
    this.names = names;
  }

  /**
   * Reads a whole field.
   *
   * @throws MalformedField where it isn't one
   */
  BitSet parse(String text) {
    BitSet all = new BitSet();
    for (String part : text.split(",", -1)) {
      all.or(part(part));
    }
    return all;
  }

  /** Reads one element of a list. */
  BitSet part(String text) {
    int slash = text.indexOf('/');
    String range = slash < 0 ? text : text.substring(0, slash);
    int step = slash < 0 ? 1 : step(text.substring(slash + 1));
    int dash = range.indexOf('-');
    if (range.equals("*")) {
      return steps(least, greatest, step);
    }
    if (dash >= 0) {
      return steps(value(range.substring(0, dash)), value(range.substring(dash + 1)), step);
    }
    int first = value(range);
    return steps(first, slash < 0 ? first : greatest, step);
  }

  /** A number within the field's bounds, or a name. */
  int value(String text) {
    int name = text.length() == 3 ? names.indexOf(text.toUpperCase(Locale.ROOT)) : -1;
    int value = name >= 0 && name % 3 == 0 ? name / 3 + least : number(text);
    if (value < least || value > greatest) {
      throw new MalformedField(text);
    }
    return value;
  }

  private int step(String text) {
    int step = number(text);
    if (step < 1 || step > greatest) {
      throw new MalformedField(text);
    }
    return step;
  }

  /** A number of at most four digits. */
  static int number(String text) {
    if (text.isEmpty()
        || text.length() > 4
        || !text.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
      throw new MalformedField(text);
    }
    return Integer.parseInt(text);
  }

  private BitSet steps(int first, int last, int step) {
    int size = greatest - least + 1;
    int count = last >= first ? last - first : last + size - first;
    BitSet set = new BitSet();
    for (int i = 0; i <= count; i += step) {
      set.set(least + (first - least + i) % size);
    }
    return set;
  }
}
