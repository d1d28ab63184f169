package dev.tutti.host;

import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Key;
import java.util.UUID;

/**
 * Names an unsettled effect.
 *
 * @param owner whose fact it came from
 * @param name unique among the owner's unsettled effects
 */
record OwedId(Key owner, String name) {

  /** The id that a call has on every attempt: a UUID derived from what it stands for. */
  String callId() {
    return callBits().toString();
  }

  /** As {@link #callId}, as a number. */
  UUID callBits() {
    return Ids.uuidOf(owner + "/" + name);
  }
}
