package dev.tutti.core.connections;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.kernel.Request;
import java.util.List;

/**
 * Decides connections, aggregate kind {@code connection}, whose id is the connection's ARN.
 *
 * <p>One that needs a token asks for it when it is made, by an operation that answers only whether
 * there was one: no token is ever part of a fact. It is asked for a few times before the connection
 * counts as not authorized.
 */
public final class Connections implements Decider<Connection, ConnectionCommand, ConnectionFact> {
  public static final String KIND = "connection";

  /** Connections: account, region, name. */
  public static final String TABLE = "connections";

  /** The operation that asks for a token; not AWS's. Its input is {@code ConnectionArn}. */
  public static final String AUTHORIZE = "AuthorizeConnection";

  static final String NOT_FOUND = "ResourceNotFoundException";
  private static final String ASK = "authorize/";
  private static final int MAX_TRIALS = 4;
  private static final long PAUSE_MILLIS = 5000;

  public static Key key(ConnectionArn arn) {
    return new Key(KIND, arn.text());
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Class<ConnectionCommand> commands() {
    return ConnectionCommand.class;
  }

  @Override
  public Class<ConnectionFact> facts() {
    return ConnectionFact.class;
  }

  @Override
  public Connection blank(Key key) {
    return Connection.blank(ConnectionArn.parse(key.id()).orElseThrow());
  }

  @Override
  public Decision<ConnectionCommand, ConnectionFact> decide(
      Connection connection, ConnectionCommand command, Moment moment) {
    return switch (command) {
      case ConnectionCommand.Create create ->
          connection.exists()
              ? Decision.refuse(
                  "ResourceAlreadyExistsException",
                  "Connection " + connection.arn().name() + " already exists.")
              : done(
                  new ConnectionFact.ConnectionCreated(
                      create.description(), create.authorization()));
      case ConnectionCommand.Update update ->
          connection.exists() ? update(connection, update) : missing(connection);
      case ConnectionCommand.Deauthorize _ ->
          connection.exists()
              ? done(new ConnectionFact.ConnectionDeauthorized())
              : missing(connection);
      case ConnectionCommand.Delete _ ->
          connection.exists() ? done(new ConnectionFact.ConnectionDeleted()) : missing(connection);
      case ConnectionCommand.Asked asked ->
          isDue(connection, asked.round(), asked.trial()) ? settle(asked, moment) : Decision.none();
      case ConnectionCommand.AskAgain again ->
          isDue(connection, again.round(), again.trial() - 1)
              ? Decision.of(new ConnectionFact.AuthorizationRetried(again.trial()))
              : Decision.none();
    };
  }

  private static Decision<ConnectionCommand, ConnectionFact> update(
      Connection connection, ConnectionCommand.Update update) {
    String description =
        update.description() == null ? connection.description() : update.description();
    Authorization authorization = update.authorization();
    if (authorization == null) {
      return done(new ConnectionFact.ConnectionDescribed(description));
    }
    return update.round() == connection.round()
        ? done(new ConnectionFact.ConnectionUpdated(description, authorization))
        : Decision.refuse(
            "ConcurrentModificationException",
            "Connection " + connection.arn().name() + " was changed at the same time.");
  }

  private static boolean isDue(Connection connection, long round, int trial) {
    return connection.phase() == Connection.Phase.AUTHORIZING
        && connection.round() == round
        && connection.trial() == trial;
  }

  private static Decision<ConnectionCommand, ConnectionFact> settle(
      ConnectionCommand.Asked asked, Moment moment) {
    return switch (asked.outcome()) {
      case Outcome.Succeeded _ ->
          Decision.of(new ConnectionFact.ConnectionAuthorized(asked.trial()));
      case Outcome.Failed failed ->
          Decision.of(
              new ConnectionFact.AuthorizationFailed(
                  asked.trial(),
                  failed.message(),
                  asked.trial() < MAX_TRIALS
                      ? (Long) (moment.millis() + PAUSE_MILLIS * asked.trial())
                      : null));
    };
  }

  private static Decision<ConnectionCommand, ConnectionFact> done(ConnectionFact fact) {
    return Decision.<ConnectionCommand, ConnectionFact>of(fact).replying();
  }

  private static Decision<ConnectionCommand, ConnectionFact> missing(Connection connection) {
    return Decision.refuse(NOT_FOUND, absent(connection.arn().name()));
  }

  /** AWS's words for a connection that isn't there. */
  public static String absent(String name) {
    return "Failed to describe the connection(s). Connection '" + name + "' does not exist.";
  }

  @Override
  public Connection apply(Connection connection, Recorded<ConnectionFact> recorded) {
    return connection.after(recorded);
  }

  @Override
  public List<Effect> effects(Connection connection, Recorded<ConnectionFact> recorded) {
    return switch (recorded.fact()) {
      case ConnectionFact.ConnectionCreated _ -> ask(connection);
      case ConnectionFact.ConnectionUpdated _ -> ask(connection);
      case ConnectionFact.AuthorizationRetried _ -> ask(connection);
      case ConnectionFact.AuthorizationFailed fact -> {
        Long atMillis = fact.nextAtMillis();
        int next = fact.trial() + 1;
        yield atMillis == null
            ? List.of()
            : List.of(
                new Effect.Wake(
                    "ask-again/" + connection.round() + '/' + next,
                    atMillis,
                    new ConnectionCommand.AskAgain(connection.round(), next)));
      }
      case ConnectionFact.ConnectionDescribed _ -> List.of();
      case ConnectionFact.ConnectionAuthorized _ -> List.of();
      case ConnectionFact.ConnectionDeauthorized _ -> List.of();
      case ConnectionFact.ConnectionDeleted _ -> List.of();
    };
  }

  private static List<Effect> ask(Connection connection) {
    if (connection.phase() != Connection.Phase.AUTHORIZING) {
      return List.of();
    }
    ConnectionArn arn = connection.arn();
    return List.of(
        new Effect.Call(
            ASK + connection.round() + '/' + connection.trial(),
            arn.text(),
            new Request.Operation(
                arn.account(),
                arn.region(),
                "events",
                AUTHORIZE,
                Json.object().put("ConnectionArn", arn.text()))));
  }

  @Override
  public ConnectionCommand outcome(String call, Outcome outcome) {
    int slash = call.indexOf('/', ASK.length());
    return new ConnectionCommand.Asked(
        Long.parseLong(call.substring(ASK.length(), slash)),
        Integer.parseInt(call.substring(slash + 1)),
        outcome);
  }

  @Override
  public void index(Connection connection, Recorded<ConnectionFact> recorded, Rows rows) {
    ConnectionArn arn = connection.arn();
    List<String> key = List.of(arn.account(), arn.region(), arn.name());
    Authorization authorization = connection.authorization();
    if (authorization == null) {
      rows.delete(TABLE, key);
    } else {
      rows.put(TABLE, key, row(connection, authorization));
    }
  }

  private static ObjectNode row(Connection connection, Authorization authorization) {
    ObjectNode row =
        Json.object()
            .put("phase", connection.phase().name())
            .put("type", authorization.type().name())
            .put("createdMillis", connection.createdMillis())
            .put("modifiedMillis", connection.modifiedMillis())
            .put("authorizedMillis", connection.authorizedMillis());
    return connection.reason() == null ? row : row.put("reason", connection.reason());
  }
}
