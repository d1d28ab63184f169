package dev.tutti.core.events;

import dev.tutti.core.kernel.Fact;
import org.jspecify.annotations.Nullable;

/** What happened to a rule's timer. */
public sealed interface RuleTimerFact extends Fact {

  /** It goes by this expression from now on; null stops it. */
  record TimerSet(@Nullable String expression) implements RuleTimerFact {}

  /**
   * The rule was due, and its event is on its way.
   *
   * @param dueMillis when, epoch milliseconds
   */
  record TimerFired(long dueMillis) implements RuleTimerFact {}
}
