package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A secret. Its ARN ends in characters that are drawn when it is created, so that what is known
 * before is the ARN without them, by which it can be named all the same.
 *
 * @param arn without its suffix
 * @param description empty where there is none
 * @param value how its value is had; empty where the template says nothing of it
 */
record SecretBody(
    String arn, String name, String description, ObjectNode value, Map<String, String> tags)
    implements Body {
  static final String TYPE = "AWS::SecretsManager::Secret";
  static final String STRING = "SecretString";
  static final String GENERATE = "GenerateSecretString";

  private static final String SERVICE = "secretsmanager";
  private static final String ID = "SecretId";
  private static final String TEMPLATE = "SecretStringTemplate";
  private static final String KEY = "GenerateStringKey";

  @Override
  public Map<String, String> parts() {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("description", Hashes.of(Json.text(description)));
    parts.put("value", Hashes.of(value));
    parts.put("tags", Hashes.of(Tags.byName(tags)));
    return parts;
  }

  @Override
  public ObjectNode keep() {
    ObjectNode keep = Json.object();
    keep.set("tags", Tags.names(tags));
    return keep;
  }

  @Override
  public boolean exists(Client client) {
    return client.find(SERVICE, "DescribeSecret", named()).isPresent();
  }

  private ObjectNode named() {
    return Json.object().put(ID, arn);
  }

  @Override
  public String create(Client client) {
    ObjectNode input = Json.object().put("Name", name);
    if (!description.isEmpty()) {
      input.put("Description", description);
    }
    if (!tags.isEmpty()) {
      input.set("Tags", Tags.pairs(tags, "Key", "Value"));
    }
    return bring(client, "CreateSecret", input).path("ARN").asText(arn);
  }

  @Override
  public void update(Client client, Set<String> changed, Owned before) {
    if (changed.contains("description")) {
      client.call(SERVICE, "UpdateSecret", named().put("Description", description));
    }
    if (changed.contains("value") && !value.isEmpty()) {
      bring(client, "PutSecretValue", named());
    }
    if (changed.contains("tags")) {
      Tags.update(client, SERVICE, arn, tags, before);
    }
  }

  /** Calls with the value, where there is any. */
  private ObjectNode bring(Client client, String operation, ObjectNode input) {
    if (value.hasNonNull(GENERATE)) {
      input.put(STRING, generated(client, (ObjectNode) value.get(GENERATE)));
    } else if (value.hasNonNull(STRING)) {
      input.put(STRING, value.get(STRING).asText());
    }
    SecretReferences.Resolved resolved = SecretReferences.resolve(client, input);
    try {
      return (ObjectNode) client.call(SERVICE, operation, resolved.input());
    } catch (Refused e) {
      throw e.hiding(resolved.secrets());
    }
  }

  private static String generated(Client client, ObjectNode settings) {
    ObjectNode input = settings.deepCopy().remove(List.of(TEMPLATE, KEY));
    String password =
        client.call(SERVICE, "GetRandomPassword", input).path("RandomPassword").asText();
    if (!settings.has(TEMPLATE)) {
      return password;
    }
    ObjectNode filled = (ObjectNode) Json.parse(settings.get(TEMPLATE).asText());
    return Json.write(filled.put(settings.path(KEY).asText(), password));
  }

  /** Says nothing of the value. */
  @Override
  public String toString() {
    return "SecretBody[" + name + "]";
  }
}
