package dev.tutti.core.events;

import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.timing.Timing;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A rule's timer: when its rule is due next. Rules' times are in UTC. Changed by its facts only.
 */
public final class RuleTimer {
  private @Nullable String expression;
  private @Nullable Plan plan;
  private @Nullable Plan formerPlan;
  private long originMillis;

  /**
   * What comes next.
   *
   * @param number of the fact that planned it
   * @param dueMillis epoch milliseconds
   */
  record Plan(long number, long dueMillis) {}

  void apply(Recorded<RuleTimerFact> recorded) {
    formerPlan = plan;
    switch (recorded.fact()) {
      case RuleTimerFact.TimerSet fact -> {
        expression = fact.expression();
        originMillis = recorded.millis();
        plan(recorded.millis(), recorded.seq());
      }
      case RuleTimerFact.TimerFired fact -> plan(fact.dueMillis(), recorded.seq());
    }
  }

  private void plan(long afterMillis, long number) {
    Timing timing = timing();
    OptionalLong next =
        timing == null
            ? OptionalLong.empty()
            : timing.next(afterMillis, originMillis, ZoneOffset.UTC);
    plan = next.isPresent() ? new Plan(number, next.getAsLong()) : null;
  }

  private @Nullable Timing timing() {
    String text = expression;
    return text == null ? null : Timing.ofRule(text).orElseThrow();
  }

  /** Which due time stands for those slept over: the last. */
  long dueMillis(Plan planned, long nowMillis) {
    Timing timing = timing();
    return timing == null
        ? planned.dueMillis()
        : timing.last(planned.dueMillis(), nowMillis, originMillis, ZoneOffset.UTC);
  }

  @Nullable String expression() {
    return expression;
  }

  @Nullable Plan plan() {
    return plan;
  }

  /** What was planned before the last fact; null where nothing was. */
  @Nullable Plan formerPlan() {
    return formerPlan;
  }
}
