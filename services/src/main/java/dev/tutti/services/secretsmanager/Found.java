package dev.tutti.services.secretsmanager;

import dev.tutti.core.connections.Connection;
import dev.tutti.core.secrets.Secret;

/** What a {@code SecretId} names. */
sealed interface Found {

  /** A secret of its own, whether or not it is there. */
  record Own(Secret secret) implements Found {}

  /** That of a connection, which is there. */
  record Managed(Connection connection) implements Found {}
}
