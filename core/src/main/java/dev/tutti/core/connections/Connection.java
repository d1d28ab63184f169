package dev.tutti.core.connections;

import dev.tutti.core.kernel.Recorded;
import org.jspecify.annotations.Nullable;

/**
 * A connection: how to authorize with somebody outside. Immutable.
 *
 * @param authorization null where there is no connection
 * @param round number of the fact that gave it this authorization; 0 before the first
 * @param trial which attempt at a token is or was the last, from 1
 * @param reason why it isn't authorized; null where it is, or is about to be
 * @param createdMillis epoch milliseconds, as are the others
 * @param authorizedMillis when it was last authorized, or began to be
 */
public record Connection(
    ConnectionArn arn,
    Phase phase,
    @Nullable String description,
    @Nullable Authorization authorization,
    long round,
    int trial,
    @Nullable String reason,
    long createdMillis,
    long modifiedMillis,
    long authorizedMillis) {

  /** How far it is; by these names AWS tells of it. */
  public enum Phase {
    ABSENT,
    AUTHORIZING,
    AUTHORIZED,
    DEAUTHORIZED
  }

  static Connection blank(ConnectionArn arn) {
    return new Connection(arn, Phase.ABSENT, null, null, 0, 0, null, 0, 0, 0);
  }

  public boolean exists() {
    return phase != Phase.ABSENT;
  }

  Connection after(Recorded<ConnectionFact> recorded) {
    long now = recorded.millis();
    return switch (recorded.fact()) {
      case ConnectionFact.ConnectionCreated fact ->
          given(fact.authorization(), fact.description(), recorded.seq(), now, now);
      case ConnectionFact.ConnectionUpdated fact ->
          given(fact.authorization(), fact.description(), recorded.seq(), createdMillis, now);
      case ConnectionFact.ConnectionDescribed fact ->
          new Connection(
              arn,
              phase,
              fact.description(),
              authorization,
              round,
              trial,
              reason,
              createdMillis,
              now,
              authorizedMillis);
      case ConnectionFact.ConnectionAuthorized _ -> into(Phase.AUTHORIZED, trial, null, now);
      case ConnectionFact.AuthorizationFailed fact ->
          fact.nextAtMillis() == null
              ? into(Phase.DEAUTHORIZED, fact.trial(), fact.reason(), authorizedMillis)
              : into(Phase.AUTHORIZING, fact.trial(), fact.reason(), authorizedMillis);
      case ConnectionFact.AuthorizationRetried fact ->
          into(Phase.AUTHORIZING, fact.trial(), reason, authorizedMillis);
      case ConnectionFact.ConnectionDeauthorized _ ->
          new Connection(
              arn,
              Phase.DEAUTHORIZED,
              description,
              authorization == null ? null : authorization.removed(),
              recorded.seq(),
              0,
              "The authorization parameters were removed.",
              createdMillis,
              now,
              authorizedMillis);
      case ConnectionFact.ConnectionDeleted _ -> blank(arn);
    };
  }

  private Connection given(
      Authorization to, @Nullable String text, long seq, long createdAt, long now) {
    Phase next = to.type().needsToken() ? Phase.AUTHORIZING : Phase.AUTHORIZED;
    return new Connection(arn, next, text, to, seq, 1, null, createdAt, now, now);
  }

  private Connection into(Phase next, int number, @Nullable String why, long authorizedAt) {
    return new Connection(
        arn,
        next,
        description,
        authorization,
        round,
        number,
        why,
        createdMillis,
        modifiedMillis,
        authorizedAt);
  }
}
