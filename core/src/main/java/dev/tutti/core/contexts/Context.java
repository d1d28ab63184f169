package dev.tutti.core.contexts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A bounded context.
 *
 * @param name empty where nobody gave it one
 * @param stacks records by the stacks' names
 */
public record Context(String name, List<String> accessKeys, Map<String, JsonNode> stacks) {
  static final Context BLANK = new Context("", List.of(), Map.of());

  public Context {
    accessKeys = List.copyOf(accessKeys);
    stacks = java.util.Collections.unmodifiableMap(new TreeMap<>(stacks));
  }

  Context with(ContextFact fact) {
    return switch (fact) {
      case ContextFact.Introduced introduced ->
          new Context(introduced.name(), introduced.accessKeys(), stacks);
      case ContextFact.StackKept kept -> {
        Map<String, JsonNode> after = new TreeMap<>(stacks);
        after.put(kept.stack(), kept.record());
        yield new Context(name, accessKeys, after);
      }
      case ContextFact.StackForgotten forgotten -> {
        Map<String, JsonNode> after = new TreeMap<>(stacks);
        after.remove(forgotten.stack());
        yield new Context(name, accessKeys, after);
      }
    };
  }
}
