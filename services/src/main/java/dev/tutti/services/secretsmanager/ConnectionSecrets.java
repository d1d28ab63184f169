package dev.tutti.services.secretsmanager;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.access.Access;
import dev.tutti.core.access.Policy;
import dev.tutti.core.connections.Authorization;
import dev.tutti.core.connections.Connection;
import dev.tutti.core.connections.ConnectionArn;
import dev.tutti.core.connections.Connections;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Reply;
import dev.tutti.core.secrets.SecretName;
import dev.tutti.core.secrets.Stages;
import dev.tutti.host.Reader;
import dev.tutti.services.connections.ConnectedWeb;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The secrets of connections, as Secrets Manager shows them. They are kept nowhere but in their
 * connections ({@link ConnectedWeb}), so they change and go with these; see ADR 10.
 */
final class ConnectionSecrets {
  private static final String OWNER = "events";
  private static final int MAX_CONNECTIONS = 10_000;

  private final ConnectedWeb web;

  ConnectionSecrets(ConnectedWeb web) {
    this.web = web;
  }

  /** The connection whose secret has a name; empty where there is none, or it has no secret. */
  Optional<Connection> find(Reader reader, SecretName name) {
    return ConnectionArn.ofSecret(name.region(), name.account(), name.name())
        .map(arn -> web.connection(reader, arn))
        .filter(ConnectionSecrets::hasSecret);
  }

  private static boolean hasSecret(Connection connection) {
    Authorization authorization = connection.authorization();
    return authorization != null && !authorization.sealed().isEmpty();
  }

  /** All of an account's in a region. */
  List<Shown> all(Reader reader, String account, String region) {
    List<Shown> all = new ArrayList<>();
    for (Reader.Row row :
        reader.rows(Connections.TABLE, List.of(account, region), null, MAX_CONNECTIONS)) {
      ConnectionArn arn = ConnectionArn.connection(region, account, row.key().getLast());
      Optional.of(web.connection(reader, arn))
          .filter(ConnectionSecrets::hasSecret)
          .map(ConnectionSecrets::shown)
          .ifPresent(all::add);
    }
    return all;
  }

  static Shown shown(Connection connection) {
    ConnectionArn arn = connection.arn();
    return new Shown(
        arn.secretText(),
        arn.secretName(),
        null,
        Collections.emptySortedMap(),
        Map.of(version(connection), List.of(Stages.CURRENT)),
        connection.createdMillis(),
        connection.authorizedMillis(),
        0,
        0,
        OWNER);
  }

  /** The only version that there is: another each time that the connection is changed. */
  static String version(Connection connection) {
    return Ids.uuid(connection.arn().secretText() + '/' + connection.round());
  }

  /** The value, as GetSecretValue answers it. */
  ObjectNode value(Connection connection) {
    ConnectionArn arn = connection.arn();
    ObjectNode value =
        Json.object()
            .put("ARN", arn.secretText())
            .put("Name", arn.secretName())
            .put("VersionId", version(connection))
            .put("SecretString", Json.write(web.opened(connection).secret()));
    value.putArray("VersionStages").add(Stages.CURRENT);
    return value.put("CreatedDate", connection.authorizedMillis() / 1000.0);
  }

  /** Why an account may not ask for a connection's secret; empty where it may. */
  static Optional<Reply.Refused> refusal(Connection connection, String caller, String operation) {
    ConnectionArn arn = connection.arn();
    Access access = new Access(caller, "secretsmanager:" + operation, arn.secretText(), Map.of());
    return Policy.refusal(MissingNode.getInstance(), arn.account(), access)
        .map(reason -> new Reply.Refused("AccessDeniedException", reason));
  }
}
