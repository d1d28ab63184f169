package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.deploy.template.Place;
import dev.tutti.deploy.template.Shape;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** {@code AWS::Events::Connection}. */
final class ConnectionType implements ResourceType {
  @Override
  public List<Resource> read(String logicalId, Place place, Shape shape, Site site) {
    String given = shape.text("Name");
    String name = given == null ? site.name(logicalId, 64) : given;
    ObjectNode settings = Json.object();
    settings.put("AuthorizationType", shape.required("AuthorizationType"));
    JsonNode parameters = shape.json("AuthParameters");
    if (parameters == null) {
      shape.required("AuthParameters");
    } else {
      settings.set("AuthParameters", typed(parameters));
    }
    String description = shape.text("Description");
    if (description != null) {
      settings.put("Description", description);
    }
    shape.refuse("InvocationConnectivityParameters", "private connectivity is not supported");
    shape.refuse("KmsKeyIdentifier", "keys of KMS are not supported");
    shape.done();
    String arn = identified(site.arn("events", "connection/" + name));
    return List.of(
        new Resource(
            logicalId,
            SettingsBody.Kind.CONNECTION.type(),
            place,
            arn,
            name,
            Map.of("Arn", arn, "ArnForPolicy", site.arn("events", "connection/" + name)),
            SecretReferences.needs(settings, site),
            "",
            SettingsBody.of(SettingsBody.Kind.CONNECTION, name, settings)));
  }

  /** Templates may write a flag as text. */
  private static JsonNode typed(JsonNode parameters) {
    parameters
        .findParents("IsValueSecret")
        .forEach(parent -> {
          boolean secret = parent.path("IsValueSecret").asBoolean();
          ((ObjectNode) parent).put("IsValueSecret", secret);
        });
    return parameters;
  }

  /** A connection's or destination's ARN ends in an id that follows from the rest. */
  static String identified(String arn) {
    return arn + "/" + UUID.nameUUIDFromBytes(arn.getBytes(StandardCharsets.UTF_8));
  }
}
