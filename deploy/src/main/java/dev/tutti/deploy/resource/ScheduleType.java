package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.deploy.template.Place;
import dev.tutti.deploy.template.Shape;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code AWS::Scheduler::Schedule}, and what SAM makes of an event of type ScheduleV2. */
final class ScheduleType implements ResourceType {
  @Override
  public List<Resource> read(String logicalId, Place place, Shape shape, Site site) {
    ObjectNode settings = settings(shape);
    Shape target = shape.shape("Target");
    ObjectNode read = settings.putObject("Target");
    if (target == null) {
      shape.required("Target");
    } else {
      target(target, read);
    }
    String given = shape.text("Name");
    return List.of(
        resource(
            logicalId,
            place,
            given == null ? site.name(logicalId, 64) : given,
            shape,
            settings,
            site));
  }

  /**
   * An event ScheduleV2 of a function or state machine.
   *
   * @param target ARN of what is invoked or started
   * @param role that the schedule takes where the event names none
   */
  static Resource ofSam(
      String logicalId, Place place, Shape event, String target, String role, Site site) {
    ObjectNode settings = settings(event);
    ObjectNode written = settings.putObject("Target").put("Arn", target);
    String given = event.text("RoleArn");
    written.put("RoleArn", given == null ? role : given);
    EventsRule.delivery(event, written);
    event.refuse("PermissionsBoundary", "roles have no effect here");
    Boolean unnamed = event.flag("OmitName");
    String name = event.text("Name");
    String made = unnamed != null && unnamed ? site.name(logicalId, 64) : logicalId;
    return resource(logicalId, place, name == null ? made : name, event, settings, site);
  }

  private static Resource resource(
      String logicalId, Place place, String name, Shape shape, ObjectNode settings, Site site) {
    String named = shape.text("GroupName");
    String group = named == null ? "default" : named;
    shape.done();
    String arn = site.arn("scheduler", "schedule/" + group + "/" + name);
    return new Resource(
        logicalId,
        SettingsBody.Kind.SCHEDULE.type(),
        place,
        arn,
        name,
        Map.of("Arn", arn),
        Set.of(
            settings.path("Target").path("Arn").asText(),
            site.arn("scheduler", "schedule-group/" + group)),
        "",
        new SettingsBody(
            SettingsBody.Kind.SCHEDULE,
            name,
            Json.object().put("Name", name).put("GroupName", group),
            settings));
  }

  private static ObjectNode settings(Shape shape) {
    ObjectNode settings = Json.object();
    settings.put("ScheduleExpression", shape.required("ScheduleExpression"));
    for (String name : List.of("Description", "KmsKeyArn", "ScheduleExpressionTimezone", "State")) {
      put(settings, name, shape.text(name));
    }
    for (String name : List.of("StartDate", "EndDate")) {
      String text = shape.text(name);
      if (text != null) {
        date(shape, name, text, settings);
      }
    }
    ObjectNode window = settings.putObject("FlexibleTimeWindow");
    Shape given = shape.shape("FlexibleTimeWindow");
    if (given == null) {
      window.put("Mode", "OFF");
    } else {
      window.put("Mode", given.required("Mode"));
      Integer minutes = given.integer("MaximumWindowInMinutes");
      if (minutes != null) {
        window.put("MaximumWindowInMinutes", minutes);
      }
      given.done();
    }
    return settings;
  }

  private static void date(Shape shape, String name, String text, ObjectNode settings) {
    try {
      settings.put(name, OffsetDateTime.parse(text).toEpochSecond());
    } catch (DateTimeException e) {
      shape.problem(name, "\"" + text + "\" is not a time like 2026-01-31T10:00:00Z");
    }
  }

  private static void target(Shape shape, ObjectNode target) {
    target.put("Arn", shape.required("Arn"));
    target.put("RoleArn", shape.required("RoleArn"));
    EventsRule.delivery(shape, target);
    Shape bus = shape.shape("EventBridgeParameters");
    if (bus != null) {
      target
          .putObject("EventBridgeParameters")
          .put("DetailType", bus.required("DetailType"))
          .put("Source", bus.required("Source"));
      bus.done();
    }
    Shape queue = shape.shape("SqsParameters");
    if (queue != null) {
      put(target.putObject("SqsParameters"), "MessageGroupId", queue.text("MessageGroupId"));
      queue.done();
    }
    shape.done();
  }

  private static void put(ObjectNode object, String name, @Nullable String text) {
    if (text != null) {
      object.put(name, text);
    }
  }
}
