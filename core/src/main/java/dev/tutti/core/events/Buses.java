package dev.tutti.core.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides buses, aggregate kind {@code bus}, whose id is the bus's ARN: the bus itself, its policy
 * and tags here, its rules in {@link Rules}.
 */
public final class Buses implements Decider<Bus, BusCommand, BusFact> {
  public static final String KIND = "bus";

  /** Buses that were created: account, region, name. */
  public static final String TABLE = "buses";

  static final String NOT_FOUND = "ResourceNotFoundException";
  static final String INVALID = "ValidationException";
  private static final int MAX_POLICY_CHARS = 10_240;
  private static final int MAX_TAGS = 50;

  public static Key key(BusArn arn) {
    return new Key(KIND, arn.text());
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Class<BusCommand> commands() {
    return BusCommand.class;
  }

  @Override
  public Class<BusFact> facts() {
    return BusFact.class;
  }

  @Override
  public Bus blank(Key key) {
    return new Bus(BusArn.of(key));
  }

  @Override
  public Decision<BusCommand, BusFact> decide(Bus bus, BusCommand command, Moment moment) {
    boolean needsBus =
        !(command instanceof BusCommand.Create || command instanceof BusCommand.Delete);
    if (needsBus && !bus.exists()) {
      return refuseMissing(bus);
    }
    return switch (command) {
      case BusCommand.Create create -> create(bus, create);
      case BusCommand.Delete delete -> delete(bus);
      case BusCommand.Update update -> done(new BusFact.BusUpdated(update.description()));
      case BusCommand.PutStatement put ->
          changePolicy(Permissions.with(bus.arn(), bus.policy(), put));
      case BusCommand.PutPolicy put -> changePolicy(put.policy());
      case BusCommand.RemovePermission remove -> removePermission(bus, remove.statementId());
      case BusCommand.PutRule put -> Rules.put(bus, put);
      case BusCommand.DeleteRule delete -> Rules.delete(bus, delete);
      case BusCommand.EnableRule enable -> Rules.enable(bus, enable);
      case BusCommand.DisableRule disable -> Rules.disable(bus, disable);
      case BusCommand.PutTargets put -> Rules.putTargets(bus, put);
      case BusCommand.RemoveTargets remove -> Rules.removeTargets(bus, remove);
      case BusCommand.Tag tag -> tag(bus, tag);
      case BusCommand.Untag untag -> untag(bus, untag);
    };
  }

  private static Decision<BusCommand, BusFact> create(Bus bus, BusCommand.Create create) {
    String name = bus.arn().name();
    if (bus.exists()) {
      return Decision.refuse(
          "ResourceAlreadyExistsException", "Event bus " + name + " already exists.");
    }
    Optional<String> fault = Retention.fault(create.tags());
    if (fault.isPresent()) {
      return Decision.refuse(INVALID, fault.get());
    }
    if (create.tags().size() > MAX_TAGS) {
      return refuseTags();
    }
    return Decision.<BusCommand, BusFact>of(
            new BusFact.BusCreated(create.description(), create.tags()))
        .replying(Json.object().put("EventBusArn", bus.arn().text()));
  }

  private static Decision<BusCommand, BusFact> delete(Bus bus) {
    if (bus.arn().isDefault()) {
      return Decision.refuse(INVALID, "Cannot delete event bus default.");
    }
    if (!bus.exists()) {
      return Decision.<BusCommand, BusFact>none().replying();
    }
    if (!bus.rules().isEmpty()) {
      return Decision.refuse(
          INVALID, "Event bus " + bus.arn().name() + " can't be deleted since it has rules.");
    }
    return done(new BusFact.BusDeleted());
  }

  private static Decision<BusCommand, BusFact> changePolicy(JsonNode policy) {
    return Json.write(policy).length() > MAX_POLICY_CHARS
        ? Decision.refuse("PolicyLengthExceededException", "The event bus policy is too long.")
        : done(new BusFact.PolicyChanged(policy));
  }

  private static Decision<BusCommand, BusFact> removePermission(
      Bus bus, @Nullable String statementId) {
    if (statementId == null) {
      return bus.policy() == null
          ? Decision.<BusCommand, BusFact>none().replying()
          : done(new BusFact.PolicyChanged(null));
    }
    Optional<ArrayNode> rest = Permissions.without(bus.policy(), statementId);
    if (rest.isEmpty()) {
      return Decision.refuse(NOT_FOUND, "Statement with the provided id does not exist.");
    }
    return done(
        new BusFact.PolicyChanged(rest.get().isEmpty() ? null : Permissions.document(rest.get())));
  }

  private static Decision<BusCommand, BusFact> tag(Bus bus, BusCommand.Tag tag) {
    Optional<Decision<BusCommand, BusFact>> refusal =
        Rules.refusal(bus, tag.caller(), "events:TagResource", tag.rule());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Optional<String> fault =
        tag.rule() == null ? Retention.fault(tag.tags()) : Loops.fault(tag.tags());
    if (fault.isPresent()) {
      return Decision.refuse(INVALID, fault.get());
    }
    return Bus.union(tags(bus, tag.rule()), tag.tags()).size() > MAX_TAGS
        ? refuseTags()
        : done(new BusFact.Tagged(tag.rule(), tag.tags()));
  }

  private static Decision<BusCommand, BusFact> untag(Bus bus, BusCommand.Untag untag) {
    return Rules.refusal(bus, untag.caller(), "events:UntagResource", untag.rule())
        .orElseGet(() -> done(new BusFact.Untagged(untag.rule(), untag.keys())));
  }

  private static Map<String, String> tags(Bus bus, @Nullable String rule) {
    Rule tagged = rule == null ? null : bus.rule(rule);
    return tagged == null ? bus.tags() : tagged.tags();
  }

  private static Decision<BusCommand, BusFact> refuseTags() {
    return Decision.refuse(
        "LimitExceededException", "A resource may have no more than " + MAX_TAGS + " tags.");
  }

  static Decision<BusCommand, BusFact> refuseMissing(Bus bus) {
    return Decision.refuse(NOT_FOUND, "Event bus " + bus.arn().name() + " does not exist.");
  }

  static Decision<BusCommand, BusFact> done(BusFact fact) {
    return Decision.<BusCommand, BusFact>of(fact).replying();
  }

  @Override
  public Bus apply(Bus state, Recorded<BusFact> recorded) {
    state.apply(recorded);
    return state;
  }

  @Override
  public List<Effect> effects(Bus state, Recorded<BusFact> recorded) {
    return switch (recorded.fact()) {
      case BusFact.RulePut fact -> timer(state, fact.name());
      case BusFact.RuleDeleted fact -> timer(state, fact.name());
      case BusFact.RuleEnabled fact -> timer(state, fact.name());
      case BusFact.RuleDisabled fact -> timer(state, fact.name());
      case BusFact.BusCreated fact -> List.of();
      case BusFact.BusUpdated fact -> List.of();
      case BusFact.BusDeleted fact -> List.of();
      case BusFact.PolicyChanged fact -> List.of();
      case BusFact.TargetsPut fact -> List.of();
      case BusFact.TargetsRemoved fact -> List.of();
      case BusFact.Tagged fact -> List.of();
      case BusFact.Untagged fact -> List.of();
    };
  }

  /** Tells a rule's timer what it goes by now: nothing while the rule is disabled or gone. */
  private static List<Effect> timer(Bus bus, String name) {
    if (!bus.isTimed(name)) {
      return List.of();
    }
    Rule rule = bus.rule(name);
    String expression = rule != null && rule.enabled() ? rule.schedule() : null;
    return List.of(
        new Effect.Tell(
            RuleTimers.key(bus.arn().rule(name)), new RuleTimerCommand.Set(expression)));
  }

  @Override
  public BusCommand outcome(String call, Outcome outcome) {
    throw new IllegalStateException("a bus makes no calls: " + call);
  }

  @Override
  public void index(Bus state, Recorded<BusFact> recorded, Rows rows) {
    BusArn arn = state.arn();
    List<String> key = List.of(arn.account(), arn.region(), arn.name());
    switch (recorded.fact()) {
      case BusFact.BusCreated fact -> rows.put(TABLE, key, row(state));
      case BusFact.BusUpdated fact -> rows.put(TABLE, key, row(state));
      case BusFact.PolicyChanged fact -> rows.put(TABLE, key, row(state));
      case BusFact.BusDeleted fact -> rows.delete(TABLE, key);
      case BusFact.RulePut fact -> {}
      case BusFact.RuleDeleted fact -> {}
      case BusFact.RuleEnabled fact -> {}
      case BusFact.RuleDisabled fact -> {}
      case BusFact.TargetsPut fact -> {}
      case BusFact.TargetsRemoved fact -> {}
      case BusFact.Tagged fact -> {}
      case BusFact.Untagged fact -> {}
    }
  }

  private static ObjectNode row(Bus bus) {
    ObjectNode row =
        Json.object()
            .put("createdMillis", bus.createdMillis())
            .put("modifiedMillis", bus.modifiedMillis());
    String description = bus.description();
    if (description != null) {
      row.put("description", description);
    }
    JsonNode policy = bus.policy();
    if (policy != null) {
      row.set("policy", policy);
    }
    return row;
  }
}
