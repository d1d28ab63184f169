package dev.tutti.services.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.connections.ApiDestination;
import dev.tutti.core.connections.ApiDestinationCommand;
import dev.tutti.core.connections.ApiDestinations;
import dev.tutti.core.connections.Connection;
import dev.tutti.core.connections.ConnectionArn;
import dev.tutti.core.connections.Connections;
import dev.tutti.core.json.Json;
import dev.tutti.host.Reader.Row;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.services.connections.ConnectedWeb;
import dev.tutti.wire.ServiceError;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** API destinations: addresses outside that events are sent to. */
final class ApiDestinationOperations {
  private static final int MAX_DESTINATIONS = 10_000;
  private static final String NOT_FOUND = "ResourceNotFoundException";

  private final ApiDestinations destinations;
  private final ConnectedWeb web;

  ApiDestinationOperations(ApiDestinations destinations, ConnectedWeb web) {
    this.destinations = destinations;
    this.web = web;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "CreateApiDestination", this::create,
        "UpdateApiDestination", this::update,
        "DeleteApiDestination", ApiDestinationOperations::delete,
        "DescribeApiDestination", this::describe,
        "ListApiDestinations", this::list);
  }

  private static ConnectionArn arn(Exchange exchange, String name) {
    return ConnectionArn.destination(exchange.region(), exchange.context(), name);
  }

  private static ConnectionArn arn(Exchange exchange) {
    return arn(exchange, Members.required(exchange.input(), "Name"));
  }

  private JsonNode create(Exchange exchange) {
    JsonNode input = exchange.input();
    String connection = Members.required(input, "ConnectionArn");
    checkConnection(exchange, connection);
    ConnectionArn arn = arn(exchange);
    exchange.ask(
        ApiDestinations.key(arn),
        new ApiDestinationCommand.Create(
            new ApiDestination.Settings(
                Members.text(input, "Description"),
                connection,
                Members.required(input, "HttpMethod"),
                Members.required(input, "InvocationEndpoint"),
                input
                    .path("InvocationRateLimitPerSecond")
                    .asInt(ApiDestination.Settings.CALLS_PER_SECOND))));
    return changed(exchange, arn);
  }

  /** A destination uses a connection of its own context. */
  private void checkConnection(Exchange exchange, String text) {
    boolean exists =
        ConnectionArn.parse(text)
            .filter(arn -> arn.kind() == ConnectionArn.Kind.CONNECTION)
            .filter(arn -> arn.account().equals(exchange.context()))
            .map(arn -> web.connection(exchange.reader(), arn).exists())
            .orElse(false);
    if (!exists) {
      throw new ServiceError(NOT_FOUND, Connections.absent(ConnectionArn.nameIn(text)));
    }
  }

  private JsonNode update(Exchange exchange) {
    JsonNode input = exchange.input();
    String connection = Members.text(input, "ConnectionArn");
    if (connection != null) {
      checkConnection(exchange, connection);
    }
    ConnectionArn arn = arn(exchange);
    JsonNode rate = input.path("InvocationRateLimitPerSecond");
    exchange.ask(
        ApiDestinations.key(arn),
        new ApiDestinationCommand.Update(
            Members.text(input, "Description"),
            connection,
            Members.text(input, "HttpMethod"),
            Members.text(input, "InvocationEndpoint"),
            rate.isNumber() ? (Integer) rate.intValue() : null));
    return changed(exchange, arn);
  }

  private static JsonNode delete(Exchange exchange) {
    return exchange.ask(ApiDestinations.key(arn(exchange)), new ApiDestinationCommand.Delete());
  }

  private ApiDestination read(Exchange exchange, ConnectionArn arn) {
    return exchange.reader().read(ApiDestinations.key(arn), destinations, found -> found);
  }

  private JsonNode changed(Exchange exchange, ConnectionArn arn) {
    ApiDestination destination = read(exchange, arn);
    return told(exchange, destination, destination.settings());
  }

  private ObjectNode told(
      Exchange exchange, ApiDestination destination, ApiDestination.@Nullable Settings settings) {
    return Json.object()
        .put("ApiDestinationArn", destination.arn().text())
        .put("ApiDestinationState", state(exchange, settings))
        .put("CreationTime", destination.createdMillis() / 1000.0)
        .put("LastModifiedTime", destination.modifiedMillis() / 1000.0);
  }

  /** It is active while its connection is authorized. */
  private String state(Exchange exchange, ApiDestination.@Nullable Settings settings) {
    boolean active =
        settings != null
            && ConnectionArn.parse(settings.connectionArn())
                .map(arn -> web.connection(exchange.reader(), arn).phase())
                .filter(Connection.Phase.AUTHORIZED::equals)
                .isPresent();
    return active ? "ACTIVE" : "INACTIVE";
  }

  private JsonNode describe(Exchange exchange) {
    ConnectionArn arn = arn(exchange);
    ApiDestination destination = read(exchange, arn);
    ApiDestination.Settings settings = destination.settings();
    if (settings == null) {
      throw new ServiceError(NOT_FOUND, ApiDestinations.absent(arn.name()));
    }
    ObjectNode output = listed(exchange, destination, settings);
    return settings.description() == null
        ? output
        : output.put("Description", settings.description());
  }

  private ObjectNode listed(
      Exchange exchange, ApiDestination destination, ApiDestination.Settings settings) {
    return told(exchange, destination, settings)
        .put("Name", destination.arn().name())
        .put("ConnectionArn", settings.connectionArn())
        .put("HttpMethod", settings.method())
        .put("InvocationEndpoint", settings.endpoint())
        .put("InvocationRateLimitPerSecond", settings.callsPerSecond());
  }

  private JsonNode list(Exchange exchange) {
    JsonNode input = exchange.input();
    String prefix = input.path("NamePrefix").asText();
    String connection = input.path("ConnectionArn").asText();
    NavigableMap<String, ObjectNode> found = new TreeMap<>();
    List<String> owner = List.of(exchange.context(), exchange.region());
    for (Row row : exchange.reader().rows(ApiDestinations.TABLE, owner, null, MAX_DESTINATIONS)) {
      String name = row.key().getLast();
      if (name.startsWith(prefix)
          && (connection.isEmpty() || row.value().path("connection").asText().equals(connection))) {
        found.put(name, Json.object().put("Name", name));
      }
    }
    ObjectNode page = Pages.page(input, "ApiDestinations", found);
    for (JsonNode each : page.path("ApiDestinations")) {
      ApiDestination destination = read(exchange, arn(exchange, each.path("Name").asText()));
      ApiDestination.Settings settings = destination.settings();
      if (settings != null) {
        ((ObjectNode) each).setAll(listed(exchange, destination, settings));
      }
    }
    return page;
  }
}
