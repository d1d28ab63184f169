package dev.tutti.app;

import dev.tutti.core.events.RuleTimers;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.scheduler.ScheduleFact;
import dev.tutti.core.scheduler.ScheduleSettings;
import dev.tutti.core.scheduler.Schedules;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Knows whose timers come again and again, so that a rehearsal doesn't wait for their end. */
final class Recurring {
  private final Set<Key> once = ConcurrentHashMap.newKeySet();

  /** Something happened to a schedule. */
  void on(Recorded<ScheduleFact> recorded) {
    switch (recorded.fact()) {
      case ScheduleFact.Created created -> note(recorded.key(), created.settings());
      case ScheduleFact.Updated updated -> note(recorded.key(), updated.settings());
      case ScheduleFact.Deleted _, ScheduleFact.Fired _ -> {
        // it is what it was
      }
    }
  }

  private void note(Key schedule, ScheduleSettings settings) {
    if (settings.expression().startsWith("at(")) {
      once.add(schedule);
    } else {
      once.remove(schedule);
    }
  }

  /** Whether an owner of timers is a rule with a schedule, or a schedule by rate or cron. */
  boolean is(Key owner) {
    return switch (owner.kind()) {
      case RuleTimers.KIND -> true;
      case Schedules.KIND -> !once.contains(owner);
      default -> false;
    };
  }
}
