package dev.tutti.core.connections;

import dev.tutti.core.kernel.Command;
import dev.tutti.core.kernel.Outcome;
import org.jspecify.annotations.Nullable;

/** What somebody wants of a connection. */
public sealed interface ConnectionCommand extends Command {

  record Create(@Nullable String description, Authorization authorization)
      implements ConnectionCommand {}

  /**
   * Changes what is given; null leaves it.
   *
   * @param round the {@link Connection#round} that the new authorization was made from: another
   *     change that came between makes this one refused
   */
  record Update(@Nullable String description, @Nullable Authorization authorization, long round)
      implements ConnectionCommand {}

  /** Removes the secrets; the connection stays. */
  record Deauthorize() implements ConnectionCommand {}

  record Delete() implements ConnectionCommand {}

  /** What came of asking for a token. */
  record Asked(long round, int trial, Outcome outcome) implements ConnectionCommand {}

  /** The time to ask for a token once more has come. */
  record AskAgain(long round, int trial) implements ConnectionCommand {}
}
