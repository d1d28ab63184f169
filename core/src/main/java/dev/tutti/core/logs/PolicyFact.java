package dev.tutti.core.logs;

import dev.tutti.core.kernel.Fact;

/** What happened to a resource policy. */
public sealed interface PolicyFact extends Fact {
  record PolicyPut(String document) implements PolicyFact {}

  record PolicyDeleted() implements PolicyFact {}
}
