package dev.tutti.core.workflow.activities;

import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.workflow.execution.Arns;
import java.util.List;
import java.util.TreeMap;

/** Decides activities: creation, deletion, tags. */
public final class Activities implements Decider<Activity, ActivityCommand, ActivityFact> {
  public static final String KIND = "activity";

  /** Rows by account, region, name. */
  public static final String ROWS = "activities";

  /** Most tags of a resource (AWS quota). */
  private static final int MAX_TAGS = 50;

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Class<ActivityCommand> commands() {
    return ActivityCommand.class;
  }

  @Override
  public Class<ActivityFact> facts() {
    return ActivityFact.class;
  }

  @Override
  public Activity blank(Key key) {
    return Activity.blank(key.id());
  }

  @Override
  public Activity apply(Activity state, Recorded<ActivityFact> recorded) {
    return state.after(recorded);
  }

  @Override
  public List<Effect> effects(Activity state, Recorded<ActivityFact> recorded) {
    return List.of();
  }

  @Override
  public ActivityCommand outcome(String call, Outcome outcome) {
    throw new IllegalStateException("an activity calls nobody: " + call);
  }

  @Override
  public Decision<ActivityCommand, ActivityFact> decide(
      Activity state, ActivityCommand command, Moment moment) {
    return switch (command) {
      case ActivityCommand.Create c when state.exists() ->
          Decision.<ActivityCommand, ActivityFact>none()
              .replying(Json.object().put("createdMillis", state.createdMillis()));
      case ActivityCommand.Create c ->
          Decision.<ActivityCommand, ActivityFact>of(
                  new ActivityFact.Created(new TreeMap<>(c.tags())))
              .replying(Json.object().put("createdMillis", moment.millis()));
      case ActivityCommand.Delete c ->
          state.exists()
              ? Decision.<ActivityCommand, ActivityFact>of(new ActivityFact.Deleted()).replying()
              : Decision.<ActivityCommand, ActivityFact>none().replying();
      case ActivityCommand other when !state.exists() ->
          Decision.refuse("ResourceNotFound", "Resource not found: '" + state.arn() + "'");
      case ActivityCommand.Tag c -> {
        var tags = new TreeMap<>(state.tags());
        tags.putAll(c.tags());
        yield tags.size() > MAX_TAGS
            ? Decision.refuse("TooManyTags", "Too many tags.")
            : Decision.<ActivityCommand, ActivityFact>of(new ActivityFact.Tagged(c.tags()))
                .replying();
      }
      case ActivityCommand.Untag c ->
          Decision.<ActivityCommand, ActivityFact>of(new ActivityFact.Untagged(c.keys()))
              .replying();
    };
  }

  @Override
  public void index(Activity state, Recorded<ActivityFact> recorded, Rows rows) {
    String arn = recorded.key().id();
    List<String> row = List.of(Arns.account(arn), Arns.region(arn), Arns.name(arn));
    switch (recorded.fact()) {
      case ActivityFact.Created f ->
          rows.put(
              ROWS,
              row,
              Json.object()
                  .put("activityArn", arn)
                  .put("name", Arns.name(arn))
                  .put("createdMillis", recorded.millis()));
      case ActivityFact.Deleted f -> rows.delete(ROWS, row);
      case ActivityFact other -> {}
    }
  }
}
