package dev.tutti.services.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.events.Bus;
import dev.tutti.core.events.BusArn;
import dev.tutti.core.events.BusCommand;
import dev.tutti.core.events.Buses;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.host.Reader.Row;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.wire.ServiceError;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Buses and their policies. */
final class BusOperations {
  private static final String[] UNSUPPORTED = {
    "EventSourceName", "KmsKeyIdentifier", "DeadLetterConfig", "LogConfig"
  };
  private static final int MAX_BUSES = 10_000;

  private final BusQuestions questions;

  BusOperations(Buses buses) {
    this.questions = new BusQuestions(buses);
  }

  Map<String, Operation> operations() {
    return Map.of(
        "CreateEventBus", BusOperations::create,
        "UpdateEventBus", BusOperations::update,
        "DeleteEventBus", BusOperations::delete,
        "DescribeEventBus", this::describe,
        "ListEventBuses", BusOperations::list,
        "PutPermission", BusOperations::putPermission,
        "RemovePermission", BusOperations::removePermission);
  }

  private static JsonNode create(Exchange exchange) {
    JsonNode input = exchange.input();
    Members.refuse(input, UNSUPPORTED);
    String name = Members.required(input, "Name");
    if (name.indexOf('/') >= 0) {
      throw new ServiceError(Members.INVALID, "Event bus name must not contain '/'.");
    }
    String description = Members.text(input, "Description");
    BusArn arn = new BusArn(exchange.region(), exchange.context(), name);
    ObjectNode output =
        Json.object()
            .setAll(
                (ObjectNode)
                    exchange.ask(
                        Buses.key(arn), new BusCommand.Create(description, Members.tags(input))));
    return description == null ? output : output.put("Description", description);
  }

  private static JsonNode update(Exchange exchange) {
    JsonNode input = exchange.input();
    Members.refuse(input, UNSUPPORTED);
    String description = Members.text(input, "Description");
    BusArn arn = own(exchange, "Name");
    exchange.ask(Buses.key(arn), new BusCommand.Update(description));
    ObjectNode output = Json.object().put("Arn", arn.text()).put("Name", arn.name());
    return description == null ? output : output.put("Description", description);
  }

  private static JsonNode delete(Exchange exchange) {
    return exchange.ask(Buses.key(own(exchange, "Name")), new BusCommand.Delete());
  }

  /** The caller's own bus: operations that take a name take no ARN. */
  private static BusArn own(Exchange exchange, String member) {
    BusArn arn = Members.bus(exchange, exchange.input(), member);
    if (!arn.account().equals(exchange.context())) {
      throw Members.notAnArn(member);
    }
    return arn;
  }

  private JsonNode describe(Exchange exchange) {
    BusArn arn = Members.bus(exchange, exchange.input(), "Name");
    return questions.ask(exchange, arn, "DescribeEventBus", BusOperations::description);
  }

  private static JsonNode description(Bus bus) {
    ObjectNode output = Json.object().put("Name", bus.arn().name()).put("Arn", bus.arn().text());
    String description = bus.description();
    if (description != null) {
      output.put("Description", description);
    }
    JsonNode policy = bus.policy();
    if (policy != null) {
      output.put("Policy", Json.write(policy));
    }
    return times(output, bus.createdMillis(), bus.modifiedMillis());
  }

  private static ObjectNode times(ObjectNode output, long createdMillis, long modifiedMillis) {
    return createdMillis == 0
        ? output
        : output
            .put("CreationTime", createdMillis / 1000.0)
            .put("LastModifiedTime", modifiedMillis / 1000.0);
  }

  private static JsonNode list(Exchange exchange) {
    JsonNode input = exchange.input();
    String prefix = input.path("NamePrefix").asText();
    List<String> owner = List.of(exchange.context(), exchange.region());
    NavigableMap<String, ObjectNode> buses = new TreeMap<>();
    if (BusArn.DEFAULT.startsWith(prefix)) {
      buses.put(BusArn.DEFAULT, listed(exchange, BusArn.DEFAULT, Json.object()));
    }
    for (Row row : exchange.reader().rows(Buses.TABLE, owner, null, MAX_BUSES)) {
      String name = row.key().getLast();
      if (name.startsWith(prefix)) {
        buses.put(name, listed(exchange, name, row.value()));
      }
    }
    return Pages.page(input, "EventBuses", buses);
  }

  private static ObjectNode listed(Exchange exchange, String name, JsonNode row) {
    BusArn arn = new BusArn(exchange.region(), exchange.context(), name);
    ObjectNode bus = Json.object().put("Name", name).put("Arn", arn.text());
    if (row.has("description")) {
      bus.set("Description", row.get("description"));
    }
    if (row.has("policy")) {
      bus.put("Policy", Json.write(row.get("policy")));
    }
    return times(bus, row.path("createdMillis").asLong(), row.path("modifiedMillis").asLong());
  }

  private static JsonNode putPermission(Exchange exchange) {
    JsonNode input = exchange.input();
    BusArn arn = own(exchange, "EventBusName");
    String policy = Members.text(input, "Policy");
    if (policy != null) {
      return exchange.ask(Buses.key(arn), new BusCommand.PutPolicy(policy(policy)));
    }
    for (String member : List.of("StatementId", "Action", "Principal")) {
      if (!input.hasNonNull(member)) {
        throw new ServiceError(Members.INVALID, "Parameter " + member + " must be specified.");
      }
    }
    JsonNode condition = input.path("Condition");
    return exchange.ask(
        Buses.key(arn),
        new BusCommand.PutStatement(
            Members.required(input, "StatementId"),
            Members.required(input, "Action"),
            Members.required(input, "Principal"),
            condition.isObject()
                ? new BusCommand.Condition(
                    Members.required(condition, "Type"),
                    Members.required(condition, "Key"),
                    Members.required(condition, "Value"))
                : null));
  }

  private static JsonNode policy(String text) {
    try {
      JsonNode policy = Json.parse(text);
      if (policy.path("Statement").isContainerNode()) {
        return policy;
      }
    } catch (MalformedJson e) {
      throw invalidPolicy(e.getMessage());
    }
    throw invalidPolicy("The policy has no Statement");
  }

  private static ServiceError invalidPolicy(@Nullable String reason) {
    return new ServiceError(Members.INVALID, "Parameter Policy is not valid. Reason: " + reason);
  }

  private static JsonNode removePermission(Exchange exchange) {
    JsonNode input = exchange.input();
    String statement = Members.text(input, "StatementId");
    boolean all = input.path("RemoveAllPermissions").asBoolean();
    if (!all && statement == null) {
      throw new ServiceError(
          Members.INVALID, "Parameter StatementId or RemoveAllPermissions must be specified.");
    }
    return exchange.ask(
        Buses.key(own(exchange, "EventBusName")),
        new BusCommand.RemovePermission(all ? null : statement));
  }
}
