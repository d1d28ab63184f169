package dev.tutti.core.workflow;

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
import dev.tutti.core.workflow.execution.Arns;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Decides state machines: creation, revisions, deletion, tags. */
public final class Machines implements Decider<Machine, MachineCommand, MachineFact> {
  public static final String KIND = "machine";

  /** Rows by account, region, name. */
  public static final String ROWS = "machines";

  /** Most tags of a resource (AWS quota). */
  private static final int MAX_TAGS = 50;

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Class<MachineCommand> commands() {
    return MachineCommand.class;
  }

  @Override
  public Class<MachineFact> facts() {
    return MachineFact.class;
  }

  @Override
  public Machine blank(Key key) {
    return Machine.blank(key.id());
  }

  @Override
  public Machine apply(Machine state, Recorded<MachineFact> recorded) {
    return state.after(recorded);
  }

  @Override
  public List<Effect> effects(Machine state, Recorded<MachineFact> recorded) {
    return List.of();
  }

  @Override
  public MachineCommand outcome(String call, Outcome outcome) {
    throw new IllegalStateException("a state machine calls nobody: " + call);
  }

  @Override
  public Decision<MachineCommand, MachineFact> decide(
      Machine state, MachineCommand command, Moment moment) {
    return switch (command) {
      case MachineCommand.Create c -> create(state, c, moment);
      case MachineCommand other when !state.exists() ->
          other instanceof MachineCommand.Delete || other instanceof MachineCommand.DeleteVersion
              ? Decision.<MachineCommand, MachineFact>none().replying()
              : Decision.refuse(
                  "StateMachineDoesNotExist",
                  "State Machine Does Not Exist: '" + state.arn() + "'");
      case MachineCommand.Update c -> update(state, c, moment);
      case MachineCommand.Delete c ->
          Decision.<MachineCommand, MachineFact>of(new MachineFact.Deleted()).replying();
      case MachineCommand.Publish c -> Publishing.publish(state, c, moment);
      case MachineCommand.DeleteVersion c -> Publishing.deleteVersion(state, c);
      case MachineCommand.CreateAlias c -> Publishing.createAlias(state, c, moment);
      case MachineCommand.UpdateAlias c -> Publishing.updateAlias(state, c, moment);
      case MachineCommand.DeleteAlias c -> Publishing.deleteAlias(state, c);
      case MachineCommand.Tag c -> {
        var tags = new TreeMap<>(state.tags());
        tags.putAll(c.tags());
        yield tags.size() > MAX_TAGS
            ? Decision.refuse("TooManyTags", "Too many tags.")
            : Decision.<MachineCommand, MachineFact>of(new MachineFact.Tagged(c.tags())).replying();
      }
      case MachineCommand.Untag c ->
          Decision.<MachineCommand, MachineFact>of(new MachineFact.Untagged(c.keys())).replying();
    };
  }

  private static Decision<MachineCommand, MachineFact> create(
      Machine state, MachineCommand.Create c, Moment moment) {
    if (state.exists()) {
      boolean same =
          state.definition().equals(c.definition())
              && state.type().equals(c.type())
              && Objects.equals(state.logging(), c.logging())
              && Objects.equals(state.tracing(), c.tracing());
      return same
          ? published(
              List.of(), created(state.createdMillis()), state, state.revision(), c.publish())
          : Decision.refuse(
              "StateMachineAlreadyExists", "State Machine Already Exists: '" + state.arn() + "'");
    }
    String revision = revision(state, moment);
    MachineFact fact =
        new MachineFact.Created(
            revision,
            c.definition(),
            c.roleArn(),
            c.type(),
            c.logging(),
            c.tracing(),
            new TreeMap<>(c.tags()));
    return published(
        List.of(fact), created(moment.millis()), Machine.blank(state.arn()), revision, c.publish());
  }

  /** The facts and the reply, and where it is asked for those of a publication, too. */
  private static Decision<MachineCommand, MachineFact> published(
      List<MachineFact> facts,
      ObjectNode reply,
      Machine before,
      String revision,
      MachineCommand.@Nullable Publication as) {
    var all = new ArrayList<>(facts);
    if (as != null) {
      Published.Version known = before.published().of(revision);
      int number = known == null ? before.published().last() + 1 : known.number();
      if (known == null) {
        all.add(new MachineFact.VersionPublished(number, revision, as.description()));
      }
      reply.put("version", number);
    }
    return Decision.<MachineCommand, MachineFact>of(all).replying(reply);
  }

  private static ObjectNode created(long millis) {
    return Json.object().put("createdMillis", millis);
  }

  private static Decision<MachineCommand, MachineFact> update(
      Machine state, MachineCommand.Update c, Moment moment) {
    String definition = c.definition() == null ? state.definition() : c.definition();
    String role = c.roleArn() == null ? state.roleArn() : c.roleArn();
    var facts = new ArrayList<MachineFact>();
    boolean revised = !definition.equals(state.definition()) || !role.equals(state.roleArn());
    String revision = revised ? revision(state, moment) : state.revision();
    if (revised) {
      facts.add(new MachineFact.Revised(revision, definition, role));
    }
    if (c.logging() != null || c.tracing() != null) {
      facts.add(new MachineFact.Reconfigured(c.logging(), c.tracing()));
    }
    ObjectNode reply = Json.object();
    reply.put("updatedMillis", moment.millis());
    if (revised || !state.first()) {
      reply.put("revision", revision);
    }
    return published(facts, reply, state, revision, c.publish());
  }

  private static String revision(Machine state, Moment moment) {
    return Ids.uuid(moment.seed() + "/" + moment.millis() + "/" + state.seq());
  }

  @Override
  public void index(Machine state, Recorded<MachineFact> recorded, Rows rows) {
    String arn = recorded.key().id();
    List<String> row = List.of(Arns.account(arn), Arns.region(arn), Arns.name(arn));
    switch (recorded.fact()) {
      case MachineFact.Created f -> {
        ObjectNode value = Json.object();
        value.put("stateMachineArn", arn);
        value.put("name", Arns.name(arn));
        value.put("type", f.type());
        value.put("createdMillis", recorded.millis());
        rows.put(ROWS, row, value);
      }
      case MachineFact.Deleted f -> rows.delete(ROWS, row);
      case MachineFact other -> {}
    }
  }
}
