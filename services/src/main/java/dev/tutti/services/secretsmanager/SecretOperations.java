package dev.tutti.services.secretsmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Reply;
import dev.tutti.core.secrets.Secret;
import dev.tutti.core.secrets.SecretCommand;
import dev.tutti.core.secrets.SecretName;
import dev.tutti.core.secrets.SecretVersion;
import dev.tutti.core.secrets.Secrets;
import dev.tutti.core.secrets.Stages;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.wire.ServiceError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What is done with secrets as a whole, and with their versions. */
final class SecretOperations {
  private static final int MIN_DAYS = 7;
  private static final int MAX_DAYS = 30;
  private static final int PAGE = 100;
  private static final String WINDOW = "RecoveryWindowInDays";
  private static final String INVALID = "InvalidParameterException";

  private final Named named;
  private final LongSupplier clock;

  SecretOperations(Named named, LongSupplier clock) {
    this.named = named;
    this.clock = clock;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "DescribeSecret", this::describe,
        "DeleteSecret", this::delete,
        "RestoreSecret", this::restore,
        "ListSecretVersionIds", this::versions,
        "UpdateSecretVersionStage", this::move);
  }

  private Found found(Exchange exchange) {
    String id = exchange.input().path(Named.SECRET_ID).asText();
    return named.toRead(exchange, id, exchange.call().operation());
  }

  private JsonNode describe(Exchange exchange) {
    Shown shown =
        switch (found(exchange)) {
          case Found.Managed managed -> ConnectionSecrets.shown(managed.connection());
          case Found.Own own -> shown(own.secret());
        };
    return shown.told("VersionIdsToStages");
  }

  private static Shown shown(Secret secret) {
    Secret.About about = secret.about();
    Secret.Deletion deletion = secret.deletion();
    Map<String, List<String>> versions = new LinkedHashMap<>();
    for (SecretVersion version : secret.versions().values()) {
      if (!version.isDeprecated()) {
        versions.put(version.id(), List.copyOf(version.stages()));
      }
    }
    return new Shown(
        secret.arn(),
        secret.name().name(),
        about == null ? null : about.description(),
        about == null ? Collections.emptySortedMap() : about.tags(),
        versions,
        about == null ? 0 : about.createdMillis(),
        about == null ? 0 : about.changedMillis(),
        secret.readMillis(),
        deletion == null ? 0 : deletion.askedMillis(),
        null);
  }

  private JsonNode delete(Exchange exchange) {
    JsonNode input = exchange.input();
    boolean forced = input.path("ForceDeleteWithoutRecovery").asBoolean();
    if (forced && input.hasNonNull(WINDOW)) {
      throw new ServiceError(
          INVALID,
          "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
    }
    int days = input.path(WINDOW).asInt(MAX_DAYS);
    if (days < MIN_DAYS || days > MAX_DAYS) {
      throw new ServiceError(
          INVALID, "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
    }
    SecretName secret = named.toChange(exchange);
    Reply reply =
        exchange.send(
            Secrets.key(secret),
            new SecretCommand.Delete(exchange.context(), forced ? null : (Integer) days));
    return switch (reply) {
      case Reply.Done done -> done.value();
      case Reply.Refused refused when forced && refused.message().equals(Secrets.ABSENT) ->
          gone(exchange, secret);
      case Reply.Refused refused -> throw new ServiceError(refused.code(), refused.message());
    };
  }

  /** What isn't there is deleted as well as can be: that is no error where it is forced. */
  private ObjectNode gone(Exchange exchange, SecretName secret) {
    return Json.object()
        .put("ARN", secret.arn(Ids.hex(exchange.id("suffix"), 6)))
        .put("Name", secret.name())
        .put("DeletionDate", clock.getAsLong() / 1000.0);
  }

  private JsonNode restore(Exchange exchange) {
    return exchange.ask(
        Secrets.key(named.toChange(exchange)), new SecretCommand.Restore(exchange.context()));
  }

  private JsonNode versions(Exchange exchange) {
    JsonNode input = exchange.input();
    boolean all = input.path("IncludeDeprecated").asBoolean();
    List<Pages.At<ObjectNode>> versions = new ArrayList<>();
    Found found = found(exchange);
    switch (found) {
      case Found.Managed managed ->
          versions.add(
              at(
                  ConnectionSecrets.version(managed.connection()),
                  List.of(Stages.CURRENT),
                  managed.connection().authorizedMillis(),
                  0));
      case Found.Own own -> {
        for (SecretVersion version : own.secret().versions().values()) {
          if (all || !version.isDeprecated()) {
            versions.add(
                at(
                    version.id(),
                    List.copyOf(version.stages()),
                    version.createdMillis(),
                    version.readMillis()));
          }
        }
      }
    }
    ObjectNode output = Pages.page(input, "Versions", versions, false, PAGE, told -> told);
    return switch (found) {
      case Found.Managed managed ->
          output
              .put("ARN", managed.connection().arn().secretText())
              .put("Name", managed.connection().arn().secretName());
      case Found.Own own ->
          output.put("ARN", own.secret().arn()).put("Name", own.secret().name().name());
    };
  }

  private static Pages.At<ObjectNode> at(
      String id, List<String> stages, long createdMillis, long readMillis) {
    ObjectNode told = Json.object().put("VersionId", id);
    if (!stages.isEmpty()) {
      stages.forEach(told.putArray("VersionStages")::add);
    }
    Shown.date(told, "CreatedDate", createdMillis);
    Shown.date(told, "LastAccessedDate", readMillis);
    told.putArray("KmsKeyIds").add("DefaultEncryptionKey");
    return new Pages.At<>(createdMillis, id, told);
  }

  private JsonNode move(Exchange exchange) {
    JsonNode input = exchange.input();
    return exchange.ask(
        Secrets.key(named.toChange(exchange)),
        new SecretCommand.MoveStage(
            exchange.context(),
            input.path("VersionStage").asText(),
            text(input, "RemoveFromVersionId"),
            text(input, "MoveToVersionId")));
  }

  private static @Nullable String text(JsonNode input, String member) {
    return input.hasNonNull(member) ? input.path(member).asText() : null;
  }
}
