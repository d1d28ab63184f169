package dev.tutti.core.functions;

import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides about a function: configuration, code, versions, permissions, tags. Aliases and their
 * routing are {@link AliasRules}.
 *
 * <p>An update answers {@code InProgress} as Lambda does, and is settled by a fact of its own in
 * the same commit: whoever was answered sees it done, under another revision.
 */
public final class Functions implements Decider<Function, FunctionCommand, FunctionFact> {
  /** The {@link Key#kind()}; the id is the ARN without qualifier. */
  public static final String KIND = "function";

  private static final int MAX_TAGS = 50;

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Class<FunctionCommand> commands() {
    return FunctionCommand.class;
  }

  @Override
  public Class<FunctionFact> facts() {
    return FunctionFact.class;
  }

  @Override
  public Function blank(Key key) {
    return Function.blank(key.id());
  }

  @Override
  public Function apply(Function state, Recorded<FunctionFact> recorded) {
    return FunctionFold.apply(state, recorded.seq(), recorded.millis(), recorded.fact());
  }

  @Override
  public List<Effect> effects(Function state, Recorded<FunctionFact> recorded) {
    return List.of();
  }

  @Override
  public FunctionCommand outcome(String call, Outcome outcome) {
    throw new IllegalStateException("a function calls nobody: " + call);
  }

  @Override
  public Decision<FunctionCommand, FunctionFact> decide(
      Function state, FunctionCommand command, Moment moment) {
    Release latest = state.latest();
    if (command instanceof FunctionCommand.Create create) {
      return create(state, create, moment);
    }
    if (latest == null) {
      return command instanceof FunctionCommand.RemovePermission
          ? Refusals.notFound("No policy found for: " + state.arn())
          : Refusals.functionNotFound(state.arn());
    }
    return switch (command) {
      case FunctionCommand.Create create -> create(state, create, moment);
      case FunctionCommand.UpdateCode update -> updateCode(state, latest, update, moment);
      case FunctionCommand.UpdateConfiguration update ->
          Refusals.stale(update.revision(), latest.revision())
              ? Refusals.staleResource()
              : describing(
                  state,
                  new FunctionFact.Reconfigured(latest.configuration().with(update.change())),
                  moment);
      case FunctionCommand.PublishVersion publish -> publish(state, latest, publish, moment);
      case FunctionCommand.Delete delete -> delete(state, delete.qualifier());
      case FunctionCommand.CreateAlias create -> AliasRules.create(state, create, moment);
      case FunctionCommand.UpdateAlias update -> AliasRules.update(state, update, moment);
      case FunctionCommand.DeleteAlias delete ->
          state.published().aliases().containsKey(delete.name())
              ? done(new FunctionFact.AliasDeleted(delete.name()))
              : nothing();
      case FunctionCommand.AddPermission add -> addPermission(state, add);
      case FunctionCommand.RemovePermission remove -> removePermission(state, remove);
      case FunctionCommand.Tag tag ->
          tooMany(state, tag.tags())
              ? Refusals.tooManyTags()
              : done(new FunctionFact.Tagged(tag.tags()));
      case FunctionCommand.Untag untag ->
          untag.keys().stream().anyMatch(state.attached().tags()::containsKey)
              ? done(new FunctionFact.Untagged(untag.keys()))
              : nothing();
      case FunctionCommand.Reserve reserve ->
          done(new FunctionFact.ConcurrencyReserved(reserve.most()));
      case FunctionCommand.SetEventInvoke set -> setEventInvoke(state, set, moment);
      case FunctionCommand.DeleteEventInvoke delete ->
          state.attached().eventInvokes().containsKey(delete.qualifier())
              ? done(new FunctionFact.EventInvokeDeleted(delete.qualifier()))
              : Refusals.noEventInvoke(state.arn(), delete.qualifier());
    };
  }

