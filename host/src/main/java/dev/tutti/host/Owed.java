package dev.tutti.host;

import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Command;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Request;
import org.jspecify.annotations.Nullable;

/** An effect until it is settled, with its cause; {@link OwedRecords} has its stored form. */
sealed interface Owed {
  Cause cause();

  /** Mail: a command of its receiver's domain. */
  record Mail(Cause cause, Key to, Command command) implements Owed {}

  /**
   * A call.
   *
   * @param patientUntilMillis see {@link dev.tutti.core.kernel.Effect.Call}
   */
  record Outgoing(Cause cause, String lane, Request request, @Nullable Long patientUntilMillis)
      implements Owed {}

  /** A timer: a command of its owner's domain. */
  record Timer(Cause cause, long atMillis, Command command) implements Owed {}
}
