package dev.tutti.services.connections;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.connections.Authorization;
import dev.tutti.core.connections.Connection;
import dev.tutti.core.connections.ConnectionArn;
import dev.tutti.core.connections.Connections;
import dev.tutti.core.json.Json;
import dev.tutti.host.Reader;
import dev.tutti.services.http.Web;
import dev.tutti.services.secrets.Vault;
import dev.tutti.wire.ServiceError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The web, as connections may use it: the one place where their secrets are opened. A token that
 * isn't taken (401, 407) is renewed, and the request sent once more.
 */
public final class ConnectedWeb {
  /** The code of the error that a connection isn't authorized (yet, or any more). */
  public static final String NOT_AUTHORIZED = "ConnectionNotAuthorized";

  private static final String AUTHORIZATION = "Authorization";

  private final Connections connections;
  private final Vault vault;
  private final Web web;
  private final Tokens tokens;

  /**
   * @param connections by which states are read
   * @param clock epoch milliseconds
   */
  public ConnectedWeb(Connections connections, Vault vault, Web web, LongSupplier clock) {
    this.connections = connections;
    this.vault = vault;
    this.web = web;
    this.tokens = new Tokens(web, clock);
  }

  /**
   * A request that was sent, and what came of it.
   *
   * @param hidden takes the connection's secrets out of texts
   */
  public record Sent(Web.Ask ask, Web.Answer answer, Hidden hidden) {}

  /** A connection as it is now, whether or not it is there. */
  public Connection connection(Reader reader, ConnectionArn arn) {
    return reader.read(Connections.key(arn), connections, connection -> connection);
  }

  /** The parameters as they may stand in facts. */
  public Authorization sealed(ConnectionArn arn, AuthParameters parameters) {
    return new Authorization(
        parameters.type(),
        parameters.visible(),
        vault.seal(Json.write(parameters.members()), arn.text()));
  }

  /**
   * A connection's parameters; empty where its secrets were removed.
   *
   * @throws ServiceError where they can't be opened
   */
  public AuthParameters opened(Connection connection) {
    Authorization authorization = connection.authorization();
    if (authorization == null) {
      throw missing(connection.arn().text());
    }
    if (authorization.sealed().isEmpty()) {
      return new AuthParameters(authorization.type(), Json.object());
    }
    try {
      String text = vault.open(authorization.sealed(), connection.arn().text());
      return new AuthParameters(authorization.type(), (ObjectNode) Json.parse(text));
    } catch (Vault.Unopened e) {
      throw new ServiceError("InternalException", String.valueOf(e.getMessage()), 500);
    }
  }

  private static ServiceError missing(String arn) {
    return new ServiceError(
        "ResourceNotFoundException", Connections.absent(ConnectionArn.nameIn(arn)));
  }

  /** The connection of an ARN, which has to be there. */
  private Connection existing(Reader reader, String arn) {
    return ConnectionArn.parse(arn)
        .filter(named -> named.kind() == ConnectionArn.Kind.CONNECTION)
        .map(named -> connection(reader, named))
        .filter(Connection::exists)
        .orElseThrow(() -> missing(arn));
  }

  /**
   * Has a token, where the connection needs one.
   *
   * @throws ServiceError saying why there was none, without any secret
   */
  public void authorize(Reader reader, String arn) {
    Connection connection = existing(reader, arn);
    var _ = authorization(connection, opened(connection));
  }

  private Web.Pair authorization(Connection connection, AuthParameters parameters) {
    return switch (parameters.type()) {
      case BASIC -> new Web.Pair(AUTHORIZATION, "Basic " + basic(parameters));
      case API_KEY ->
          new Web.Pair(
              parameters.text("/ApiKeyAuthParameters/ApiKeyName"),
              parameters.text("/ApiKeyAuthParameters/ApiKeyValue"));
      case OAUTH_CLIENT_CREDENTIALS -> {
        try {
          yield new Web.Pair(
              AUTHORIZATION, tokens.header(connection.arn(), connection.round(), parameters));
        } catch (Tokens.Unavailable e) {
          throw new ServiceError(NOT_AUTHORIZED, String.valueOf(e.getMessage()), 503);
        }
      }
    };
  }

  private static String basic(AuthParameters parameters) {
    String pair =
        parameters.text("/BasicAuthParameters/Username")
            + ':'
            + parameters.text("/BasicAuthParameters/Password");
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Sends a request by a connection.
   *
   * @throws ServiceError where the connection isn't there, or isn't authorized
   */
  public Sent send(Reader reader, String arn, Draft draft) {
    Connection connection = existing(reader, arn);
    if (connection.phase() != Connection.Phase.AUTHORIZED) {
      throw new ServiceError(
          NOT_AUTHORIZED,
          "The connection " + arn + " is in the state " + connection.phase() + ".",
          503);
    }
    AuthParameters parameters = opened(connection);
    Web.Pair authorization = authorization(connection, parameters);
    Sent sent = send(parameters, authorization, draft);
    if (parameters.type() == Authorization.Type.OAUTH_CLIENT_CREDENTIALS
        && sent.answer() instanceof Web.Answer.Received received
        && (received.status() == 401 || received.status() == 407)) {
      tokens.drop(connection.arn(), authorization.value());
      return send(parameters, authorization(connection, parameters), draft);
    }
    return sent;
  }

  private Sent send(AuthParameters parameters, Web.Pair authorization, Draft draft) {
    Web.Ask ask = draft.with(parameters, authorization);
    List<String> secrets = new ArrayList<>(parameters.secrets());
    String value = authorization.value();
    secrets.add(value.substring(value.indexOf(' ') + 1));
    return new Sent(ask, web.send(ask), new Hidden(secrets));
  }
}