  private static Decision<FunctionCommand, FunctionFact> create(
      Function state, FunctionCommand.Create create, Moment moment) {
    if (state.latest() != null) {
      return Decision.refuse(
          "ResourceConflictException", "Function already exist: " + state.name());
    }
    if (create.tags().size() > MAX_TAGS) {
      return Refusals.tooManyTags();
    }
    var created = new FunctionFact.Created(create.configuration(), create.code(), create.tags());
    return create.publish()
        ? publishing(state, created, create.configuration().description(), moment)
        : describing(state, created, moment);
  }

  private static Decision<FunctionCommand, FunctionFact> updateCode(
      Function state, Release latest, FunctionCommand.UpdateCode update, Moment moment) {
    if (Refusals.stale(update.revision(), latest.revision())) {
      return Refusals.staleResource();
    }
    var updated = new FunctionFact.CodeUpdated(update.code(), update.architectures());
    return update.publish()
        ? publishing(state, updated, latest.configuration().description(), moment)
        : describing(state, updated, moment);
  }

  /** The fact and its settling, answered with the function as the fact alone makes it. */
  private static Decision<FunctionCommand, FunctionFact> describing(
      Function state, FunctionFact fact, Moment moment) {
    Function after = after(state, fact, moment);
    return Decision.<FunctionCommand, FunctionFact>of(List.of(fact, new FunctionFact.Settled()))
        .replying(FunctionJson.configuration(after, latest(after), ""));
  }

  /** As {@link #describing}, with a version published of it. */
  private static Decision<FunctionCommand, FunctionFact> publishing(
      Function state, FunctionFact fact, String description, Moment moment) {
    var settled = new FunctionFact.Settled();
    Function after = after(after(state, fact, moment), settled, moment);
    var published = new FunctionFact.VersionPublished(after.published().last() + 1, description);
    after = after(after, published, moment);
    Release release = version(after, published.number());
    return Decision.<FunctionCommand, FunctionFact>of(List.of(fact, settled, published))
        .replying(FunctionJson.created(after, release, release.version()));
  }

  private static Decision<FunctionCommand, FunctionFact> publish(
      Function state, Release latest, FunctionCommand.PublishVersion publish, Moment moment) {
    if (Refusals.stale(publish.revision(), latest.revision())) {
      return Refusals.staleResource();
    }
    String current = latest.code().sha256();
    if (publish.sha256() != null && !publish.sha256().equals(current)) {
      return Refusals.invalid(
          "CodeSHA256 ("
              + publish.sha256()
              + ") is different from current CodeSHA256 in $LATEST ("
              + current
              + "). Please try again with the CodeSHA256 in $LATEST.");
    }
    Release last = state.published().versions().get(state.published().last());
    if (last != null && !state.published().changed()) {
      return Decision.<FunctionCommand, FunctionFact>none()
          .replying(FunctionJson.configuration(state, last, last.version()));
    }
    String description =
        publish.description() == null || publish.description().isEmpty()
            ? latest.configuration().description()
            : publish.description();
    var fact = new FunctionFact.VersionPublished(state.published().last() + 1, description);
    Function after = after(state, fact, moment);
    Release release = version(after, fact.number());
    return Decision.<FunctionCommand, FunctionFact>of(fact)
        .replying(FunctionJson.configuration(after, release, release.version()));
  }

  private static Decision<FunctionCommand, FunctionFact> delete(Function state, String qualifier) {
    if (qualifier.isEmpty()) {
      return done(new FunctionFact.Deleted());
    }
    Release release =
        state.published().aliases().containsKey(qualifier) ? null : state.release(qualifier);
    if (release == null) {
      return nothing();
    }
    List<String> names =
        state.published().aliases().values().stream()
            .filter(alias ->
                alias.version().equals(qualifier) || alias.weights().containsKey(qualifier))
            .map(alias -> state.arn() + ':' + alias.name())
            .toList();
    return names.isEmpty()
        ? done(new FunctionFact.VersionDeleted(release.number()))
        : Decision.refuse(
            "ResourceConflictException",
            "Unable to delete version because the following aliases reference it: " + names);
  }

