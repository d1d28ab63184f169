package dev.tutti.core.secrets;

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
import dev.tutti.core.kernel.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides secrets, aggregate kind {@code secret}, whose id is the ARN without its suffix. Who may
 * do something is decided first, so that who may not learns nothing else.
 */
public final class Secrets implements Decider<Secret, SecretCommand, SecretFact> {
  public static final String KIND = "secret";

  /** Secrets: account, region, name. */
  public static final String TABLE = "secrets";

  /** AWS's words for a secret that isn't there. */
  public static final String ABSENT = "Secrets Manager can't find the specified secret.";

  /** AWS's words for what can't be done while a secret is to be deleted. */
  public static final String MARKED =
      "You can't perform this operation on the secret because it was marked for deletion.";

  private static final String REMOVAL = "removal/";
  private static final String SUFFIX_SIGNS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int SUFFIX_LENGTH = 6;
  private static final int MAX_TAGS = 50;
  private static final long DAY_MILLIS = 86_400_000;

  public static Key key(SecretName name) {
    return new Key(KIND, name.partialArn());
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Class<SecretCommand> commands() {
    return SecretCommand.class;
  }

  @Override
  public Class<SecretFact> facts() {
    return SecretFact.class;
  }

  @Override
  public Secret blank(Key key) {
    return Secret.blank(SecretName.parse(key.id()).orElseThrow());
  }

  @Override
  public Decision<SecretCommand, SecretFact> decide(
      Secret secret, SecretCommand command, Moment moment) {
    return switch (command) {
      case SecretCommand.Create create -> create(secret, create, moment);
      case SecretCommand.PutValue put ->
          live(secret, put.caller(), "PutSecretValue")
              .orElseGet(() -> Versions.put(secret, put.value(), put.stages()));
      case SecretCommand.Update update ->
          live(secret, update.caller(), "UpdateSecret").orElseGet(() -> update(secret, update));
      case SecretCommand.MoveStage move ->
          live(secret, move.caller(), "UpdateSecretVersionStage")
              .orElseGet(() -> Versions.move(secret, move));
      case SecretCommand.Delete delete ->
          there(secret, delete.caller(), "DeleteSecret")
              .orElseGet(() -> delete(secret, delete, moment));
      case SecretCommand.Restore restore ->
          there(secret, restore.caller(), "RestoreSecret")
              .orElseGet(() ->
                  round(secret) == null
                      ? told(secret, List.of())
                      : told(secret, List.of(new SecretFact.SecretRestored(round(secret)))));
      case SecretCommand.Tag tag ->
          live(secret, tag.caller(), "TagResource").orElseGet(() -> tag(secret, tag));
      case SecretCommand.Untag untag ->
          live(secret, untag.caller(), "UntagResource")
              .orElseGet(() -> told(secret, List.of(new SecretFact.SecretUntagged(untag.keys()))));
      case SecretCommand.PutPolicy put ->
          live(secret, put.caller(), "PutResourcePolicy")
              .orElseGet(() -> told(secret, List.of(new SecretFact.SecretPolicyPut(put.policy()))));
      case SecretCommand.RemovePolicy remove ->
          live(secret, remove.caller(), "DeleteResourcePolicy")
              .orElseGet(() ->
                  told(
                      secret,
                      secret.policy() == null
                          ? List.of()
                          : List.of(new SecretFact.SecretPolicyRemoved())));
      case SecretCommand.NoteRead read ->
          told(
              secret,
              secret
                  .version(read.versionId())
                  .filter(version -> version.readMillis() < Secret.day(moment.millis()))
                  .map(version -> List.<SecretFact>of(new SecretFact.VersionRead(version.id())))
                  .orElseGet(List::of));
      case SecretCommand.Expire expire ->
          secret.deletion() != null && secret.deletion().round() == expire.round()
              ? Decision.of(new SecretFact.SecretDeleted(null))
              : Decision.none();
    };
  }

  /** A refusal where the caller may not, or there is no secret. */
  private static Optional<Decision<SecretCommand, SecretFact>> there(
      Secret secret, String caller, String operation) {
    return refusal(secret, caller, operation)
        .map(refused -> Decision.refuse(refused.code(), refused.message()));
  }

  /** As {@link #there}, or where it is to be deleted. */
  private static Optional<Decision<SecretCommand, SecretFact>> live(
      Secret secret, String caller, String operation) {
    Optional<Decision<SecretCommand, SecretFact>> refused = there(secret, caller, operation);
    return refused.isEmpty() && secret.deletion() != null
        ? Optional.of(Decision.refuse("InvalidRequestException", MARKED))
        : refused;
  }

  /** Why a caller can't perform an operation on a secret: it may not, or there is none. */
  public static Optional<Reply.Refused> refusal(Secret secret, String caller, String operation) {
    return SecretPermissions.refusal(secret, caller, operation)
        .map(reason -> new Reply.Refused("AccessDeniedException", reason))
        .or(() ->
            secret.exists()
                ? Optional.empty()
                : Optional.of(new Reply.Refused("ResourceNotFoundException", ABSENT)));
  }

  private static Decision<SecretCommand, SecretFact> create(
      Secret secret, SecretCommand.Create create, Moment moment) {
    if (secret.deletion() != null) {
      return Decision.refuse(
          "InvalidRequestException",
          "You can't create this secret because a secret with this name is already scheduled for"
              + " deletion.");
    }
    SealedValue value = create.value();
    if (secret.exists()) {
      return repeated(secret, create);
    }
    String suffix = suffix(moment.random());
    List<SecretFact> facts = new ArrayList<>();
    facts.add(
        new SecretFact.SecretCreated(suffix, create.token(), create.description(), create.tags()));
    ObjectNode reply =
        Json.object().put("ARN", secret.name().arn(suffix)).put("Name", secret.name().name());
    if (value != null) {
      facts.add(new SecretFact.ValuePut(value, List.of(Stages.CURRENT)));
      reply.put("VersionId", value.versionId());
    }
    return Decision.<SecretCommand, SecretFact>of(facts).replying(reply);
  }

  private static Decision<SecretCommand, SecretFact> repeated(
      Secret secret, SecretCommand.Create create) {
    SealedValue value = create.value();
    if (value != null && secret.versions().containsKey(value.versionId())) {
      return Versions.put(secret, value, null);
    }
    return value == null && secret.about() != null && secret.about().token().equals(create.token())
        ? told(secret, List.of())
        : Decision.refuse(
            "ResourceExistsException",
            "The operation failed because the secret " + secret.name().name() + " already exists.");
  }

  private static String suffix(SplittableRandom random) {
    StringBuilder suffix = new StringBuilder();
    for (int i = 0; i < SUFFIX_LENGTH; i++) {
      suffix.append(SUFFIX_SIGNS.charAt(random.nextInt(SUFFIX_SIGNS.length())));
    }
    return suffix.toString();
  }

  private static Decision<SecretCommand, SecretFact> update(
      Secret secret, SecretCommand.Update update) {
    SealedValue value = update.value();
    Decision<SecretCommand, SecretFact> put =
        value == null ? told(secret, List.of()) : Versions.put(secret, value, null);
    String description = update.description();
    if (description == null || put.reply() instanceof Reply.Refused) {
      return put;
    }
    List<SecretFact> facts = new ArrayList<>(put.facts());
    facts.add(new SecretFact.SecretDescribed(description));
    return new Decision<>(List.copyOf(facts), put.reply(), List.of());
  }

  private static Decision<SecretCommand, SecretFact> delete(
      Secret secret, SecretCommand.Delete delete, Moment moment) {
    Integer days = delete.days();
    if (days == null) {
      return ended(secret, new SecretFact.SecretDeleted(round(secret)), moment.millis());
    }
    if (secret.deletion() != null) {
      return Decision.refuse(
          "InvalidRequestException",
          "You can't perform this operation on the secret because it was already scheduled for"
              + " deletion.");
    }
    long atMillis = moment.millis() + days * DAY_MILLIS;
    return ended(secret, new SecretFact.DeletionScheduled(atMillis), atMillis);
  }

  private static @Nullable Long round(Secret secret) {
    return secret.deletion() == null ? null : (Long) secret.deletion().round();
  }

  private static Decision<SecretCommand, SecretFact> ended(
      Secret secret, SecretFact fact, long atMillis) {
    return Decision.<SecretCommand, SecretFact>of(fact)
        .replying(named(secret).put("DeletionDate", atMillis / 1000.0));
  }

  private static Decision<SecretCommand, SecretFact> tag(Secret secret, SecretCommand.Tag tag) {
    TreeSet<String> keys = new TreeSet<>(tag.tags().keySet());
    if (secret.about() != null) {
      keys.addAll(secret.about().tags().keySet());
    }
    return keys.size() > MAX_TAGS
        ? Decision.refuse(
            "InvalidParameterException", "A secret can have at most " + MAX_TAGS + " tags.")
        : told(secret, List.of(new SecretFact.SecretTagged(tag.tags())));
  }

  static Decision<SecretCommand, SecretFact> told(Secret secret, List<SecretFact> facts) {
    return Decision.<SecretCommand, SecretFact>of(facts).replying(named(secret));
  }

  static ObjectNode named(Secret secret) {
    return Json.object().put("ARN", secret.arn()).put("Name", secret.name().name());
  }

  @Override
  public Secret apply(Secret secret, Recorded<SecretFact> recorded) {
    return secret.after(recorded);
  }

  @Override
  public List<Effect> effects(Secret secret, Recorded<SecretFact> recorded) {
    return switch (recorded.fact()) {
      case SecretFact.DeletionScheduled fact ->
          List.of(
              new Effect.Wake(
                  REMOVAL + recorded.seq(),
                  fact.atMillis(),
                  new SecretCommand.Expire(recorded.seq())));
      case SecretFact.SecretCreated _,
          SecretFact.ValuePut _,
          SecretFact.StageMoved _,
          SecretFact.SecretDescribed _,
          SecretFact.SecretTagged _,
          SecretFact.SecretUntagged _,
          SecretFact.SecretPolicyPut _,
          SecretFact.SecretPolicyRemoved _,
          SecretFact.VersionRead _ ->
          List.of();
      case SecretFact.SecretRestored fact -> notLater(fact.round());
      case SecretFact.SecretDeleted fact -> notLater(fact.round());
    };
  }

  private static List<Effect> notLater(@Nullable Long round) {
    return round == null ? List.of() : List.of(new Effect.Cancel(REMOVAL + round));
  }

  @Override
  public SecretCommand outcome(String call, Outcome outcome) {
    throw new IllegalStateException("a secret calls nobody: " + call);
  }

  @Override
  public void index(Secret secret, Recorded<SecretFact> recorded, Rows rows) {
    SecretName name = secret.name();
    List<String> key = List.of(name.account(), name.region(), name.name());
    if (secret.about() == null) {
      rows.delete(TABLE, key);
    } else {
      rows.put(TABLE, key, row(secret, secret.about()));
    }
  }

  /** What lists say of a secret. */
  private static ObjectNode row(Secret secret, Secret.About about) {
    ObjectNode row =
        Json.object()
            .put("arn", secret.arn())
            .put("createdMillis", about.createdMillis())
            .put("changedMillis", about.changedMillis());
    put(row, "description", about.description());
    ObjectNode tags = row.putObject("tags");
    about.tags().forEach(tags::put);
    ObjectNode versions = row.putObject("versions");
    for (SecretVersion version : secret.versions().values()) {
      if (!version.isDeprecated()) {
        ArrayNode stages = versions.putArray(version.id());
        version.stages().forEach(stages::add);
      }
    }
    if (secret.readMillis() > 0) {
      row.put("readMillis", secret.readMillis());
    }
    if (secret.deletion() != null) {
      row.put("deletedMillis", secret.deletion().askedMillis());
    }
    return row;
  }

  private static void put(ObjectNode row, String member, @Nullable String text) {
    if (text != null) {
      row.put(member, text);
    }
  }
}
