package dev.tutti.deploy.resource;

import dev.tutti.deploy.template.Place;
import dev.tutti.deploy.template.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code AWS::Scheduler::ScheduleGroup}. */
final class ScheduleGroupType implements ResourceType {
  @Override
  public List<Resource> read(String logicalId, Place place, Shape shape, Site site) {
    String given = shape.text("Name");
    String name = given == null ? site.name(logicalId, 64) : given;
    String arn = site.arn("scheduler", "schedule-group/" + name);
    Map<String, String> tags = Tags.read(shape, site);
    shape.done();
    return List.of(
        new Resource(
            logicalId,
            ScheduleGroupBody.TYPE,
            place,
            arn,
            name,
            Map.of("Arn", arn),
            Set.of(),
            "",
            new ScheduleGroupBody(arn, name, tags)));
  }
}
