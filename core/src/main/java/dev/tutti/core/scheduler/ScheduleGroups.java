package dev.tutti.core.scheduler;

import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.kernel.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides groups of schedules, aggregate kind {@code schedule-group}, whose id is the group's ARN.
 *
 * <p>A deletion is durable before the first of the group's schedules is deleted, and is tried until
 * it is done, so no crash leaves schedules of a group that is gone.
 */
public final class ScheduleGroups implements Decider<Group, GroupCommand, GroupFact> {
  public static final String KIND = "schedule-group";

  /** ScheduleGroups that were created: account, region, name. */
  public static final String TABLE = "schedule-groups";

  /** The operation behind the door that deletes the schedules of a group; nobody outside has it. */
  public static final String EMPTY = "EmptyScheduleGroup";

  private static final long RETRY_MILLIS = 60_000;
  private static final int MAX_TAGS = 50;

  public static Key key(GroupArn arn) {
    return new Key(KIND, arn.text());
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Class<GroupCommand> commands() {
    return GroupCommand.class;
  }

  @Override
  public Class<GroupFact> facts() {
    return GroupFact.class;
  }

  @Override
  public Group blank(Key key) {
    return Group.blank(GroupArn.of(key));
  }

  @Override
  public Decision<GroupCommand, GroupFact> decide(
      Group state, GroupCommand command, Moment moment) {
    return switch (command) {
      case GroupCommand.Create create -> create(state, create);
      case GroupCommand.Emptied emptied -> emptied(state, emptied);
      case GroupCommand.EmptyAgain again ->
          state.phase() == Group.Phase.DELETING
              ? Decision.of(new GroupFact.EmptyingRepeated())
              : Decision.none();
      case GroupCommand.Delete delete when state.arn().isDefault() ->
          Decision.refuse(Schedules.INVALID, "The default schedule group can't be deleted.");
      case GroupCommand any when !state.exists() ->
          Decision.refuse(
              Schedules.NOT_FOUND, "Schedule group " + state.arn().name() + " does not exist.");
      case GroupCommand.Delete delete ->
          state.phase() == Group.Phase.DELETING
              ? Decision.<GroupCommand, GroupFact>none().replying()
              : done(new GroupFact.DeletionBegun());
      case GroupCommand.Tag tag -> tag(state, tag.tags());
      case GroupCommand.Untag untag -> done(new GroupFact.GroupUntagged(untag.keys()));
    };
  }

  private static Decision<GroupCommand, GroupFact> create(Group state, GroupCommand.Create create) {
    var reply = Json.object().put("ScheduleGroupArn", state.arn().text());
    if (!state.exists()) {
      return Decision.<GroupCommand, GroupFact>of(
              new GroupFact.GroupCreated(create.tags(), create.token()))
          .replying(reply);
    }
    boolean repeated =
        create.token() != null
            && create.token().equals(state.token())
            && create.tags().equals(state.tags());
    return repeated
        ? Decision.<GroupCommand, GroupFact>none().replying(reply)
        : Decision.refuse(
            Schedules.CONFLICT, "Schedule group " + state.arn().name() + " already exists.");
  }

  private static Decision<GroupCommand, GroupFact> emptied(
      Group state, GroupCommand.Emptied emptied) {
    if (state.phase() != Group.Phase.DELETING) {
      return Decision.none();
    }
    String failure = emptied.failure();
    return Decision.of(
        failure == null ? new GroupFact.GroupDeleted() : new GroupFact.EmptyingFailed(failure));
  }

  private static Decision<GroupCommand, GroupFact> tag(Group state, Map<String, String> tags) {
    Map<String, String> all = new LinkedHashMap<>(state.tags());
    all.putAll(tags);
    return all.size() > MAX_TAGS
        ? Decision.refuse(
            "ServiceQuotaExceededException", "A resource has at most " + MAX_TAGS + " tags.")
        : done(new GroupFact.GroupTagged(tags));
  }

  private static Decision<GroupCommand, GroupFact> done(GroupFact fact) {
    return Decision.<GroupCommand, GroupFact>of(fact).replying();
  }

  @Override
  public Group apply(Group state, Recorded<GroupFact> recorded) {
    return state.after(recorded);
  }

  @Override
  public List<Effect> effects(Group state, Recorded<GroupFact> recorded) {
    return switch (recorded.fact()) {
      case GroupFact.DeletionBegun fact -> List.of(empty(state, recorded.seq()));
      case GroupFact.EmptyingRepeated fact -> List.of(empty(state, recorded.seq()));
      case GroupFact.EmptyingFailed fact ->
          List.of(
              new Effect.Wake(
                  "again/" + recorded.seq(),
                  recorded.millis() + RETRY_MILLIS,
                  new GroupCommand.EmptyAgain()));
      case GroupFact.GroupCreated fact -> List.of();
      case GroupFact.GroupDeleted fact -> List.of();
      case GroupFact.GroupTagged fact -> List.of();
      case GroupFact.GroupUntagged fact -> List.of();
    };
  }

  private static Effect empty(Group state, long seq) {
    GroupArn arn = state.arn();
    return new Effect.Call(
        "empty/" + seq,
        arn.text(),
        new Request.Operation(
            arn.account(),
            arn.region(),
            "scheduler",
            EMPTY,
            Json.object().put("Name", arn.name())));
  }

  @Override
  public GroupCommand outcome(String call, Outcome outcome) {
    return new GroupCommand.Emptied(
        outcome instanceof Outcome.Failed failed ? failed.message() : null);
  }

  @Override
  public void index(Group state, Recorded<GroupFact> recorded, Rows rows) {
    GroupArn arn = state.arn();
    List<String> key = List.of(arn.account(), arn.region(), arn.name());
    if (!state.exists()) {
      rows.delete(TABLE, key);
    } else if (!arn.isDefault()) {
      rows.put(
          TABLE,
          key,
          Json.object()
              .put("phase", state.phase().name())
              .put("createdMillis", state.createdMillis())
              .put("modifiedMillis", state.modifiedMillis()));
    }
  }
}
