package dev.tutti.host;

import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Request;

/** Does what an {@link dev.tutti.core.kernel.Effect.Call} asks for. Blocks, on a virtual thread. */
@FunctionalInterface
public interface Performer {
  /**
   * Performs a request; after a crash again, under the same id.
   *
   * @param id a UUID, the same on every attempt
   * @param cause the fact that owes the call
   */
  Outcome perform(String id, Cause cause, Request request);
}
