package dev.tutti.core.scheduler;

import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.timing.At;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A schedule's state: what its facts add up to. Changed by {@link #apply} only. */
public final class Schedule {
  /** How long ago a one-time schedule may have been due when it is created, and still be called. */
  static final long GRACE_MILLIS = 60_000;

  private static final long MINUTE_MILLIS = 60_000;

  private final ScheduleArn arn;
  private @Nullable ScheduleSettings settings;
  private @Nullable String token;
  private @Nullable Plan plan;
  private @Nullable Plan formerPlan;
  private long originMillis;
  private long createdMillis;
  private long modifiedMillis;

  /**
   * What comes next. All times are epoch milliseconds.
   *
   * @param number of the fact that planned it
   * @param dueMillis as the expression says
   * @param callMillis that, or later within the window
   */
  record Plan(long number, long dueMillis, long callMillis) {}

  Schedule(ScheduleArn arn) {
    this.arn = arn;
  }

  void apply(Recorded<ScheduleFact> recorded) {
    long now = recorded.millis();
    formerPlan = plan;
    switch (recorded.fact()) {
      case ScheduleFact.Created fact -> {
        settings = fact.settings();
        token = fact.token();
        createdMillis = now;
        begin(fact.settings(), recorded);
      }
      case ScheduleFact.Updated fact -> begin(fact.settings(), recorded);
      case ScheduleFact.Deleted fact -> {
        settings = null;
        token = null;
        plan = null;
      }
      case ScheduleFact.Fired fact -> planAfter(fact.scheduledMillis(), recorded.seq());
    }
  }

  /** A rate counts from its start date or, without one, from now. */
  private void begin(ScheduleSettings anew, Recorded<ScheduleFact> recorded) {
    long now = recorded.millis();
    settings = anew;
    modifiedMillis = now;
    Long start = anew.startMillis();
    originMillis = start == null ? now : start;
    boolean once = anew.timing() instanceof At;
    planAfter(once ? now - GRACE_MILLIS - 1 : Math.max(now, originMillis) - 1, recorded.seq());
  }

  private void planAfter(long afterMillis, long number) {
    OptionalLong next = next(afterMillis);
    ScheduleSettings now = settings;
    plan =
        now != null && now.enabled() && next.isPresent()
            ? new Plan(number, next.getAsLong(), callMillis(next.getAsLong()))
            : null;
  }

  /** The next due time, whether it is enabled or not; empty where nothing more is due. */
  private OptionalLong next(long afterMillis) {
    ScheduleSettings now = settings;
    if (now == null) {
      return OptionalLong.empty();
    }
    OptionalLong next = now.timing().next(afterMillis, originMillis, now.zone());
    Long end = now.endMillis();
    boolean once = now.timing() instanceof At;
    return next.isPresent() && end != null && !once && next.getAsLong() > end
        ? OptionalLong.empty()
        : next;
  }

  /** A time within the window that is always the same for a schedule and a due time. */
  private long callMillis(long dueMillis) {
    ScheduleSettings now = settings;
    int minutes = now == null ? 0 : now.windowMinutes();
    if (minutes == 0) {
      return dueMillis;
    }
    long chance = Long.parseLong(Ids.hex(arn.text() + '|' + dueMillis, 8), 16);
    return dueMillis + chance % (minutes * MINUTE_MILLIS);
  }

  /**
   * Which due time a call stands for: the planned one or, where that was slept over together with
   * later ones, the last.
   */
  long dueMillis(Plan planned, long nowMillis) {
    ScheduleSettings now = settings;
    if (now == null) {
      return planned.dueMillis();
    }
    Long end = now.endMillis();
    long until = nowMillis - now.windowMinutes() * MINUTE_MILLIS;
    long last = end == null ? until : Math.min(until, end);
    return last <= planned.dueMillis()
        ? planned.dueMillis()
        : now.timing().last(planned.dueMillis(), last, originMillis, now.zone());
  }

  /** Whether nothing is due after a time. */
  boolean isOverAfter(long dueMillis) {
    return next(dueMillis).isEmpty();
  }

  public boolean exists() {
    return settings != null;
  }

  /** Null where there is no such schedule. */
  public @Nullable ScheduleSettings settings() {
    return settings;
  }

  @Nullable String token() {
    return token;
  }

  @Nullable Plan plan() {
    return plan;
  }

  /** What was planned before the last fact; null where nothing was. */
  @Nullable Plan formerPlan() {
    return formerPlan;
  }

  public ScheduleArn arn() {
    return arn;
  }

  public long createdMillis() {
    return createdMillis;
  }

  public long modifiedMillis() {
    return modifiedMillis;
  }
}
