package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.Map;
import java.util.Set;

/** A group of schedules. */
record ScheduleGroupBody(String arn, String name, Map<String, String> tags) implements Body {
  static final String TYPE = "AWS::Scheduler::ScheduleGroup";

  @Override
  public Map<String, String> parts() {
    return Map.of("tags", Hashes.of(Tags.byName(tags)));
  }

  @Override
  public ObjectNode keep() {
    ObjectNode keep = Json.object().put("name", name);
    keep.set("tags", Tags.names(tags));
    return keep;
  }

  @Override
  public boolean exists(Client client) {
    return client.find("scheduler", "GetScheduleGroup", named()).isPresent();
  }

  @Override
  public String create(Client client) {
    ObjectNode input = named();
    if (!tags.isEmpty()) {
      input.set("Tags", Tags.pairs(tags, "Key", "Value"));
    }
    client.call("scheduler", "CreateScheduleGroup", input);
    return name;
  }

  @Override
  public void update(Client client, Set<String> changed, Owned before) {
    Tags.update(client, "scheduler", arn, tags, before);
  }

  private ObjectNode named() {
    return Json.object().put("Name", name);
  }
}
