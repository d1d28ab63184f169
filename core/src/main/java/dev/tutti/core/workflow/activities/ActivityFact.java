package dev.tutti.core.workflow.activities;

import dev.tutti.core.kernel.Fact;
import java.util.List;
import java.util.Map;

/** What an activity decided. */
public sealed interface ActivityFact extends Fact {

  /** It was created, perhaps anew after a deletion. */
  record Created(Map<String, String> tags) implements ActivityFact {}

  record Deleted() implements ActivityFact {}

  record Tagged(Map<String, String> tags) implements ActivityFact {}

  record Untagged(List<String> keys) implements ActivityFact {}
}
