package dev.tutti.core.logs;

import dev.tutti.core.kernel.Fact;
import java.util.Map;

/** What a log group decided. */
public sealed interface GroupFact extends Fact {

  /** It was created, perhaps anew after a deletion. */
  record Created(Map<String, String> tags) implements GroupFact {}

  record Deleted() implements GroupFact {}

  /**
   * Events are to be kept for that many days.
   *
   * @param days 0 for ever
   */
  record Retained(int days) implements GroupFact {}
}
