package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.Map;
import java.util.Set;

/**
 * A schedule of EventBridge Scheduler.
 *
 * @param settings as {@code CreateSchedule} takes them, without Name and GroupName
 */
record ScheduleBody(String name, String group, ObjectNode settings) implements Body {
  static final String TYPE = "AWS::Scheduler::Schedule";

  @Override
  public Map<String, String> parts() {
    return Map.of("settings", Hashes.of(settings));
  }

  @Override
  public ObjectNode keep() {
    return named();
  }

  @Override
  public boolean exists(Client client) {
    return client.find("scheduler", "GetSchedule", named()).isPresent();
  }

  @Override
  public String create(Client client) {
    client.call("scheduler", "CreateSchedule", named().setAll(settings));
    return name;
  }

  @Override
  public void update(Client client, Set<String> changed, Owned before) {
    client.call("scheduler", "UpdateSchedule", named().setAll(settings));
  }

  private ObjectNode named() {
    return Json.object().put("Name", name).put("GroupName", group);
  }
}
