package dev.tutti.core.scheduler;

import dev.tutti.core.kernel.Fact;
import org.jspecify.annotations.Nullable;

/** What happened to a schedule. */
public sealed interface ScheduleFact extends Fact {

  record Created(ScheduleSettings settings, @Nullable String token) implements ScheduleFact {}

  record Updated(ScheduleSettings settings) implements ScheduleFact {}

  record Deleted() implements ScheduleFact {}

  /**
   * It was due, and its target is being called.
   *
   * @param scheduledMillis when it was due, epoch milliseconds; the window comes on top
   * @param executionId names this one run of the schedule
   */
  record Fired(long scheduledMillis, String executionId) implements ScheduleFact {}
}
