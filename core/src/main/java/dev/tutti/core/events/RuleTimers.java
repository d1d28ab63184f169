package dev.tutti.core.events;

import dev.tutti.core.events.RuleTimer.Plan;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Decides the timers of scheduled rules, aggregate kind {@code rule-timer}, whose id is the rule's
 * ARN. They stand apart from their bus, so that firing every minute doesn't make the bus longer.
 *
 * <p>A due time becomes one event, whose id is derived from the rule and the time. Who wakes late,
 * after downtime, fires once, for the last of the times slept over.
 */
public final class RuleTimers implements Decider<RuleTimer, RuleTimerCommand, RuleTimerFact> {
  public static final String KIND = "rule-timer";

  static Key key(String ruleArn) {
    return new Key(KIND, ruleArn);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Class<RuleTimerCommand> commands() {
    return RuleTimerCommand.class;
  }

  @Override
  public Class<RuleTimerFact> facts() {
    return RuleTimerFact.class;
  }

  @Override
  public RuleTimer blank(Key key) {
    return new RuleTimer();
  }

  @Override
  public Decision<RuleTimerCommand, RuleTimerFact> decide(
      RuleTimer state, RuleTimerCommand command, Moment moment) {
    return switch (command) {
      case RuleTimerCommand.Set set ->
          Objects.equals(set.expression(), state.expression())
              ? Decision.none()
              : Decision.of(new RuleTimerFact.TimerSet(set.expression()));
      case RuleTimerCommand.Due due -> {
        Plan plan = state.plan();
        yield plan == null || plan.number() != due.plan()
            ? Decision.none()
            : Decision.of(new RuleTimerFact.TimerFired(state.dueMillis(plan, moment.millis())));
      }
    };
  }

  @Override
  public RuleTimer apply(RuleTimer state, Recorded<RuleTimerFact> recorded) {
    state.apply(recorded);
    return state;
  }

  @Override
  public List<Effect> effects(RuleTimer state, Recorded<RuleTimerFact> recorded) {
    List<Effect> effects = new ArrayList<>();
    Plan former = state.formerPlan();
    switch (recorded.fact()) {
      case RuleTimerFact.TimerSet fact -> {
        if (former != null) {
          effects.add(new Effect.Cancel(name(former)));
        }
      }
      case RuleTimerFact.TimerFired fact -> effects.add(event(recorded.key(), fact.dueMillis()));
    }
    Plan plan = state.plan();
    if (plan != null) {
      effects.add(
          new Effect.Wake(
              name(plan), plan.dueMillis(), new RuleTimerCommand.Due(plan.number()), true));
    }
    return effects;
  }

  private static String name(Plan plan) {
    return "due/" + plan.number();
  }

  private static Effect event(Key key, long dueMillis) {
    String arn = key.id();
    BusArn.OfRule rule = BusArn.OfRule.parse(arn).orElseThrow();
    BusArn bus = rule.bus();
    String id = Ids.uuid(arn + '|' + dueMillis);
    return new Effect.Tell(
        Events.key(bus, id),
        new EventCommand.Fire(
            rule.rule(),
            Envelope.of(
                id,
                "Scheduled Event",
                "aws.events",
                bus.account(),
                dueMillis,
                bus.region(),
                List.of(arn),
                Json.object())));
  }

  @Override
  public RuleTimerCommand outcome(String call, Outcome outcome) {
    throw new IllegalStateException("a timer makes no calls: " + call);
  }
}
