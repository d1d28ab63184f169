package dev.tutti.core.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.tutti.core.access.Access;
import dev.tutti.core.access.Policy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who may do what to a secret. */
public final class SecretPermissions {
  /** What its owner may always do, so that nobody is shut out by a policy for ever. */
  private static final Set<String> OWNERS = Set.of("PutResourcePolicy", "DeleteResourcePolicy");

  private SecretPermissions() {}

  /**
   * Why an account may not perform an operation on a secret, in AWS's words; empty where it may.
   * The owner may do what the policy doesn't deny, another account what it allows.
   *
   * @param operation for example {@code GetSecretValue}
   */
  public static Optional<String> refusal(Secret secret, String caller, String operation) {
    String owner = secret.name().account();
    if (caller.equals(owner) && OWNERS.contains(operation)) {
      return Optional.empty();
    }
    JsonNode policy = secret.policy();
    return Policy.refusal(
        policy == null ? MissingNode.getInstance() : policy,
        owner,
        new Access(
            caller,
            "secretsmanager:" + operation,
            secret.arn(),
            Map.of("aws:principalaccount", List.of(caller))));
  }

  /** Whether a policy lets anybody do something, without a condition. */
  public static boolean isPublic(JsonNode policy) {
    return Policy.list(policy.path("Statement")).stream()
        .filter(statement -> statement.path("Effect").asText().equals("Allow"))
        .filter(statement -> statement.path("Condition").isEmpty())
        .map(statement -> statement.path("Principal"))
        .anyMatch(principal ->
            principal.asText().equals("*")
                || Policy.list(principal.path("AWS")).stream()
                    .anyMatch(named -> named.asText().equals("*")));
  }

  /** Whether a document is a policy at all. */
  public static boolean isPolicy(JsonNode document) {
    List<JsonNode> statements = Policy.list(document.path("Statement"));
    return document.isObject()
        && !statements.isEmpty()
        && statements.stream()
            .allMatch(statement ->
                Set.of("Allow", "Deny").contains(statement.path("Effect").asText())
                    && (statement.has("Principal") || statement.has("NotPrincipal"))
                    && (statement.has("Action") || statement.has("NotAction"))
                    && (statement.has("Resource") || statement.has("NotResource")));
  }
}
