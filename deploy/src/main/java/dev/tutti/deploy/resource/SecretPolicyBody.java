package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.Map;
import java.util.Set;

/**
 * The policy of a secret.
 *
 * @param secret names it
 * @param blocksPublic whether one that lets anybody in is refused
 */
record SecretPolicyBody(String secret, JsonNode policy, boolean blocksPublic) implements Body {
  static final String TYPE = "AWS::SecretsManager::ResourcePolicy";

  @Override
  public Map<String, String> parts() {
    return Map.of("policy", Hashes.of(Json.array().add(policy).add(blocksPublic)));
  }

  @Override
  public ObjectNode keep() {
    return Json.object().put("secret", secret);
  }

  @Override
  public boolean exists(Client client) {
    return false;
  }

  @Override
  public String create(Client client) {
    client.call(
        "secretsmanager",
        "PutResourcePolicy",
        Json.object()
            .put("SecretId", secret)
            .put("ResourcePolicy", Json.write(policy))
            .put("BlockPublicPolicy", blocksPublic));
    return secret;
  }

  @Override
  public void update(Client client, Set<String> changed, Owned before) {
    create(client);
  }
}
