package dev.tutti.services.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Reply;
import dev.tutti.core.scheduler.Group;
import dev.tutti.core.scheduler.GroupArn;
import dev.tutti.core.scheduler.GroupCommand;
import dev.tutti.core.scheduler.ScheduleArn;
import dev.tutti.core.scheduler.ScheduleCommand;
import dev.tutti.core.scheduler.ScheduleGroups;
import dev.tutti.core.scheduler.Schedules;
import dev.tutti.host.Reader;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.wire.ServiceError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** ScheduleGroups of schedules, and their tags. */
final class GroupOperations {
  private static final int CHUNK = 100;

  private final ScheduleGroups groups;

  GroupOperations(ScheduleGroups groups) {
    this.groups = groups;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "CreateScheduleGroup",
        GroupOperations::create,
        "DeleteScheduleGroup",
        GroupOperations::delete,
        "GetScheduleGroup",
        this::get,
        "ListScheduleGroups",
        this::list,
        "TagResource",
        GroupOperations::tag,
        "UntagResource",
        GroupOperations::untag,
        "ListTagsForResource",
        this::tags,
        ScheduleGroups.EMPTY,
        GroupOperations::empty);
  }

  private static JsonNode create(Exchange exchange) {
    JsonNode input = exchange.input();
    return exchange.ask(
        ScheduleGroups.key(arn(exchange)),
        new GroupCommand.Create(given(input), ScheduleOperations.token(input)));
  }

  private static JsonNode delete(Exchange exchange) {
    return exchange.ask(ScheduleGroups.key(arn(exchange)), new GroupCommand.Delete());
  }

  /**
   * Deletes all schedules of a group. Called by the group itself, which is being deleted, and not
   * an operation of AWS's.
   */
  private static JsonNode empty(Exchange exchange) {
    GroupArn group = arn(exchange);
    List<String> prefix = List.of(group.account(), group.region(), group.name());
    List<Reader.Row> rows = exchange.reader().rows(Schedules.TABLE, prefix, null, CHUNK);
    while (!rows.isEmpty()) {
      for (Reader.Row row : rows) {
        ScheduleArn arn =
            new ScheduleArn(group.region(), group.account(), group.name(), row.key().get(3));
        Reply reply = exchange.send(Schedules.key(arn), new ScheduleCommand.Delete());
        if (reply instanceof Reply.Refused refused
            && !refused.code().equals("ResourceNotFoundException")) {
          throw new ServiceError(refused.code(), refused.message());
        }
      }
      rows = exchange.reader().rows(Schedules.TABLE, prefix, rows.getLast().key(), CHUNK);
    }
    return Json.object();
  }

  private JsonNode get(Exchange exchange) {
    GroupArn arn = arn(exchange);
    Group group = existing(exchange, arn);
    return described(arn, group.phase(), group.createdMillis(), group.modifiedMillis());
  }

  private static ObjectNode described(
      GroupArn arn, Group.Phase phase, long createdMillis, long modifiedMillis) {
    return Json.object()
        .put("Arn", arn.text())
        .put("CreationDate", SettingsMembers.seconds(createdMillis))
        .put("LastModificationDate", SettingsMembers.seconds(modifiedMillis))
        .put("Name", arn.name())
        .put("State", phase.name());
  }

  private JsonNode list(Exchange exchange) {
    JsonNode input = exchange.input();
    String prefix = input.path("NamePrefix").asText();
    ObjectNode page =
        Lists.page(
            exchange,
            ScheduleGroups.TABLE,
            List.of(exchange.context(), exchange.region()),
            "ScheduleGroups",
            row -> row.key().get(2).startsWith(prefix),
            row ->
                described(
                    new GroupArn(row.key().get(1), row.key().get(0), row.key().get(2)),
                    Group.Phase.valueOf(row.value().path("phase").asText()),
                    row.value().path("createdMillis").asLong(),
                    row.value().path("modifiedMillis").asLong()));
    if (!input.hasNonNull("NextToken") && GroupArn.DEFAULT.startsWith(prefix)) {
      GroupArn arn = new GroupArn(exchange.region(), exchange.context(), GroupArn.DEFAULT);
      ((ArrayNode) page.path("ScheduleGroups")).insert(0, described(arn, Group.Phase.ACTIVE, 0, 0));
    }
    return page;
  }

  private static JsonNode tag(Exchange exchange) {
    return exchange.ask(
        ScheduleGroups.key(tagged(exchange)), new GroupCommand.Tag(given(exchange.input())));
  }

  private static JsonNode untag(Exchange exchange) {
    List<String> keys = new ArrayList<>();
    exchange.input().path("TagKeys").forEach(key -> keys.add(key.asText()));
    return exchange.ask(ScheduleGroups.key(tagged(exchange)), new GroupCommand.Untag(keys));
  }

  private JsonNode tags(Exchange exchange) {
    ObjectNode output = Json.object();
    ArrayNode list = output.putArray("Tags");
    existing(exchange, tagged(exchange))
        .tags()
        .forEach((key, value) -> list.addObject().put("Key", key).put("Value", value));
    return output;
  }

  private Group existing(Exchange exchange, GroupArn arn) {
    Group group = exchange.reader().read(ScheduleGroups.key(arn), groups, found -> found);
    if (!group.exists()) {
      throw missing(arn);
    }
    return group;
  }

  /** The group whose tags a call is about, which is the caller's own. */
  private static GroupArn tagged(Exchange exchange) {
    String text = exchange.input().path("ResourceArn").asText();
    GroupArn arn =
        GroupArn.parse(text).orElseThrow(() -> SettingsMembers.invalid("Invalid ARN " + text));
    if (!arn.account().equals(exchange.context())) {
      throw missing(arn);
    }
    return arn;
  }

  private static ServiceError missing(GroupArn arn) {
    return new ServiceError(
        "ResourceNotFoundException", "Schedule group " + arn.name() + " does not exist.");
  }

  private static GroupArn arn(Exchange exchange) {
    return new GroupArn(
        exchange.region(), exchange.context(), exchange.input().path("Name").asText());
  }

  private static Map<String, String> given(JsonNode input) {
    Map<String, String> tags = new LinkedHashMap<>();
    input
        .path("Tags")
        .forEach(tag -> tags.put(tag.path("Key").asText(), tag.path("Value").asText()));
    return tags;
  }
}
