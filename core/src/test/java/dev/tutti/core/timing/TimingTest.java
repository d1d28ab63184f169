package dev.tutti.core.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schedule expressions: which are ones, and when they are due. */
final class TimingTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rate(1 minute)",
        "rate(10 minutes)",
        "rate(1 hour)",
        "rate(12 hours)",
        "rate(1 day)",
        "rate(7 days)",
        "cron(0 10 * * ? *)",
        "cron(0/10 * ? * MON-FRI *)",
        "cron(0/30 20-23 ? * MON-FRI *)",
        "cron(0/5 5 ? JAN 1-5 2022)",
        "cron(15 10 ? * 6L 2002-2005)",
        "cron(0 2 ? * SAT#3 *)",
        "cron(0-15/1 8-8 ? * 2,3,4,5,6,7 *)",
        "cron(1-31/30 1-1 ? * 1,7 *)",
        "cron(*/5 * * * ? *)",
        "cron(0 0 L * ? *)",
        "cron(0 0 LW * ? *)",
        "cron(0 0 L-3 * ? *)",
        "cron(0 0 15W JAN,JUL ? *)",
        "cron(0 0 ? * MON-SUN *)",
        "cron(0 0 1 1 ? 1970-2199)"
      })
  void ruleTakes(String expression) {
    assertThat(Timing.ofRule(expression)).isPresent();
    assertThat(Timing.ofSchedule(expression)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " rate(10 minutes)",
        "rate()",
        "rate(10)",
        "rate(10 seconds)",
        "rate(10 years)",
        "rate(foo minutes)",
        "rate(-10 minutes)",
        "rate(0 minutes)",
        "rate( 10 minutes )",
        "rate(10 MINUTES)",
        "rate(10 minutes",
        "rate(1.5 hours)",
        "rate(12345678901 days)",
        "cron()",
        "cron(INVALID)",
        "cron(0 1 * * * *)",
        "cron(0 1 ? * ? *)",
        "cron(7 20 * * 1-7 *)",
        "cron(7 20 * * NOT *)",
        "cron(0 dummy ? * MON-FRI *)",
        "cron(71 8 1 * ? *)",
        "cron(*/60 * * * ? *)",
        "cron(0/0 * * * ? *)",
        "cron(0 24 * * ? *)",
        "cron(0 0 32 * ? *)",
        "cron(0 0 0 * ? *)",
        "cron(0 0 1 13 ? *)",
        "cron(0 0 ? * 0 *)",
        "cron(0 0 ? * 8 *)",
        "cron(0 0 ? * MON#6 *)",
        "cron(0 0 ? * -1 *)",
        "cron(0 0 1 * ? 1969)",
        "cron(0 0 1 * ? 2200)",
        "cron(0 0 1 * ?)",
        "cron(0 0 1 * ? * *)",
        "cron( 0 0 1 * ? *)",
        "cron(0, 0 1 * ? *)",
        "cron(? 0 1 * ? *)",
        "at(2021-12-31)",
        "at(2021-12-31T23:59:59Z)",
        "at(2021-02-30T23:59:59)",
        "at(2021-12-31T24:00:00)",
        "",
        "daily"
      })
  void nobodyTakes(String expression) {
    assertThat(Timing.ofRule(expression)).isEmpty();
    assertThat(Timing.ofSchedule(expression)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rate(1 minutes)", "rate(10 day)", "at(2030-01-01T00:00:00)"})
  void onlyTheSchedulerTakes(String expression) {
    assertThat(Timing.ofRule(expression)).isEmpty();
    assertThat(Timing.ofSchedule(expression)).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cron(0 10 * * ? *)            | 2026-03-01T10:00 | 2026-03-02T10:00
          cron(0 10 * * ? *)            | 2026-03-01T09:59 | 2026-03-01T10:00
          cron(0 0 29 2 ? *)            | 2026-03-01T00:00 | 2028-02-29T00:00
          cron(0 0 L * ? *)             | 2026-02-01T00:00 | 2026-02-28T00:00
          cron(0 0 L-2 * ? *)           | 2028-02-01T00:00 | 2028-02-27T00:00
          cron(0 0 LW * ? *)            | 2026-05-01T00:00 | 2026-05-29T00:00
          cron(0 0 1W * ? *)            | 2026-07-31T23:59 | 2026-08-03T00:00
          cron(0 0 31W * ? *)           | 2026-05-01T00:00 | 2026-05-29T00:00
          cron(0 0 31W * ? *)           | 2026-06-01T00:00 | 2026-07-31T00:00
          cron(0 0 15W * ? *)           | 2026-08-01T00:00 | 2026-08-14T00:00
          cron(0 0 ? * 6L *)            | 2026-11-01T00:00 | 2026-11-27T00:00
          cron(0 0 ? * L *)             | 2026-11-22T00:00 | 2026-11-28T00:00
          cron(0 2 ? * SAT#3 *)         | 2026-11-22T00:00 | 2026-12-19T02:00
          cron(0 2 ? * MON#5 *)         | 2026-12-01T00:00 | 2027-03-29T02:00
          cron(0/30 20-23 ? * MON-FRI *)| 2026-11-20T23:30 | 2026-11-23T20:00
          cron(1/10 * * * ? *)          | 2026-11-20T23:51 | 2026-11-21T00:01
          cron(0 22-2 * * ? *)          | 2026-11-20T02:00 | 2026-11-20T22:00
          cron(0 0 ? * fri-mon *)       | 2026-11-23T00:00 | 2026-11-27T00:00
          cron(0 0 1,15 JAN ? 2030/5)   | 2026-11-20T23:51 | 2030-01-01T00:00
          cron(0 0 1,15 JAN ? 2030/5)   | 2030-01-15T00:00 | 2035-01-01T00:00
          cron(15 10 ? * 6L 2002-2005)  | 2026-11-20T23:51 |
          cron(0 0 31 2 ? *)            | 2026-11-20T23:51 |
          """)
  void aCronExpressionsNextTimeInUtc(String expression, String after, String next) {
    OptionalLong found = cron(expression).next(utc(after).toEpochMilli(), 0, ZoneOffset.UTC);
    assertThat(found).isEqualTo(next == null ? OptionalLong.empty() : millis(utc(next)));
  }

  @Test
  void aTimeThatTheClocksSkipIsLeftOut() {
    assertThat(times("cron(30 2 * * ? *)", "2026-03-27T12:00:00Z", "2026-03-31T12:00:00Z"))
        .containsExactly("2026-03-28T01:30:00Z", "2026-03-30T00:30:00Z", "2026-03-31T00:30:00Z");
  }

  @Test
  void aTimeThatTheClocksShowTwiceIsDueOnce() {
    assertThat(times("cron(30 2 * * ? *)", "2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z"))
        .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
  }

  @Test
  void everyHourInTheNightTheClocksGoBackIsDueOnceByTheClock() {
    assertThat(times("cron(0 * * * ? *)", "2026-10-24T22:30:00Z", "2026-10-25T03:00:00Z"))
        .containsExactly(
            "2026-10-24T23:00:00Z",
            "2026-10-25T00:00:00Z",
            "2026-10-25T02:00:00Z",
            "2026-10-25T03:00:00Z");
  }

  @Test
  void aRateCountsFromItsStartWhateverTheClocksDo() {
    Timing daily = Timing.ofSchedule("rate(1 days)").orElseThrow();
    long start = Instant.parse("2026-10-24T10:00:00Z").toEpochMilli();
    assertThat(daily.next(start - 1, start, BERLIN)).isEqualTo(OptionalLong.of(start));
    assertThat(daily.next(start, start, BERLIN))
        .isEqualTo(millis(Instant.parse("2026-10-25T10:00:00Z")));
    assertThat(daily.next(start + 10 * 86_400_000L - 1, start, BERLIN))
        .isEqualTo(millis(Instant.parse("2026-11-03T10:00:00Z")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cron(0 10 * * ? *)     | 2026-03-01T10:00 | 2026-03-01T10:00 | 2026-03-01T10:00
          cron(0 10 * * ? *)     | 2026-03-01T10:00 | 2026-03-02T09:59 | 2026-03-01T10:00
          cron(0 10 * * ? *)     | 2026-03-01T10:00 | 2026-03-09T10:00 | 2026-03-09T10:00
          cron(0 10 * * ? *)     | 2026-03-01T10:00 | 2027-03-09T11:00 | 2027-03-09T10:00
          cron(* 0 1 1 ? *)      | 2026-01-01T00:00 | 2027-08-09T11:00 | 2027-01-01T00:59
          rate(7 minutes)        | 1970-01-01T00:07 | 1970-01-01T01:00 | 1970-01-01T00:56
          """)
  void theLastDueTimeOfThoseSleptOver(String expression, String due, String until, String last) {
    long found =
        cron(expression)
            .last(utc(due).toEpochMilli(), utc(until).toEpochMilli(), 0, ZoneOffset.UTC);
    assertThat(Instant.ofEpochMilli(found)).isEqualTo(utc(last));
  }

  @Test
  void aTimeIsDueOnceInItsZone() {
    Timing at = Timing.ofSchedule("at(2026-07-01T09:00:30)").orElseThrow();
    long due = Instant.parse("2026-07-01T07:00:30Z").toEpochMilli();
    assertThat(at.next(0, 0, BERLIN)).isEqualTo(OptionalLong.of(due));
    assertThat(at.next(due, 0, BERLIN)).isEmpty();
  }

  private static List<String> times(String expression, String after, String until) {
    Timing cron = cron(expression);
    long last = Instant.parse(until).toEpochMilli();
    List<String> times = new ArrayList<>();
    OptionalLong next = cron.next(Instant.parse(after).toEpochMilli(), 0, BERLIN);
    while (next.isPresent() && next.getAsLong() <= last) {
      times.add(Instant.ofEpochMilli(next.getAsLong()).toString());
      next = cron.next(next.getAsLong(), 0, BERLIN);
    }
    return times;
  }

  private static Timing cron(String expression) {
    return Timing.ofRule(expression).orElseThrow();
  }

  private static Instant utc(String time) {
    return LocalDateTime.parse(time).toInstant(ZoneOffset.UTC);
  }

  private static OptionalLong millis(Instant instant) {
    return OptionalLong.of(instant.toEpochMilli());
  }
}
