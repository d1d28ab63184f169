package dev.tutti.services.secretsmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.core.secrets.Secret;
import dev.tutti.core.secrets.SecretCommand;
import dev.tutti.core.secrets.SecretPermissions;
import dev.tutti.core.secrets.Secrets;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.wire.ServiceError;
import java.util.Map;
import java.util.Optional;

/** Resource policies of secrets. */
final class PolicyOperations {
  private static final String POLICY = "ResourcePolicy";
  private static final String SYNTAX = "This resource policy contains a syntax error.";
  private static final String PUBLIC = "This resource policy grants broad access to the secret.";

  private final Named named;

  PolicyOperations(Named named) {
    this.named = named;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "PutResourcePolicy", this::put,
        "GetResourcePolicy", this::get,
        "DeleteResourcePolicy", this::delete,
        "ValidateResourcePolicy", this::validate);
  }

  /** The request's policy; empty where it is none. */
  private static Optional<JsonNode> policy(JsonNode input) {
    try {
      return Optional.of(Json.parse(input.path(POLICY).asText()))
          .filter(SecretPermissions::isPolicy);
    } catch (MalformedJson e) {
      return Optional.empty();
    }
  }

  private JsonNode put(Exchange exchange) {
    JsonNode input = exchange.input();
    var secret = named.toChange(exchange);
    JsonNode policy =
        policy(input)
            .orElseThrow(() -> new ServiceError("MalformedPolicyDocumentException", SYNTAX));
    if (input.path("BlockPublicPolicy").asBoolean() && SecretPermissions.isPublic(policy)) {
      throw new ServiceError("PublicPolicyException", PUBLIC);
    }
    return exchange.ask(
        Secrets.key(secret), new SecretCommand.PutPolicy(exchange.context(), policy));
  }

  private JsonNode get(Exchange exchange) {
    Found found = read(exchange);
    return switch (found) {
      case Found.Managed managed ->
          Json.object()
              .put("ARN", managed.connection().arn().secretText())
              .put("Name", managed.connection().arn().secretName());
      case Found.Own own -> told(own.secret());
    };
  }

  private Found read(Exchange exchange) {
    String id = exchange.input().path(Named.SECRET_ID).asText();
    return named.toRead(exchange, id, exchange.call().operation());
  }

  private static ObjectNode told(Secret secret) {
    if (secret.deletion() != null) {
      throw new ServiceError("InvalidRequestException", Secrets.MARKED);
    }
    ObjectNode told = Json.object().put("ARN", secret.arn()).put("Name", secret.name().name());
    return secret.policy() == null ? told : told.put(POLICY, Json.write(secret.policy()));
  }

  private JsonNode delete(Exchange exchange) {
    return exchange.ask(
        Secrets.key(named.toChange(exchange)), new SecretCommand.RemovePolicy(exchange.context()));
  }

  private JsonNode validate(Exchange exchange) {
    JsonNode input = exchange.input();
    if (input.hasNonNull(Named.SECRET_ID)) {
      var _ = read(exchange);
    }
    Optional<JsonNode> policy = policy(input);
    ObjectNode output = Json.object();
    ArrayNode errors = Json.array();
    if (policy.isEmpty()) {
      errors.addObject().put("CheckName", "SYNTAX").put("ErrorMessage", SYNTAX);
    } else if (SecretPermissions.isPublic(policy.get())) {
      errors.addObject().put("CheckName", "BROAD_ACCESS").put("ErrorMessage", PUBLIC);
    }
    output.put("PolicyValidationPassed", errors.isEmpty());
    return output.set("ValidationErrors", errors);
  }
}
