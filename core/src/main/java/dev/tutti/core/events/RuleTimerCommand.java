package dev.tutti.core.events;

import dev.tutti.core.kernel.Command;
import org.jspecify.annotations.Nullable;

/** What somebody wants of a rule's timer. */
public sealed interface RuleTimerCommand extends Command {

  /**
   * The rule is due by this expression from now on; the same as before changes nothing.
   *
   * @param expression {@code rate(…)} or {@code cron(…)}; null where it is due no more
   */
  record Set(@Nullable String expression) implements RuleTimerCommand {}

  /**
   * Its time has come.
   *
   * @param plan number of the fact that planned this
   */
  record Due(long plan) implements RuleTimerCommand {}
}
