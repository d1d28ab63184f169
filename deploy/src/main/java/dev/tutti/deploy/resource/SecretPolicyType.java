package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.deploy.template.Place;
import dev.tutti.deploy.template.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code AWS::SecretsManager::ResourcePolicy}. */
final class SecretPolicyType implements ResourceType {
  @Override
  public List<Resource> read(String logicalId, Place place, Shape shape, Site site) {
    String secret = shape.required("SecretId");
    JsonNode policy = shape.json("ResourcePolicy");
    if (policy == null) {
      shape.required("ResourcePolicy");
    }
    Boolean blocks = shape.flag("BlockPublicPolicy");
    shape.done();
    String key =
        secret.startsWith("arn:") ? secret : site.arn("secretsmanager", "secret:" + secret);
    return List.of(
        new Resource(
            logicalId,
            SecretPolicyBody.TYPE,
            place,
            SecretPolicyBody.TYPE + "|" + key,
            secret,
            Map.of("Id", secret),
            Set.of(key),
            key,
            new SecretPolicyBody(
                secret, policy == null ? Json.object() : policy, blocks != null && blocks)));
  }
}
