package dev.tutti.services.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.logs.Group;
import dev.tutti.core.logs.GroupCatalogue;
import dev.tutti.core.logs.GroupCommand;
import dev.tutti.core.logs.Groups;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.services.Service;
import dev.tutti.wire.ServiceError;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Amazon CloudWatch Logs: log groups, streams and policies, and reading what is in them. */
public final class LogsService implements Service {
  private static final int PAGE = 50;

  private final GroupCatalogue catalogue;
  private final Streams streams;
  private final Filtering filtering;
  private final LogWriting writing;

  /**
   * The service.
   *
   * @param catalogue follows the facts of log groups
   * @param functions gives what functions print, for one call
   * @param clock epoch milliseconds
   */
  public LogsService(
      GroupCatalogue catalogue, Supplier<StreamSource> functions, LongSupplier clock) {
    this.catalogue = catalogue;
    Function<Exchange, Shelf> shelves =
        exchange ->
            Shelf.of(
                existing(exchange),
                List.of(new StreamRows(exchange.reader()), functions.get()),
                clock.getAsLong());
    this.streams = new Streams(shelves);
    this.filtering = new Filtering(shelves);
    this.writing = new LogWriting(this::existing, clock);
  }

  @Override
  public String name() {
    return "logs";
  }

  @Override
  public Map<String, Operation> operations() {
    Map<String, Operation> all = new TreeMap<>(groups());
    all.putAll(writing.operations());
    all.putAll(ResourcePolicies.operations());
    return Map.copyOf(all);
  }

  private Map<String, Operation> groups() {
    return Map.of(
        "CreateLogGroup", this::create,
        "DeleteLogGroup", this::delete,
        "PutRetentionPolicy", this::retain,
        "DeleteRetentionPolicy", this::retain,
        "DescribeLogGroups", this::describe,
        "DescribeLogStreams", streams::describe,
        "GetLogEvents", streams::events,
        "FilterLogEvents", filtering::filter);
  }

  private JsonNode create(Exchange exchange) {
    Map<String, String> tags = new TreeMap<>();
    exchange
        .input()
        .path("tags")
        .properties()
        .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
    exchange.ask(key(exchange), new GroupCommand.Create(tags));
    return Json.object();
  }

  private JsonNode delete(Exchange exchange) {
    exchange.ask(key(exchange), new GroupCommand.Delete());
    return Json.object();
  }

  private JsonNode retain(Exchange exchange) {
    exchange.ask(
        key(exchange), new GroupCommand.Retain(exchange.input().path("retentionInDays").asInt(0)));
    return Json.object();
  }

  private static Key key(Exchange exchange) {
    return new Key(Groups.KIND, arn(exchange, exchange.input().path("logGroupName").asText()));
  }

  private static String arn(Exchange exchange, String name) {
    return "arn:aws:logs:%s:%s:log-group:%s".formatted(exchange.region(), exchange.context(), name);
  }

  /** The group that a call names, by its name or its ARN, which exists and is the caller's. */
  private Group existing(Exchange exchange) {
    JsonNode input = exchange.input();
    String named = input.path("logGroupName").asText(input.path("logGroupIdentifier").asText());
    String arn = named.startsWith("arn:") ? named : arn(exchange, named);
    if (arn.endsWith(":*")) {
      arn = arn.substring(0, arn.length() - 2);
    }
    Group group = catalogue.group(arn);
    if (!group.exists() || !arn.startsWith(arn(exchange, ""))) {
      throw new ServiceError(
          "ResourceNotFoundException", "The specified log group does not exist.");
    }
    return group;
  }

  private JsonNode describe(Exchange exchange) {
    JsonNode input = exchange.input();
    String pattern = input.path("logGroupNamePattern").asText("");
    if (!pattern.isEmpty() && input.has("logGroupNamePrefix")) {
      throw new ServiceError(
          "InvalidParameterException",
          "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
    }
    String own = arn(exchange, "");
    List<Group> found =
        catalogue.startingWith(own + input.path("logGroupNamePrefix").asText("")).stream()
            .filter(group -> group.arn().indexOf(pattern, own.length()) >= 0)
            .toList();
    String after = input.path("nextToken").asText("");
    int limit = input.path("limit").asInt(PAGE);
    ObjectNode output = Json.object();
    ArrayNode items = output.putArray("logGroups");
    for (Group group : found) {
      if (group.arn().compareTo(after) <= 0) {
        continue;
      }
      if (items.size() == limit) {
        output.put("nextToken", own + items.get(limit - 1).path("logGroupName").asText());
        break;
      }
      items.add(item(group, group.arn().substring(own.length())));
    }
    return output;
  }

  private static ObjectNode item(Group group, String name) {
    ObjectNode item = Json.object();
    item.put("logGroupName", name);
    item.put("creationTime", group.createdMillis());
    if (group.days() > 0) {
      item.put("retentionInDays", group.days());
    }
    item.put("metricFilterCount", 0);
    item.put("arn", group.arn() + ":*");
    item.put("storedBytes", 0);
    item.put("logGroupClass", "STANDARD");
    item.put("logGroupArn", group.arn());
    return item;
  }
}
