package dev.tutti.core.logs;

import dev.tutti.core.kernel.Command;

/** What somebody wants of a resource policy. */
public sealed interface PolicyCommand extends Command {

  /**
   * Adds or replaces it.
   *
   * @param document JSON text
   */
  record PutPolicy(String document) implements PolicyCommand {}

  record DeletePolicy() implements PolicyCommand {}
}
