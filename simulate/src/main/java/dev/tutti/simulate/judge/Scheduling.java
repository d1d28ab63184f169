package dev.tutti.simulate.judge;

import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.scheduler.ScheduleFact;
import dev.tutti.core.scheduler.ScheduleSettings;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One schedule: it calls at the times that its expression gives, never early (I12), none twice and
 * none left out but those slept over, of which the last counts; each call has a delivery (I13). Of
 * expressions it knows those that are made up here.
 */
final class Scheduling {
  private static final long MINUTE_MILLIS = 60_000;

  /** How long ago a one-time schedule may have been due when it is created. */
  private static final long GRACE_MILLIS = 60_000;

  private static final long NEVER = Long.MAX_VALUE;

  private final Map<Key, List<Recorded<?>>> facts;
  private final Key key;
  private final List<String> faults;
  private @Nullable ScheduleSettings settings;
  private long originMillis;

  /** The last time that is done with. */
  private long lastMillis;

  Scheduling(Map<Key, List<Recorded<?>>> facts, Key key, List<String> faults) {
    this.facts = facts;
    this.key = key;
    this.faults = faults;
  }

  void judge() {
    for (Recorded<ScheduleFact> recorded : Judge.of(facts, ScheduleFact.class, key)) {
      switch (recorded.fact()) {
        case ScheduleFact.Created f -> begin(f.settings(), recorded.millis());
        case ScheduleFact.Fired f -> fired(f, recorded.millis());
        case ScheduleFact.Deleted _ -> settings = null;
        case ScheduleFact.Updated f -> faults.add(key + ": nobody here updates it: " + f);
      }
    }
    check(settings == null || next(lastMillis) == NEVER, "I25: " + key + " never called again");
  }

  private void check(boolean holds, String otherwise) {
    if (!holds) {
      faults.add(otherwise);
    }
  }

  private void begin(ScheduleSettings created, long atMillis) {
    settings = created;
    originMillis = Objects.requireNonNullElse(created.startMillis(), atMillis);
    lastMillis =
        created.expression().startsWith("at(")
            ? atMillis - GRACE_MILLIS - 1
            : Math.max(atMillis, originMillis) - 1;
  }

  private void fired(ScheduleFact.Fired f, long atMillis) {
    ScheduleSettings now = settings;
    if (now == null) {
      faults.add("I7: " + key + " calls, and is gone: " + f);
      return;
    }
    long due = next(lastMillis);
    long sleptUntil = atMillis - now.windowMinutes() * MINUTE_MILLIS;
    while (next(due) <= sleptUntil) {
      due = next(due);
    }
    check(f.scheduledMillis() == due, "I8: " + key + " has to call for " + due + ", not " + f);
    check(atMillis >= f.scheduledMillis(), "I12: " + key + " calls early: " + f);
    lastMillis = f.scheduledMillis();
    Key delivery = new Key("delivery", key.id() + "|" + f.executionId());
    check(facts.containsKey(delivery), "I13: " + delivery + " is neither made nor parked");
  }

  /** The first due time after a moment; {@link #NEVER} for none. */
  private long next(long afterMillis) {
    ScheduleSettings now = Objects.requireNonNull(settings);
    String expression = now.expression();
    String given = expression.substring(expression.indexOf('(') + 1, expression.length() - 1);
    if (expression.startsWith("at(")) {
      long at = Instant.parse(given + "Z").toEpochMilli();
      return at > afterMillis ? at : NEVER;
    }
    long next =
        expression.startsWith("rate(")
            ? ofRate(
                Long.parseLong(given.substring(0, given.indexOf(' '))) * MINUTE_MILLIS, afterMillis)
            : ofMinutes(Integer.parseInt(given.substring(2, given.indexOf(' '))), afterMillis);
    return now.endMillis() != null && next > now.endMillis() ? NEVER : next;
  }

  private long ofRate(long periodMillis, long afterMillis) {
    long next = originMillis;
    while (next <= afterMillis) {
      next += periodMillis;
    }
    return next;
  }

  /** The full minutes of each hour that can be divided by a number. */
  private static long ofMinutes(int every, long afterMillis) {
    long next = Math.floorDiv(afterMillis, MINUTE_MILLIS) * MINUTE_MILLIS;
    do {
      next += MINUTE_MILLIS;
    } while (Instant.ofEpochMilli(next).atOffset(ZoneOffset.UTC).getMinute() % every != 0);
    return next;
  }
}
