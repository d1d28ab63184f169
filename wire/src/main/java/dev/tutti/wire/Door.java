package dev.tutti.wire;

import com.fasterxml.jackson.databind.JsonNode;

/** The one door through which every operation goes. Blocks; call it on a virtual thread. */
@FunctionalInterface
public interface Door {
  /**
   * Performs the operation. When this returns, what it changed is durable.
   *
   * @return the output's members by their model names, as in {@link Call#input()}
   * @throws ServiceError the error that AWS answers
   */
  JsonNode call(Call call);
}
