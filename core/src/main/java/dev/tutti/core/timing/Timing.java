package dev.tutti.core.timing;

import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A schedule expression: which times are due. Times are epoch milliseconds.
 *
 * <p>AWS's pages "Schedule types in EventBridge Scheduler" and "Setting a schedule pattern for
 * scheduled rules" give the dialect. Both services round to the minute; here a time is due exactly.
 */
public sealed interface Timing permits Rate, Cron, At {
  /** No two due times of an expression are nearer than this. */
  long MINUTE_MILLIS = 60_000;

  /**
   * The first due time after another; empty where none is left.
   *
   * @param afterMillis the result is greater than this
   * @param startMillis what a rate counts from; that time itself is due
   * @param zone in which dates and times of day are read; a rate needs none
   */
  OptionalLong next(long afterMillis, long startMillis, ZoneId zone);

  /**
   * The last due time that isn't later than another, for whoever slept over some.
   *
   * @param dueMillis a due time, not later than {@code untilMillis}; the result is not earlier
   */
  default long last(long dueMillis, long untilMillis, long startMillis, ZoneId zone) {
    long found = dueMillis;
    for (long back = MINUTE_MILLIS; found == dueMillis && back > 0; back *= 2) {
      long after = Math.max(dueMillis, untilMillis - back);
      OptionalLong next = next(after, startMillis, zone);
      while (next.isPresent() && next.getAsLong() <= untilMillis) {
        found = next.getAsLong();
        next = next(found, startMillis, zone);
      }
      if (after == dueMillis) {
        break;
      }
    }
    return found;
  }

  /**
   * Reads a rule's expression, {@code rate(…)} or {@code cron(…)}; empty where it is neither. The
   * unit of a rate agrees in number with its value.
   */
  static Optional<Timing> ofRule(String text) {
    return Rate.parse(text, true).map(Timing.class::cast).or(() -> Cron.parse(text));
  }

  /**
   * Reads an expression of EventBridge Scheduler, {@code at(…)}, {@code rate(…)} or {@code
   * cron(…)}; empty where it is none. The unit of a rate may be in either number.
   */
  static Optional<Timing> ofSchedule(String text) {
    return Rate.parse(text, false)
        .map(Timing.class::cast)
        .or(() -> Cron.parse(text))
        .or(() -> At.parse(text));
  }
}
