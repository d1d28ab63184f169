package dev.tutti.core.logs;

import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import java.util.List;
import java.util.Map;

/** Decides log groups. */
public final class Groups implements Decider<Group, GroupCommand, GroupFact> {
  public static final String KIND = "logGroup";

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
    return Group.blank(key.id());
  }

  @Override
  public Group apply(Group state, Recorded<GroupFact> recorded) {
    return state.after(recorded);
  }

  @Override
  public List<Effect> effects(Group state, Recorded<GroupFact> recorded) {
    return List.of();
  }

  @Override
  public GroupCommand outcome(String call, Outcome outcome) {
    throw new IllegalStateException("a log group calls nobody: " + call);
  }

  @Override
  public Decision<GroupCommand, GroupFact> decide(
      Group state, GroupCommand command, Moment moment) {
    return switch (command) {
      case GroupCommand.Create c when state.exists() ->
          Decision.refuse(
              "ResourceAlreadyExistsException", "The specified log group already exists");
      case GroupCommand.Create c -> done(List.of(new GroupFact.Created(c.tags())));
      case GroupCommand.Ensure c ->
          state.exists() ? done(List.of()) : done(List.of(new GroupFact.Created(Map.of())));
      case GroupCommand other when !state.exists() ->
          Decision.refuse("ResourceNotFoundException", "The specified log group does not exist.");
      case GroupCommand.Delete c -> done(List.of(new GroupFact.Deleted()));
      case GroupCommand.Retain c -> done(List.of(new GroupFact.Retained(c.days())));
    };
  }

  private static Decision<GroupCommand, GroupFact> done(List<GroupFact> facts) {
    return Decision.<GroupCommand, GroupFact>of(facts).replying();
  }
}
