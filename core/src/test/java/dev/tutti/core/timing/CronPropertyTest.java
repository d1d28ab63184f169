package dev.tutti.core.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random expressions against a judge that walks minute by minute and asks each whether it matches,
 * over weeks in which the clocks change. Field and meaning are made together, so that the judge
 * needs no parser.
 */
final class CronPropertyTest {
  private static final int EXPRESSIONS = 60;
  private static final int DAYS = 45;

  private record Part<T>(String text, Predicate<T> matches) {}

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"})
  void nextGivesJustTheTimesThatMatch(String zoneName) {
    ZoneId zone = ZoneId.of(zoneName);
    for (long seed = 1; seed <= EXPRESSIONS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Part<Integer> minutes = numbers(random, 0, 59);
      Part<Integer> hours = numbers(random, 0, 23);
      Part<Integer> months = numbers(random, 1, 12);
      Part<LocalDate> days = days(random);
      boolean byMonth = !days.text().startsWith("w");
      String text =
          "cron(%s %s %s %s %s *)"
              .formatted(
                  minutes.text(),
                  hours.text(),
                  byMonth ? days.text() : "?",
                  months.text(),
                  byMonth ? "?" : days.text().substring(1));
      Instant from = Instant.parse(seed % 2 == 0 ? "2026-03-01T00:00:00Z" : "2026-10-01T00:00:00Z");
      Instant until = from.plusSeconds(DAYS * 86_400L);
      List<Instant> expected = new ArrayList<>();
      Set<LocalDateTime> seen = new HashSet<>();
      for (Instant minute = from.minusSeconds(86_400);
          !minute.isAfter(until);
          minute = minute.plusSeconds(60)) {
        LocalDateTime local = LocalDateTime.ofInstant(minute, zone);
        if (seen.add(local)
            && minute.isAfter(from)
            && minutes.matches().test(local.getMinute())
            && hours.matches().test(local.getHour())
            && months.matches().test(local.getMonthValue())
            && days.matches().test(local.toLocalDate())) {
          expected.add(minute);
        }
      }
      assertThat(walk(text, zone, from, until))
          .as("seed %d, %s in %s", seed, text, zone)
          .isEqualTo(expected);
    }
  }

  private static List<Instant> walk(String text, ZoneId zone, Instant from, Instant until) {
    Timing cron = Timing.ofRule(text).orElseThrow(() -> new AssertionError(text));
    List<Instant> found = new ArrayList<>();
    var next = cron.next(from.toEpochMilli(), 0, zone);
    while (next.isPresent() && next.getAsLong() <= until.toEpochMilli()) {
      found.add(Instant.ofEpochMilli(next.getAsLong()));
      next = cron.next(next.getAsLong(), 0, zone);
    }
    return found;
  }

  private static Part<Integer> numbers(SplittableRandom random, int least, int greatest) {
    int a = random.nextInt(least, greatest + 1);
    int b = random.nextInt(least, greatest + 1);
    int step = random.nextInt(1, greatest + 1);
    int low = Math.min(a, b);
    int high = Math.max(a, b);
    return switch (random.nextInt(6)) {
      case 0 -> part("*", n -> true);
      case 1 -> part(a + "," + b, n -> n == a || n == b);
      case 2 -> part(low + "-" + high, n -> n >= low && n <= high);
      case 3 ->
          part(low + "-" + high + "/" + step, n -> n >= low && n <= high && (n - low) % step == 0);
      case 4 -> part("*/" + step, n -> (n - least) % step == 0);
      default -> part(a + "/" + step, n -> n >= a && (n - a) % step == 0);
    };
  }

  private static Part<Integer> part(String text, IntPredicate matches) {
    return new Part<>(text, matches::test);
  }

  private static Part<LocalDate> days(SplittableRandom random) {
    int weekday = random.nextInt(1, 8);
    DayOfWeek named = DayOfWeek.of(weekday == 1 ? 7 : weekday - 1);
    int nth = random.nextInt(1, 6);
    int day = random.nextInt(1, 29);
    return switch (random.nextInt(7)) {
      case 0 -> new Part<>("L", date -> date.equals(date.with(TemporalAdjusters.lastDayOfMonth())));
      case 1 ->
          new Part<>(
              "w" + weekday + "#" + nth,
              date -> date.equals(date.with(TemporalAdjusters.dayOfWeekInMonth(nth, named))));
      case 2 ->
          new Part<>(
              "w" + weekday + "L",
              date -> date.equals(date.with(TemporalAdjusters.lastInMonth(named))));
      case 3 ->
          new Part<>("w" + named.name().substring(0, 3), date -> date.getDayOfWeek() == named);
      case 4 -> new Part<>(day + "W", date -> date.equals(nearest(date.withDayOfMonth(day))));
      default -> {
        Part<Integer> numbers = numbers(random, 1, 31);
        yield new Part<>(numbers.text(), date -> numbers.matches().test(date.getDayOfMonth()));
      }
    };
  }

  /** The weekday of the same month that is the fewest days away. */
  private static LocalDate nearest(LocalDate date) {
    for (int distance : new int[] {0, -1, 1, -2, 2}) {
      LocalDate there = date.plusDays(distance);
      if (there.getMonth() == date.getMonth()
          && there.getDayOfWeek() != DayOfWeek.SATURDAY
          && there.getDayOfWeek() != DayOfWeek.SUNDAY) {
        return there;
      }
    }
    throw new AssertionError(date);
  }
}
