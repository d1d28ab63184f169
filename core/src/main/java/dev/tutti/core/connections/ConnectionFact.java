package dev.tutti.core.connections;

import dev.tutti.core.kernel.Fact;
import org.jspecify.annotations.Nullable;

/** What happened to a connection. */
public sealed interface ConnectionFact extends Fact {

  /** It is there, perhaps anew after a deletion. */
  record ConnectionCreated(@Nullable String description, Authorization authorization)
      implements ConnectionFact {}

  /** Only its description changed. */
  record ConnectionDescribed(@Nullable String description) implements ConnectionFact {}

  /** It authorizes otherwise from now on. */
  record ConnectionUpdated(@Nullable String description, Authorization authorization)
      implements ConnectionFact {}

  /** A token was had: it can be used. */
  record ConnectionAuthorized(int trial) implements ConnectionFact {}

  /**
   * No token was had.
   *
   * @param nextAtMillis when it is asked for once more, epoch milliseconds; null gives it up
   */
  record AuthorizationFailed(int trial, String reason, @Nullable Long nextAtMillis)
      implements ConnectionFact {}

  /** A token is asked for once more. */
  record AuthorizationRetried(int trial) implements ConnectionFact {}

  /** Its secrets were removed. */
  record ConnectionDeauthorized() implements ConnectionFact {}

  record ConnectionDeleted() implements ConnectionFact {}
}
