package dev.tutti.services.secretsmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.secrets.SealedValue;
import dev.tutti.core.secrets.Secret;
import dev.tutti.core.secrets.SecretCommand;
import dev.tutti.core.secrets.SecretName;
import dev.tutti.core.secrets.SecretVersion;
import dev.tutti.core.secrets.Secrets;
import dev.tutti.core.secrets.Stages;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.wire.ServiceError;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Secrets' values: bringing and reading them. */
final class ValueOperations {
  private static final String GET = "GetSecretValue";
  private static final String TOKEN = "ClientRequestToken";
  private static final String VERSION_STAGE = "VersionStage";
  private static final String VERSION_ID = "VersionId";
  private static final String DEFAULT_KEY = "alias/aws/secretsmanager";
  private static final String KEY = "KmsKeyId";

  private final Named named;
  private final ConnectionSecrets connections;
  private final Sealing sealing;
  private final LongSupplier clock;

  ValueOperations(Named named, ConnectionSecrets connections, Sealing sealing, LongSupplier clock) {
    this.named = named;
    this.connections = connections;
    this.sealing = sealing;
    this.clock = clock;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "CreateSecret",
        this::create,
        "PutSecretValue",
        this::put,
        "UpdateSecret",
        this::update,
        GET,
        this::get);
  }

  private JsonNode create(Exchange exchange) {
    JsonNode input = exchange.input();
    refuseUnsupported(input, "AddReplicaRegions", "Type");
    String name = input.path("Name").asText();
    Named.check(name);
    if (name.indexOf('!') >= 0) {
      throw new ServiceError(
          "InvalidParameterException",
          "Names with ! are those of secrets that other services manage.");
    }
    SecretName secret = new SecretName(exchange.region(), exchange.context(), name);
    String token = token(exchange);
    JsonNode answer =
        exchange.ask(
            Secrets.key(secret),
            new SecretCommand.Create(
                token,
                text(input, "Description"),
                Tagging.tags(input),
                Content.of(input)
                    .map(content -> sealing.seal(secret, token, content))
                    .orElse(null)));
    return without(answer, "VersionStages");
  }

  private static void refuseUnsupported(JsonNode input, String... members) {
    Named.refuseMembers(input, members);
    if (input.hasNonNull(KEY) && !input.path(KEY).asText().equals(DEFAULT_KEY)) {
      Named.refuseMembers(input, KEY);
    }
  }

  private static JsonNode without(JsonNode answer, String member) {
    ObjectNode rest = ((ObjectNode) answer).deepCopy();
    rest.remove(member);
    return rest;
  }

  private static @Nullable String text(JsonNode input, String member) {
    return input.hasNonNull(member) ? input.path(member).asText() : null;
  }

  /**
   * What names the request. Clients of AWS's make one up; over HTTP one has to be there, and a call
   * from inside has one that stays the same when it is repeated.
   */
  private static String token(Exchange exchange) {
    String token = text(exchange.input(), TOKEN);
    if (token != null) {
      return token;
    }
    if (exchange.call().accessKey() != null) {
      throw new ServiceError(
          "InvalidRequestException",
          "You must provide a ClientRequestToken value. We recommend a UUID-type value.");
    }
    return exchange.id(TOKEN);
  }

  private JsonNode put(Exchange exchange) {
    JsonNode input = exchange.input();
    Named.refuseMembers(input, "RotationToken");
    SecretName secret = named.toChange(exchange);
    Content content =
        Content.of(input)
            .orElseThrow(() ->
                new ServiceError(
                    "InvalidRequestException",
                    "You must provide either SecretString or SecretBinary."));
    JsonNode stages = input.path("VersionStages");
    return exchange.ask(
        Secrets.key(secret),
        new SecretCommand.PutValue(
            exchange.context(),
            sealing.seal(secret, token(exchange), content),
            stages.isEmpty() ? null : stages.valueStream().map(JsonNode::asText).toList()));
  }

  private JsonNode update(Exchange exchange) {
    JsonNode input = exchange.input();
    refuseUnsupported(input, "Type");
    SecretName secret = named.toChange(exchange);
    Optional<SealedValue> value =
        Content.of(input).map(content -> sealing.seal(secret, token(exchange), content));
    JsonNode answer =
        exchange.ask(
            Secrets.key(secret),
            new SecretCommand.Update(
                exchange.context(), text(input, "Description"), value.orElse(null)));
    return without(answer, "VersionStages");
  }

  private JsonNode get(Exchange exchange) {
    JsonNode input = exchange.input();
    return value(
        exchange,
        input.path(Named.SECRET_ID).asText(),
        text(input, VERSION_ID),
        text(input, VERSION_STAGE));
  }

  /**
   * A value.
   *
   * @param id names the secret
   * @param version null for any
   * @param stage null for {@code AWSCURRENT} where no version is given
   * @throws ServiceError where there is no such value, or the caller may not read it
   */
  ObjectNode value(Exchange exchange, String id, @Nullable String version, @Nullable String stage) {
    Found found = named.toRead(exchange, id, GET);
    return switch (found) {
      case Found.Managed managed -> {
        String current = ConnectionSecrets.version(managed.connection());
        if (version != null && !version.equals(current)) {
          throw absent("VersionId: " + version);
        }
        if (stage != null && !stage.equals(Stages.CURRENT)) {
          throw version == null ? absent("staging label: " + stage) : mismatch();
        }
        yield connections.value(managed.connection());
      }
      case Found.Own own -> value(exchange, own.secret(), version, stage);
    };
  }

  private ObjectNode value(
      Exchange exchange, Secret secret, @Nullable String id, @Nullable String stage) {
    if (secret.deletion() != null) {
      throw new ServiceError("InvalidRequestException", Secrets.MARKED);
    }
    String label = stage == null ? Stages.CURRENT : stage;
    SecretVersion version =
        id == null
            ? Stages.holder(secret.versions().values(), label)
                .orElseThrow(() -> absent("staging label: " + label))
            : Optional.ofNullable(secret.versions().get(id))
                .orElseThrow(() -> absent("VersionId: " + id));
    if (stage != null && !version.stages().contains(stage)) {
      throw mismatch();
    }
    ObjectNode output = Json.object().put("ARN", secret.arn()).put("Name", secret.name().name());
    output.put(VERSION_ID, version.id());
    sealing.open(secret.name(), version.value()).into(output);
    ArrayNode stages = Json.array();
    version.stages().forEach(stages::add);
    if (!stages.isEmpty()) {
      output.set("VersionStages", stages);
    }
    Shown.date(output, "CreatedDate", version.createdMillis());
    if (version.readMillis() < Secret.day(clock.getAsLong())) {
      exchange.leave(Secrets.key(secret.name()), new SecretCommand.NoteRead(version.id()));
    }
    return output;
  }

  private static ServiceError absent(String what) {
    return new ServiceError(
        "ResourceNotFoundException",
        "Secrets Manager can't find the specified secret value for " + what);
  }

  private static ServiceError mismatch() {
    return new ServiceError(
        "InvalidRequestException",
        "You provided a VersionStage that is not associated to the provided VersionId.");
  }
}
