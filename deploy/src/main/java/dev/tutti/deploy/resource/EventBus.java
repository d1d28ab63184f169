package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.deploy.template.Place;
import dev.tutti.deploy.template.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code AWS::Events::EventBus}. */
final class EventBus implements ResourceType {
  @Override
  public List<Resource> read(String logicalId, Place place, Shape shape, Site site) {
    String name = shape.required("Name");
    if (!name.matches("[/.\\-_A-Za-z0-9]{1,256}") || name.equals("default")) {
      shape.problem("Name", "\"" + name + "\" can't be the name of a bus that is created");
    }
    ObjectNode settings = Json.object();
    String description = shape.text("Description");
    if (description != null) {
      settings.put("Description", description);
    }
    Shape deadLetters = shape.shape("DeadLetterConfig");
    if (deadLetters != null) {
      settings.putObject("DeadLetterConfig").put("Arn", deadLetters.required("Arn"));
      deadLetters.done();
    }
    String arn = site.arn("events", "event-bus/" + name);
    var body = new BusBody(arn, name, settings, shape.json("Policy"), Tags.read(shape, site));
    shape.done();
    return List.of(
        new Resource(
            logicalId,
            BusBody.TYPE,
            place,
            arn,
            name,
            Map.of("Arn", arn, "Name", name),
            Set.of(),
            "",
            body));
  }
}
