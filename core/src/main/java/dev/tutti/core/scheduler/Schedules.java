package dev.tutti.core.scheduler;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.scheduler.Schedule.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides schedules, aggregate kind {@code schedule}, whose id is the schedule's ARN.
 *
 * <p>There is one timer at a time, for the next call. When it fires, the call becomes a delivery of
 * its own and the time after it is planned. Who wakes late, after downtime, calls once, for the
 * last of the times slept over.
 */
public final class Schedules implements Decider<Schedule, ScheduleCommand, ScheduleFact> {
  public static final String KIND = "schedule";

  /** Schedules: account, region, group, name. */
  public static final String TABLE = "schedules";

  static final String NOT_FOUND = "ResourceNotFoundException";
  static final String INVALID = "ValidationException";
  static final String CONFLICT = "ConflictException";

  public static Key key(ScheduleArn arn) {
    return new Key(KIND, arn.text());
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Class<ScheduleCommand> commands() {
    return ScheduleCommand.class;
  }

  @Override
  public Class<ScheduleFact> facts() {
    return ScheduleFact.class;
  }

  @Override
  public Schedule blank(Key key) {
    return new Schedule(ScheduleArn.of(key));
  }

  @Override
  public Decision<ScheduleCommand, ScheduleFact> decide(
      Schedule state, ScheduleCommand command, Moment moment) {
    return switch (command) {
      case ScheduleCommand.Create create -> create(state, create);
      case ScheduleCommand.Due due -> due(state, due.plan(), moment);
      case ScheduleCommand.Update update when state.exists() ->
          fault(update.settings())
              .orElseGet(() -> done(state, new ScheduleFact.Updated(update.settings())));
      case ScheduleCommand.Delete delete when state.exists() ->
          Decision.<ScheduleCommand, ScheduleFact>of(new ScheduleFact.Deleted()).replying();
      case ScheduleCommand.Update update -> missing(state);
      case ScheduleCommand.Delete delete -> missing(state);
    };
  }

  private static Decision<ScheduleCommand, ScheduleFact> create(
      Schedule state, ScheduleCommand.Create create) {
    Optional<Decision<ScheduleCommand, ScheduleFact>> fault = fault(create.settings());
    if (fault.isPresent()) {
      return fault.get();
    }
    if (!state.exists()) {
      return done(state, new ScheduleFact.Created(create.settings(), create.token()));
    }
    boolean repeated =
        create.token() != null
            && create.token().equals(state.token())
            && create.settings().equals(state.settings());
    return repeated
        ? Decision.<ScheduleCommand, ScheduleFact>none().replying(reply(state))
        : Decision.refuse(CONFLICT, "Schedule " + state.arn().name() + " already exists.");
  }

  private static Decision<ScheduleCommand, ScheduleFact> due(
      Schedule state, long number, Moment moment) {
    Plan plan = state.plan();
    ScheduleSettings settings = state.settings();
    if (plan == null || settings == null || plan.number() != number) {
      return Decision.none();
    }
    long dueMillis = state.dueMillis(plan, moment.millis());
    List<ScheduleFact> facts = new ArrayList<>();
    facts.add(
        new ScheduleFact.Fired(
            dueMillis,
            Ids.uuid(state.arn().text() + '|' + state.createdMillis() + '|' + dueMillis)));
    if (settings.deletedAfterwards() && state.isOverAfter(dueMillis)) {
      facts.add(new ScheduleFact.Deleted());
    }
    return Decision.of(facts);
  }

  private static Optional<Decision<ScheduleCommand, ScheduleFact>> fault(ScheduleSettings of) {
    return of.fault().map(message -> Decision.refuse(INVALID, message));
  }

  private static Decision<ScheduleCommand, ScheduleFact> missing(Schedule state) {
    return Decision.refuse(NOT_FOUND, "Schedule " + state.arn().name() + " does not exist.");
  }

  private static Decision<ScheduleCommand, ScheduleFact> done(Schedule state, ScheduleFact fact) {
    return Decision.<ScheduleCommand, ScheduleFact>of(fact).replying(reply(state));
  }

  private static ObjectNode reply(Schedule state) {
    return Json.object().put("ScheduleArn", state.arn().text());
  }

  @Override
  public Schedule apply(Schedule state, Recorded<ScheduleFact> recorded) {
    state.apply(recorded);
    return state;
  }

  @Override
  public List<Effect> effects(Schedule state, Recorded<ScheduleFact> recorded) {
    List<Effect> effects = new ArrayList<>();
    Plan former = state.formerPlan();
    switch (recorded.fact()) {
      case ScheduleFact.Fired fact -> effects.add(Invocation.of(state, fact));
      case ScheduleFact.Created fact -> cancel(former, effects);
      case ScheduleFact.Updated fact -> cancel(former, effects);
      case ScheduleFact.Deleted fact -> cancel(former, effects);
    }
    Plan plan = state.plan();
    if (plan != null) {
      effects.add(
          new Effect.Wake(
              timer(plan), plan.callMillis(), new ScheduleCommand.Due(plan.number()), true));
    }
    return effects;
  }

  private static void cancel(@Nullable Plan former, List<Effect> effects) {
    if (former != null) {
      effects.add(new Effect.Cancel(timer(former)));
    }
  }

  private static String timer(Plan plan) {
    return "due/" + plan.number();
  }

  @Override
  public ScheduleCommand outcome(String call, Outcome outcome) {
    throw new IllegalStateException("a schedule makes no calls: " + call);
  }

  @Override
  public void index(Schedule state, Recorded<ScheduleFact> recorded, Rows rows) {
    ScheduleArn arn = state.arn();
    List<String> key = List.of(arn.account(), arn.region(), arn.group(), arn.name());
    ScheduleSettings settings = state.settings();
    switch (recorded.fact()) {
      case ScheduleFact.Fired fact -> {}
      case ScheduleFact.Deleted fact -> rows.delete(TABLE, key);
      case ScheduleFact.Created fact -> put(rows, key, state, settings);
      case ScheduleFact.Updated fact -> put(rows, key, state, settings);
    }
  }

  private static void put(
      Rows rows, List<String> key, Schedule state, @Nullable ScheduleSettings settings) {
    if (settings != null) {
      rows.put(
          TABLE,
          key,
          Json.object()
              .put("enabled", settings.enabled())
              .put("target", settings.target().arn())
              .put("createdMillis", state.createdMillis())
              .put("modifiedMillis", state.modifiedMillis()));
    }
  }
}
