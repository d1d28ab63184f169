package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.deploy.template.Place;
import dev.tutti.deploy.template.Shape;
import java.util.List;
import java.util.Map;

/** {@code AWS::SecretsManager::Secret}. */
final class SecretType implements ResourceType {
  private static final List<String> FLAGS =
      List.of(
          "ExcludeLowercase",
          "ExcludeNumbers",
          "ExcludePunctuation",
          "ExcludeUppercase",
          "IncludeSpace",
          "RequireEachIncludedType");

  @Override
  public List<Resource> read(String logicalId, Place place, Shape shape, Site site) {
    String given = shape.text("Name");
    String name = given == null ? site.name(logicalId, 256) : given;
    String description = shape.text("Description");
    ObjectNode value = Json.object();
    String text = shape.text(SecretBody.STRING);
    Shape generate = shape.shape(SecretBody.GENERATE);
    if (text != null) {
      value.put(SecretBody.STRING, text);
    }
    if (generate != null) {
      value.set(SecretBody.GENERATE, generated(generate));
      if (text != null) {
        shape.problem(
            SecretBody.GENERATE, "either SecretString or GenerateSecretString can be given");
      }
    }
    shape.refuse("KmsKeyId", "keys of KMS are not supported");
    shape.refuse("ReplicaRegions", "secrets have no replicas");
    Map<String, String> tags = Tags.read(shape, site);
    shape.done();
    String arn = site.arn("secretsmanager", "secret:" + name);
    return List.of(
        new Resource(
            logicalId,
            SecretBody.TYPE,
            place,
            arn,
            arn,
            Map.of("Id", arn),
            SecretReferences.needs(value, site),
            "",
            new SecretBody(arn, name, description == null ? "" : description, value, tags)));
  }

  /** As GetRandomPassword takes it, with the template that the password goes into. */
  private static ObjectNode generated(Shape shape) {
    ObjectNode settings = Json.object();
    Integer length = shape.integer("PasswordLength");
    if (length != null) {
      settings.put("PasswordLength", length);
    }
    String excluded = shape.text("ExcludeCharacters");
    if (excluded != null) {
      settings.put("ExcludeCharacters", excluded);
    }
    for (String flag : FLAGS) {
      Boolean set = shape.flag(flag);
      if (set != null) {
        settings.put(flag, set);
      }
    }
    String template = shape.text("SecretStringTemplate");
    String key = shape.text("GenerateStringKey");
    if ((template == null) != (key == null)) {
      shape.problem(
          template == null ? "GenerateStringKey" : "SecretStringTemplate",
          "SecretStringTemplate and GenerateStringKey go together");
    } else if (template != null && key != null) {
      if (!isObject(template)) {
        shape.problem("SecretStringTemplate", "must be a JSON object");
      }
      settings.put("SecretStringTemplate", template).put("GenerateStringKey", key);
    }
    shape.done();
    return settings;
  }

  private static boolean isObject(String text) {
    try {
      return Json.parse(text).isObject();
    } catch (MalformedJson e) {
      return false;
    }
  }
}
