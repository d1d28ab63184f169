package dev.tutti.services.secretsmanager;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Reply;
import dev.tutti.core.secrets.Secret;
import dev.tutti.core.secrets.SecretName;
import dev.tutti.core.secrets.Secrets;
import dev.tutti.services.Exchange;
import dev.tutti.wire.ServiceError;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds what requests name: by a name, an ARN, or an ARN without its suffix. */
final class Named {
  static final String SECRET_ID = "SecretId";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9/_+=.@!-]+");

  private final Secrets secrets;
  private final ConnectionSecrets connections;

  Named(Secrets secrets, ConnectionSecrets connections) {
    this.secrets = secrets;
    this.connections = connections;
  }

  /**
   * Refuses what is no name.
   *
   * @throws ServiceError in AWS's words
   */
  static void check(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new ServiceError(
          "ValidationException",
          "Invalid name. Must be a valid name containing alphanumeric characters, or any of the"
              + " following: -/_+=.@!");
    }
  }

  /** What the request's {@code SecretId} names. */
  Found find(Exchange exchange) {
    return find(exchange, exchange.input().path(SECRET_ID).asText());
  }

  Found find(Exchange exchange, String id) {
    Optional<SecretName> arn = SecretName.parse(id);
    if (arn.isEmpty()) {
      check(id);
      return bare(exchange, new SecretName(exchange.region(), exchange.context(), id));
    }
    check(arn.get().name());
    return arn.get()
        .suffixed()
        .flatMap(named -> suffixed(exchange, named))
        .orElseGet(() -> bare(exchange, arn.get()));
  }

  private Found bare(Exchange exchange, SecretName name) {
    return connections
        .find(exchange.reader(), name)
        .<Found>map(Found.Managed::new)
        .orElseGet(() -> new Found.Own(read(exchange, name)));
  }

  private Optional<Found> suffixed(Exchange exchange, SecretName.InArn named) {
    SecretName name = named.secret();
    return connections
        .find(exchange.reader(), name)
        .filter(connection -> connection.arn().secretSuffix().equals(named.suffix()))
        .<Found>map(Found.Managed::new)
        .or(() ->
            Optional.of(read(exchange, name))
                .filter(secret -> secret.arn().equals(name.arn(named.suffix())))
                .map(Found.Own::new));
  }

  private Secret read(Exchange exchange, SecretName name) {
    return exchange.reader().read(Secrets.key(name), secrets, secret -> secret);
  }

  /**
   * The secret that a request wants to change.
   *
   * @throws ServiceError where it isn't the account's to change
   */
  SecretName toChange(Exchange exchange) {
    return switch (find(exchange)) {
      case Found.Own own -> own.secret().name();
      case Found.Managed managed -> {
        mayRead(exchange, managed, exchange.call().operation());
        throw new ServiceError(
            "InvalidRequestException",
            "The secret is managed by another service, and you must use that service to update"
                + " it.");
      }
    };
  }

  /**
   * What a request wants to read, which is there.
   *
   * @param operation that the caller has to be allowed
   * @throws ServiceError where it isn't, or the caller may not
   */
  Found toRead(Exchange exchange, String id, String operation) {
    Found found = find(exchange, id);
    switch (found) {
      case Found.Managed managed -> mayRead(exchange, managed, operation);
      case Found.Own own ->
          Secrets.refusal(own.secret(), exchange.context(), operation).ifPresent(Named::refuse);
    }
    return found;
  }

  /** A connection's secret has no policy: it is its owner's alone. */
  private static void mayRead(Exchange exchange, Found.Managed managed, String operation) {
    ConnectionSecrets.refusal(managed.connection(), exchange.context(), operation)
        .ifPresent(Named::refuse);
  }

  private static void refuse(Reply.Refused refused) {
    throw new ServiceError(refused.code(), refused.message());
  }

  /** Refuses members whose effect isn't there. */
  static void refuseMembers(JsonNode input, String... members) {
    for (String member : members) {
      if (input.hasNonNull(member)) {
        throw new ServiceError(
            "InvalidParameterException", "Parameter " + member + " is not supported.");
      }
    }
  }
}
