package dev.tutti.host;

import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Key;
import java.util.UUID;

/**
 * Names an unsettled effect.
 *
 * @param owner whose fact it came from
 * @param name unique among the owner's unsettled effects
 * @param callBits the id that a call has on every attempt: a UUID derived from what it stands for
 */
record OwedId(Key owner, String name, UUID callBits) {
  OwedId(Key owner, String name) {
    this(owner, name, Ids.uuidOf(owner + "/" + name));
  }

  /** {@link #callBits} as text. */
  String callId() {
    return callBits.toString();
  }

  @Override
  public String toString() {
    return owner + "/" + name;
  }
}
