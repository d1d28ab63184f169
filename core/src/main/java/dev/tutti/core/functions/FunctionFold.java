package dev.tutti.core.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Applies facts to a {@link Function}, for the decider and the catalogue alike. */
final class FunctionFold {
  private FunctionFold() {}

  /** The function after a fact. Every change of what Lambda versions gives it a new revision. */
  static Function apply(Function function, long seq, long millis, FunctionFact fact) {
    String revision = Ids.uuid("function/" + function.arn() + '#' + seq);
    return switch (fact) {
      case FunctionFact.Created created ->
          Function.blank(function.arn(), seq)
              .with(
                  seq,
                  Function.Phase.CREATING,
                  new Release(0, created.configuration(), created.code(), revision, millis))
              .with(Published.NOTHING.stale())
              .with(Attached.NOTHING.withTags(new TreeMap<>(created.tags())));
      case FunctionFact.CodeUpdated updated -> {
        Release latest = latest(function).with(updated.code(), revision, millis);
        if (updated.architectures() != null) {
          latest =
              latest.with(
                  latest
                      .configuration()
                      .with(Configuration.Change.ofArchitectures(updated.architectures())),
                  revision,
                  millis);
        }
        yield updated(function, seq, latest);
      }
      case FunctionFact.Reconfigured changed ->
          updated(function, seq, latest(function).with(changed.configuration(), revision, millis));
      case FunctionFact.Settled settled ->
          function.with(seq, Function.Phase.SETTLED, latest(function).with(revision));
      case FunctionFact.Deleted deleted -> Function.blank(function.arn(), seq);
      case FunctionFact.VersionPublished published ->
          published(touched(function, seq, revision), published, millis);
      case FunctionFact.VersionDeleted deleted ->
          at(function, seq)
              .with(function.published().withoutVersion(deleted.number()))
              .with(function.attached().without(Integer.toString(deleted.number())));
      case FunctionFact.AliasPut put ->
          at(function, seq)
              .with(
                  function
                      .published()
                      .with(
                          new Alias(
                              put.name(),
                              put.version(),
                              put.description(),
                              put.weights(),
                              revision)));
      case FunctionFact.AliasDeleted deleted ->
          at(function, seq)
              .with(function.published().withoutAlias(deleted.name()))
              .with(function.attached().without(deleted.name()));
      case FunctionFact.PermissionAdded added -> {
        List<JsonNode> statements = statements(function, added.qualifier());
        statements.add(added.statement());
        yield permitted(function, seq, revision, added.qualifier(), statements);
      }
      case FunctionFact.PermissionRemoved removed -> {
        List<JsonNode> statements = statements(function, removed.qualifier());
        statements.removeIf(each -> removed.sid().equals(each.path("Sid").asText()));
        yield permitted(function, seq, revision, removed.qualifier(), statements);
      }
      case FunctionFact.Tagged tagged -> {
        var tags = new TreeMap<>(function.attached().tags());
        tags.putAll(tagged.tags());
        yield touched(function, seq, revision).with(function.attached().withTags(tags));
      }
      case FunctionFact.Untagged untagged -> {
        var tags = new TreeMap<>(function.attached().tags());
        untagged.keys().forEach(tags::remove);
        yield touched(function, seq, revision).with(function.attached().withTags(tags));
      }
      case FunctionFact.ConcurrencyReserved reserved ->
          at(function, seq).with(function.attached().withReserved(reserved.most()));
      case FunctionFact.EventInvokeSet set -> {
        var settings =
            new EventInvoke(
                set.retries(), set.maxAgeSeconds(), set.onSuccess(), set.onFailure(), millis);
        yield at(function, seq)
            .with(function.attached().withEventInvoke(set.qualifier(), settings));
      }
      case FunctionFact.EventInvokeDeleted deleted ->
          at(function, seq).with(function.attached().withEventInvoke(deleted.qualifier(), null));
    };
  }

  private static Function updated(Function function, long seq, Release latest) {
    return function.with(seq, Function.Phase.UPDATING, latest).with(function.published().stale());
  }

  private static Function published(
      Function function, FunctionFact.VersionPublished published, long millis) {
    Release latest = latest(function);
    Release version =
        new Release(
            published.number(),
            latest
                .configuration()
                .with(Configuration.Change.ofDescription(published.description())),
            latest.code(),
            Ids.uuid(latest.revision() + "/version"),
            millis);
    return function.with(function.published().with(version));
  }

  private static Function permitted(
      Function function, long seq, String revision, String qualifier, List<JsonNode> statements) {
    Function changed = qualifier.isEmpty() ? touched(function, seq, revision) : at(function, seq);
    Policy policy = statements.isEmpty() ? null : new Policy(revision, List.copyOf(statements));
    return changed.with(function.attached().withPolicy(qualifier, policy));
  }

  private static List<JsonNode> statements(Function function, String qualifier) {
    Policy policy = function.attached().policies().get(qualifier);
    return policy == null ? new ArrayList<>() : new ArrayList<>(policy.statements());
  }

  private static Function at(Function function, long seq) {
    return function.with(seq, function.phase(), function.latest());
  }

  private static Function touched(Function function, long seq, String revision) {
    return function.with(seq, function.phase(), latest(function).with(revision));
  }

  private static Release latest(Function function) {
    Release latest = function.latest();
    if (latest == null) {
      throw new IllegalStateException("a fact about a function that isn't: " + function.arn());
    }
    return latest;
  }
}
