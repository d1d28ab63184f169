package dev.tutti.core.contexts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Command;
import java.util.List;

/** What somebody wants of a context. */
public sealed interface ContextCommand extends Command {

  /** Gives it a name and further access keys. */
  record Introduce(String name, List<String> accessKeys) implements ContextCommand {}

  /** Keeps what a stack owns, in the deployer's own form. */
  record KeepStack(String stack, JsonNode record) implements ContextCommand {}

  /** Forgets a stack. */
  record ForgetStack(String stack) implements ContextCommand {}
}
