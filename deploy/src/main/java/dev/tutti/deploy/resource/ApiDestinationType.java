package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.deploy.template.Place;
import dev.tutti.deploy.template.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code AWS::Events::ApiDestination}. */
final class ApiDestinationType implements ResourceType {
  private static final int CALLS_PER_SECOND = 300;

  @Override
  public List<Resource> read(String logicalId, Place place, Shape shape, Site site) {
    String given = shape.text("Name");
    String name = given == null ? site.name(logicalId, 64) : given;
    String connection = shape.required("ConnectionArn");
    Integer rate = shape.integer("InvocationRateLimitPerSecond");
    ObjectNode settings =
        Json.object()
            .put("ConnectionArn", connection)
            .put("HttpMethod", shape.required("HttpMethod"))
            .put("InvocationEndpoint", shape.required("InvocationEndpoint"))
            .put("InvocationRateLimitPerSecond", rate == null ? CALLS_PER_SECOND : rate);
    String description = shape.text("Description");
    if (description != null) {
      settings.put("Description", description);
    }
    shape.done();
    String bare = site.arn("events", "api-destination/" + name);
    String arn = ConnectionType.identified(bare);
    return List.of(
        new Resource(
            logicalId,
            SettingsBody.Kind.API_DESTINATION.type(),
            place,
            arn,
            name,
            Map.of("Arn", arn, "ArnForPolicy", bare),
            Set.of(connection),
            "",
            SettingsBody.of(SettingsBody.Kind.API_DESTINATION, name, settings)));
  }
}
