package dev.tutti.core.scheduler;

import dev.tutti.core.kernel.Command;
import org.jspecify.annotations.Nullable;

/** What somebody wants of a schedule. */
public sealed interface ScheduleCommand extends Command {

  /**
   * Creates it.
   *
   * @param token a repeat with the same token and settings changes nothing and replies the same
   */
  record Create(ScheduleSettings settings, @Nullable String token) implements ScheduleCommand {}

  /** Replaces all of its settings. */
  record Update(ScheduleSettings settings) implements ScheduleCommand {}

  record Delete() implements ScheduleCommand {}

  /**
   * Its time has come.
   *
   * @param plan number of the fact that planned this
   */
  record Due(long plan) implements ScheduleCommand {}
}
