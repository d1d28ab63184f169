package dev.tutti.core.kernel;

import com.fasterxml.jackson.databind.JsonNode;

/** What the sender of a command is told, once the facts behind it are durable. */
public sealed interface Reply {

  /** It was done. */
  record Done(JsonNode value) implements Reply {}

  /**
   * It was not done, and nothing changed.
   *
   * @param code the error's name as AWS has it, for example {@code ExecutionDoesNotExist}
   */
  record Refused(String code, String message) implements Reply {}
}