  private static Decision<FunctionCommand, FunctionFact> addPermission(
      Function state, FunctionCommand.AddPermission add) {
    Policy policy = state.attached().policies().get(add.qualifier());
    if (Refusals.stale(add.revision(), policyRevision(state, add.qualifier()))) {
      return Refusals.stalePolicy();
    }
    if (policy != null && policy.has(add.sid())) {
      return Decision.refuse(
          "ResourceConflictException",
          "The statement id ("
              + add.sid()
              + ") provided already exists. Please provide a new statement id, or remove the"
              + " existing statement.");
    }
    return done(new FunctionFact.PermissionAdded(add.qualifier(), add.sid(), add.statement()));
  }

  private static Decision<FunctionCommand, FunctionFact> removePermission(
      Function state, FunctionCommand.RemovePermission remove) {
    Policy policy = state.attached().policies().get(remove.qualifier());
    if (policy == null) {
      return Refusals.notFound("No policy is associated with the given resource.");
    }
    if (Refusals.stale(remove.revision(), policy.revision())) {
      return Refusals.stalePolicy();
    }
    return policy.has(remove.sid())
        ? done(new FunctionFact.PermissionRemoved(remove.qualifier(), remove.sid()))
        : Refusals.notFound("Statement " + remove.sid() + " is not found in resource policy.");
  }

  /** Without a policy yet, the revision to name is that of what the policy will be of. */
  private static @Nullable String policyRevision(Function state, String qualifier) {
    Policy policy = state.attached().policies().get(qualifier);
    if (policy != null) {
      return policy.revision();
    }
    Alias alias = state.published().aliases().get(qualifier);
    if (alias != null) {
      return alias.revision();
    }
    Release release = state.release(qualifier);
    return release == null ? null : release.revision();
  }

  private static Decision<FunctionCommand, FunctionFact> setEventInvoke(
      Function state, FunctionCommand.SetEventInvoke set, Moment moment) {
    EventInvoke current = state.attached().eventInvokes().get(set.qualifier());
    if (set.merge() && current == null) {
      return Refusals.noEventInvoke(state.arn(), set.qualifier());
    }
    EventInvoke under = set.merge() && current != null ? current : EventInvoke.NONE;
    var fact =
        new FunctionFact.EventInvokeSet(
            set.qualifier(),
            set.retries() == null ? under.retries() : set.retries(),
            set.maxAgeSeconds() == null ? under.maxAgeSeconds() : set.maxAgeSeconds(),
            destination(set.onSuccess(), under.onSuccess()),
            destination(set.onFailure(), under.onFailure()));
    return Decision.<FunctionCommand, FunctionFact>of(fact)
        .replying(
            FunctionJson.eventInvoke(
                state,
                set.qualifier(),
                new EventInvoke(
                    fact.retries(),
                    fact.maxAgeSeconds(),
                    fact.onSuccess(),
                    fact.onFailure(),
                    moment.millis())));
  }

  private static @Nullable String destination(@Nullable String asked, @Nullable String current) {
    if (asked == null) {
      return current;
    }
    return asked.isEmpty() ? null : asked;
  }

  private static boolean tooMany(Function state, Map<String, String> more) {
    Set<String> keys = new HashSet<>(state.attached().tags().keySet());
    keys.addAll(more.keySet());
    return keys.size() > MAX_TAGS;
  }

  static Function after(Function state, FunctionFact fact, Moment moment) {
    return FunctionFold.apply(state, state.seq() + 1, moment.millis(), fact);
  }

  private static Release latest(Function function) {
    return version(function, 0);
  }

  private static Release version(Function function, int number) {
    Release release = function.release(number == 0 ? "" : Integer.toString(number));
    if (release == null) {
      throw new IllegalStateException("no version " + number + " of " + function.arn());
    }
    return release;
  }

  private static Decision<FunctionCommand, FunctionFact> done(FunctionFact fact) {
    return Decision.<FunctionCommand, FunctionFact>of(fact).replying();
  }

  private static Decision<FunctionCommand, FunctionFact> nothing() {
    return Decision.<FunctionCommand, FunctionFact>none().replying();
  }
}
