package dev.tutti.services.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.scheduler.Group;
import dev.tutti.core.scheduler.GroupArn;
import dev.tutti.core.scheduler.ScheduleArn;
import dev.tutti.core.scheduler.ScheduleCommand;
import dev.tutti.core.scheduler.ScheduleGroups;
import dev.tutti.core.scheduler.ScheduleSettings;
import dev.tutti.core.scheduler.Schedules;
import dev.tutti.host.Reader;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.services.sdk.SdkService;
import dev.tutti.wire.ServiceError;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Schedules. */
final class ScheduleOperations {
  private static final Pattern UNIVERSAL =
      Pattern.compile("arn:aws:scheduler:::aws-sdk:([a-z0-9-]+):([A-Za-z0-9]+)");

  private final Schedules schedules;
  private final ScheduleGroups groups;

  ScheduleOperations(Schedules schedules, ScheduleGroups groups) {
    this.schedules = schedules;
    this.groups = groups;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "CreateSchedule", this::create,
        "UpdateSchedule", this::update,
        "GetSchedule", this::get,
        "DeleteSchedule", this::delete,
        "ListSchedules", this::list);
  }

  private JsonNode create(Exchange exchange) {
    ScheduleArn arn = arn(exchange);
    ScheduleSettings settings = settings(exchange);
    requireActive(exchange, arn);
    return exchange.ask(
        Schedules.key(arn), new ScheduleCommand.Create(settings, token(exchange.input())));
  }

  private JsonNode update(Exchange exchange) {
    ScheduleArn arn = arn(exchange);
    ScheduleSettings settings = settings(exchange);
    requireActive(exchange, arn);
    return exchange.ask(Schedules.key(arn), new ScheduleCommand.Update(settings));
  }

  private JsonNode delete(Exchange exchange) {
    return exchange.ask(Schedules.key(arn(exchange)), new ScheduleCommand.Delete());
  }

  private JsonNode get(Exchange exchange) {
    ScheduleArn arn = arn(exchange);
    Optional<ObjectNode> found =
        exchange
            .reader()
            .read(
                Schedules.key(arn),
                schedules,
                schedule ->
                    Optional.ofNullable(schedule.settings())
                        .map(settings ->
                            described(
                                settings, schedule.createdMillis(), schedule.modifiedMillis())));
    return found
        .map(output ->
            output.put("Arn", arn.text()).put("GroupName", arn.group()).put("Name", arn.name()))
        .orElseThrow(() ->
            new ServiceError(
                "ResourceNotFoundException", "Schedule " + arn.name() + " does not exist."));
  }

  private static ObjectNode described(
      ScheduleSettings settings, long createdMillis, long modifiedMillis) {
    return SettingsMembers.write(settings)
        .put("CreationDate", SettingsMembers.seconds(createdMillis))
        .put("LastModificationDate", SettingsMembers.seconds(modifiedMillis));
  }

  private JsonNode list(Exchange exchange) {
    JsonNode input = exchange.input();
    String group = SettingsMembers.text(input, "GroupName");
    String prefix = input.path("NamePrefix").asText();
    String state = SettingsMembers.text(input, "State");
    List<String> start =
        group == null
            ? List.of(exchange.context(), exchange.region())
            : List.of(exchange.context(), exchange.region(), group);
    return Lists.page(
        exchange,
        Schedules.TABLE,
        start,
        "Schedules",
        row ->
            row.key().get(3).startsWith(prefix)
                && (group == null || row.key().get(2).equals(group))
                && (state == null || state.equals(state(row))),
        ScheduleOperations::summary);
  }

  private static String state(Reader.Row row) {
    return row.value().path("enabled").asBoolean() ? "ENABLED" : "DISABLED";
  }

  private static JsonNode summary(Reader.Row row) {
    List<String> key = row.key();
    ScheduleArn arn = new ScheduleArn(key.get(1), key.get(0), key.get(2), key.get(3));
    ObjectNode summary =
        Json.object()
            .put("Arn", arn.text())
            .put(
                "CreationDate", SettingsMembers.seconds(row.value().path("createdMillis").asLong()))
            .put("GroupName", arn.group())
            .put(
                "LastModificationDate",
                SettingsMembers.seconds(row.value().path("modifiedMillis").asLong()))
            .put("Name", arn.name())
            .put("State", state(row));
    summary.putObject("Target").put("Arn", row.value().path("target").asText());
    return summary;
  }

  /** The settings that a call gives, whose target is one that can be called. */
  private static ScheduleSettings settings(Exchange exchange) {
    ScheduleSettings settings = SettingsMembers.read(exchange.input());
    Optional<String> fault = settings.fault();
    if (fault.isPresent()) {
      throw SettingsMembers.invalid(fault.get());
    }
    Matcher universal = UNIVERSAL.matcher(settings.target().arn());
    if (universal.matches()) {
      boolean known =
          SdkService.named(universal.group(1))
              .flatMap(service -> service.operation(universal.group(2)))
              .isPresent();
      if (!known) {
        throw SettingsMembers.invalid(
            "Targets like " + settings.target().arn() + " are not supported here.");
      }
    }
    return settings;
  }

  private void requireActive(Exchange exchange, ScheduleArn arn) {
    GroupArn group = new GroupArn(arn.region(), arn.account(), arn.group());
    Group.Phase phase = exchange.reader().read(ScheduleGroups.key(group), groups, Group::phase);
    if (phase == Group.Phase.ABSENT) {
      throw new ServiceError(
          "ResourceNotFoundException", "Schedule group " + arn.group() + " does not exist.");
    }
    if (phase == Group.Phase.DELETING) {
      throw new ServiceError(
          "ConflictException", "Schedule group " + arn.group() + " is being deleted.");
    }
  }

  private static ScheduleArn arn(Exchange exchange) {
    JsonNode input = exchange.input();
    return new ScheduleArn(
        exchange.region(),
        exchange.context(),
        Objects.requireNonNullElse(SettingsMembers.text(input, "GroupName"), GroupArn.DEFAULT),
        input.path("Name").asText());
  }

  static @Nullable String token(JsonNode input) {
    return SettingsMembers.text(input, "ClientToken");
  }
}
