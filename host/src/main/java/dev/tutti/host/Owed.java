package dev.tutti.host;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Request;
import org.jspecify.annotations.Nullable;

/** An effect as it stands in the store until it is settled, with its cause. */
sealed interface Owed {
  Cause cause();

  /** Mail; {@code command} in its domain's codec. */
  record Mail(Cause cause, Key to, JsonNode command) implements Owed {}

  /**
   * A call.
   *
   * @param patientUntilMillis see {@link dev.tutti.core.kernel.Effect.Call}
   */
  record Outgoing(Cause cause, String lane, Request request, @Nullable Long patientUntilMillis)
      implements Owed {}

  /** A timer; {@code command} in its domain's codec. */
  record Timer(Cause cause, long atMillis, JsonNode command) implements Owed {}
}
