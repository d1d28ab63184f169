package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.deploy.template.Place;
import dev.tutti.deploy.template.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code AWS::Events::EventBusPolicy}, in its form of today and the older one. */
final class EventBusPolicy implements ResourceType {
  @Override
  public List<Resource> read(String logicalId, Place place, Shape shape, Site site) {
    String given = shape.text("EventBusName");
    Bus bus = Bus.of(given == null ? "default" : given, site);
    if (!bus.account().equals(site.account())) {
      shape.problem("EventBusName", "the policy of another context's bus can't be set");
    }
    String id = shape.required("StatementId");
    boolean whole = shape.names().contains("Statement");
    ObjectNode statement = whole ? statement(shape, id) : older(shape);
    shape.done();
    return List.of(
        new Resource(
            logicalId,
            BusPolicyBody.TYPE,
            place,
            bus.arn() + "|" + id,
            id,
            Map.of(),
            Set.of(bus.arn()),
            bus.arn(),
            new BusPolicyBody(bus.name(), id, statement, whole)));
  }

  private static ObjectNode statement(Shape shape, String id) {
    ObjectNode statement = Json.object().put("Sid", id);
    JsonNode value = shape.json("Statement");
    if (value instanceof ObjectNode members) {
      statement.setAll(members);
      statement.put("Sid", id);
    } else if (value != null) {
      shape.problem("Statement", "must be a mapping");
    }
    return statement;
  }

  private static ObjectNode older(Shape shape) {
    ObjectNode members = Json.object();
    members.put("Action", shape.required("Action"));
    members.put("Principal", shape.required("Principal"));
    JsonNode condition = shape.json("Condition");
    if (condition != null) {
      members.set("Condition", condition);
    }
    return members;
  }
}
