package dev.tutti.core.contexts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Fact;
import java.util.List;

/** What happened to a context. */
public sealed interface ContextFact extends Fact {

  /** It has a name, and further access keys. */
  record Introduced(String name, List<String> accessKeys) implements ContextFact {}

  /** A stack's record as it is from now on. */
  record StackKept(String stack, JsonNode record) implements ContextFact {}

  /** A stack is gone. */
  record StackForgotten(String stack) implements ContextFact {}
}
