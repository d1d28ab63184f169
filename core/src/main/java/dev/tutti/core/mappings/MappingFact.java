package dev.tutti.core.mappings;

import dev.tutti.core.kernel.Fact;
import java.util.List;
import java.util.Map;

/** What happened to a mapping. */
public sealed interface MappingFact extends Fact {

  record Created(MappingSettings settings, Map<String, String> tags) implements MappingFact {}

  record Updated(MappingSettings settings) implements MappingFact {}

  record Deleted() implements MappingFact {}

  record Tagged(Map<String, String> tags) implements MappingFact {}

  record Untagged(List<String> keys) implements MappingFact {}

  /**
   * Its poller could not go on, for example since the queue is gone; another starts later.
   *
   * @param nextAtMillis when, epoch milliseconds
   */
  record Stopped(String error, String message, long nextAtMillis) implements MappingFact {}

  /** Another poller starts. */
  record Resumed() implements MappingFact {}
}
