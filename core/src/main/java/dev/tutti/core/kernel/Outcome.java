package dev.tutti.core.kernel;

import com.fasterxml.jackson.databind.JsonNode;

/** How an {@link Effect.Call} ended. */
public sealed interface Outcome {

  /** The operation's output. */
  record Succeeded(JsonNode output) implements Outcome {}

  /**
   * It failed.
   *
   * @param service the service that answered, for example {@code lambda}; or {@code http}
   * @param error the error's name, for example {@code ResourceNotFoundException}
   * @param status HTTP status of the answer; 0 where there was none
   */
  record Failed(String service, String error, String message, int status) implements Outcome {}
}
