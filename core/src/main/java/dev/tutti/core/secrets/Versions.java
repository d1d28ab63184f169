package dev.tutti.core.secrets;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.kernel.Decision;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Decides about a secret's versions and their staging labels. */
final class Versions {
  /** Most staging labels of a version. */
  private static final int MAX_STAGES = 20;

  private static final String INVALID = "InvalidParameterException";

  private Versions() {}

  /**
   * A version more; nothing where it is there with the same value.
   *
   * @param stages null is {@code AWSCURRENT} alone
   */
  static Decision<SecretCommand, SecretFact> put(
      Secret secret, SealedValue value, @Nullable List<String> stages) {
    Optional<SecretVersion> same = secret.version(value.versionId());
    if (same.isPresent()) {
      return same.get().value().digest().equals(value.digest())
          ? Decision.<SecretCommand, SecretFact>none()
              .replying(reply(secret, value, same.get().stages()))
          : Decision.refuse(
              "ResourceExistsException",
              "You can't use ClientRequestToken "
                  + value.versionId()
                  + " because that value is already in use for a version of secret "
                  + secret.arn()
                  + ".");
    }
    TreeSet<String> given = new TreeSet<>(stages == null ? List.of(Stages.CURRENT) : stages);
    if (secret.versions().isEmpty()) {
      given.add(Stages.CURRENT);
    }
    return Decision.<SecretCommand, SecretFact>of(
            new SecretFact.ValuePut(value, List.copyOf(given)))
        .replying(reply(secret, value, given));
  }

  private static ObjectNode reply(Secret secret, SealedValue value, Collection<String> stages) {
    ObjectNode reply = Secrets.named(secret).put("VersionId", value.versionId());
    ArrayNode all = reply.putArray("VersionStages");
    stages.forEach(all::add);
    return reply;
  }

  static Decision<SecretCommand, SecretFact> move(Secret secret, SecretCommand.MoveStage move) {
    String stage = move.stage();
    for (String named : new String[] {move.from(), move.to()}) {
      if (named != null && secret.version(named).isEmpty()) {
        return Decision.refuse("ResourceNotFoundException", absent("VersionId: " + named));
      }
    }
    String holder =
        Stages.holder(secret.versions().values(), stage).map(SecretVersion::id).orElse(null);
    if (holder == null ? move.from() != null : !holder.equals(move.to()) || move.from() != null) {
      Optional<String> wrong = wrongSource(stage, holder, move.from());
      if (wrong.isPresent()) {
        return Decision.refuse(INVALID, wrong.get());
      }
    }
    if (move.to() == null && (move.from() == null || stage.equals(Stages.CURRENT))) {
      return Decision.refuse(
          INVALID,
          stage.equals(Stages.CURRENT)
              ? "You can only move staging label AWSCURRENT to a different secret version. It can't"
                  + " be completely removed."
              : "You must provide MoveToVersionId or RemoveFromVersionId.");
    }
    if (holder != null && holder.equals(move.to())) {
      return Secrets.told(secret, List.of());
    }
    boolean full =
        secret.version(move.to()).filter(to -> to.stages().size() == MAX_STAGES).isPresent();
    return full
        ? Decision.refuse(
            "LimitExceededException",
            "A version can have at most " + MAX_STAGES + " staging labels.")
        : Secrets.told(secret, List.of(new SecretFact.StageMoved(stage, move.to())));
  }

  /** What is wrong with the version that a label is to be taken from. */
  private static Optional<String> wrongSource(
      String stage, @Nullable String holder, @Nullable String from) {
    if (holder == null) {
      return Optional.of("Version stage " + stage + " not found in version " + from);
    }
    return holder.equals(from)
        ? Optional.empty()
        : Optional.of(
            "The parameter RemoveFromVersionId can't be "
                + (from == null ? "empty" : from)
                + ". Staging label "
                + stage
                + " is currently attached to version "
                + holder
                + ", so you must explicitly reference that version in RemoveFromVersionId.");
  }

  /**
   * AWS's words for a value that isn't there.
   *
   * @param what for example {@code staging label: AWSCURRENT}
   */
  static String absent(String what) {
    return "Secrets Manager can't find the specified secret value for " + what;
  }
}
