package dev.tutti.core.scheduler;

import dev.tutti.core.timing.Timing;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that the owner of a schedule says about it. Times are epoch milliseconds.
 *
 * @param expression as {@link Timing#ofSchedule} reads it
 * @param timezone in which it is read, for example {@code Europe/Berlin}
 * @param startMillis nothing is due before; null is from the beginning. A one-time schedule has no
 *     use for it, nor for the end
 * @param endMillis nothing is due after; null is for ever
 * @param windowMinutes how much later than due it may be called, 1 to 1440; 0 is at once
 * @param deletedAfterwards whether it deletes itself when nothing more will be due
 */
public record ScheduleSettings(
    String expression,
    String timezone,
    @Nullable String description,
    @Nullable Long startMillis,
    @Nullable Long endMillis,
    int windowMinutes,
    boolean enabled,
    boolean deletedAfterwards,
    @Nullable String kmsKeyArn,
    ScheduleTarget target) {

  /** What is wrong with them, in the words of AWS where they are known; empty where nothing is. */
  public Optional<String> fault() {
    if (Timing.ofSchedule(expression).isEmpty()) {
      return Optional.of("Invalid Schedule Expression " + expression + ".");
    }
    try {
      ZoneId.of(timezone);
    } catch (DateTimeException e) {
      return Optional.of("Invalid Schedule Expression Timezone " + timezone + ".");
    }
    if (startMillis != null && endMillis != null && endMillis <= startMillis) {
      return Optional.of("EndDate must be later than StartDate.");
    }
    return Target.fault(target);
  }

  Timing timing() {
    return Timing.ofSchedule(expression).orElseThrow();
  }

  ZoneId zone() {
    return ZoneId.of(timezone);
  }
}
