package dev.tutti.services.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.connections.Authorization;
import dev.tutti.core.connections.Connection;
import dev.tutti.core.connections.ConnectionArn;
import dev.tutti.core.connections.ConnectionCommand;
import dev.tutti.core.connections.Connections;
import dev.tutti.core.json.Json;
import dev.tutti.host.Reader.Row;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.services.connections.AuthParameters;
import dev.tutti.services.connections.ConnectedWeb;
import dev.tutti.wire.ServiceError;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Connections: how to authorize with somebody outside. */
final class ConnectionOperations {
  private static final String[] UNSUPPORTED = {
    "InvocationConnectivityParameters", "KmsKeyIdentifier"
  };
  private static final int MAX_CONNECTIONS = 10_000;
  private static final String AUTHORIZED_TIME = "LastAuthorizedTime";

  private final ConnectedWeb web;

  ConnectionOperations(ConnectedWeb web) {
    this.web = web;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "CreateConnection",
        this::create,
        "UpdateConnection",
        this::update,
        "DeauthorizeConnection",
        this::deauthorize,
        "DeleteConnection",
        this::delete,
        "DescribeConnection",
        this::describe,
        "ListConnections",
        ConnectionOperations::list,
        Connections.AUTHORIZE,
        this::authorize);
  }

  private static ConnectionArn arn(Exchange exchange) {
    return ConnectionArn.connection(
        exchange.region(), exchange.context(), Members.required(exchange.input(), "Name"));
  }

  private static Authorization.Type type(JsonNode input) {
    return Authorization.Type.valueOf(Members.required(input, "AuthorizationType"));
  }

  private JsonNode create(Exchange exchange) {
    JsonNode input = exchange.input();
    Members.refuse(input, UNSUPPORTED);
    ConnectionArn arn = arn(exchange);
    AuthParameters parameters =
        new AuthParameters(type(input), Json.object())
            .updated(type(input), input.path("AuthParameters"));
    parameters.check();
    exchange.ask(
        Connections.key(arn),
        new ConnectionCommand.Create(
            Members.text(input, "Description"), web.sealed(arn, parameters)));
    ObjectNode told = told(web.connection(exchange.reader(), arn));
    told.remove(AUTHORIZED_TIME);
    return told;
  }

  private JsonNode update(Exchange exchange) {
    JsonNode input = exchange.input();
    Members.refuse(input, UNSUPPORTED);
    ConnectionArn arn = arn(exchange);
    Connection before = existing(exchange, arn);
    Authorization authorization = null;
    if (input.hasNonNull("AuthParameters") || input.hasNonNull("AuthorizationType")) {
      AuthParameters old = web.opened(before);
      AuthParameters parameters =
          old.updated(
              input.hasNonNull("AuthorizationType") ? type(input) : old.type(),
              input.path("AuthParameters"));
      parameters.check();
      authorization = web.sealed(arn, parameters);
    }
    exchange.ask(
        Connections.key(arn),
        new ConnectionCommand.Update(
            Members.text(input, "Description"), authorization, before.round()));
    return told(web.connection(exchange.reader(), arn));
  }

  private Connection existing(Exchange exchange, ConnectionArn arn) {
    Connection connection = web.connection(exchange.reader(), arn);
    if (!connection.exists()) {
      throw new ServiceError("ResourceNotFoundException", Connections.absent(arn.name()));
    }
    return connection;
  }

  private JsonNode deauthorize(Exchange exchange) {
    return ended(exchange, new ConnectionCommand.Deauthorize(), "DEAUTHORIZING");
  }

  private JsonNode delete(Exchange exchange) {
    return ended(exchange, new ConnectionCommand.Delete(), "DELETING");
  }

  private JsonNode ended(Exchange exchange, ConnectionCommand command, String state) {
    ConnectionArn arn = arn(exchange);
    Connection before = web.connection(exchange.reader(), arn);
    exchange.ask(Connections.key(arn), command);
    return told(before).put("ConnectionState", state);
  }

  private static ObjectNode told(Connection connection) {
    return Json.object()
        .put("ConnectionArn", connection.arn().text())
        .put("ConnectionState", connection.phase().name())
        .put("CreationTime", connection.createdMillis() / 1000.0)
        .put("LastModifiedTime", connection.modifiedMillis() / 1000.0)
        .put(AUTHORIZED_TIME, connection.authorizedMillis() / 1000.0);
  }

  private JsonNode describe(Exchange exchange) {
    ConnectionArn arn = arn(exchange);
    Connection connection = existing(exchange, arn);
    ObjectNode output = told(connection).put("Name", arn.name());
    Authorization authorization = connection.authorization();
    if (authorization != null) {
      output.put("AuthorizationType", authorization.type().name());
      output.set("AuthParameters", authorization.parameters());
      if (!authorization.sealed().isEmpty()) {
        output.put("SecretArn", arn.secretText());
      }
    }
    if (connection.description() != null) {
      output.put("Description", connection.description());
    }
    return connection.reason() == null ? output : output.put("StateReason", connection.reason());
  }

  private static JsonNode list(Exchange exchange) {
    JsonNode input = exchange.input();
    String prefix = input.path("NamePrefix").asText();
    String state = input.path("ConnectionState").asText();
    NavigableMap<String, ObjectNode> found = new TreeMap<>();
    List<String> owner = List.of(exchange.context(), exchange.region());
    for (Row row : exchange.reader().rows(Connections.TABLE, owner, null, MAX_CONNECTIONS)) {
      String name = row.key().getLast();
      if (name.startsWith(prefix)
          && (state.isEmpty() || row.value().path("phase").asText().equals(state))) {
        found.put(name, listed(exchange, name, row.value()));
      }
    }
    return Pages.page(input, "Connections", found);
  }

  private static ObjectNode listed(Exchange exchange, String name, JsonNode row) {
    ConnectionArn arn = ConnectionArn.connection(exchange.region(), exchange.context(), name);
    ObjectNode listed =
        Json.object()
            .put("ConnectionArn", arn.text())
            .put("Name", name)
            .put("ConnectionState", row.path("phase").asText())
            .put("AuthorizationType", row.path("type").asText())
            .put("CreationTime", row.path("createdMillis").asLong() / 1000.0)
            .put("LastModifiedTime", row.path("modifiedMillis").asLong() / 1000.0)
            .put(AUTHORIZED_TIME, row.path("authorizedMillis").asLong() / 1000.0);
    return row.has("reason") ? listed.put("StateReason", row.path("reason").asText()) : listed;
  }

  /** Has a token: called by the connection itself, and not an operation of AWS's. */
  private JsonNode authorize(Exchange exchange) {
    web.authorize(exchange.reader(), Members.required(exchange.input(), "ConnectionArn"));
    return Json.object();
  }
}
