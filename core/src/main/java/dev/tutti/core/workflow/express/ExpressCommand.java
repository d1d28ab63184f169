package dev.tutti.core.workflow.express;

import dev.tutti.core.kernel.Command;
import dev.tutti.core.kernel.Outcome;

/** What somebody wants of an express execution. Its key's id is the execution's ARN. */
public sealed interface ExpressCommand extends Command {

  /** Starts it; it runs once this is durable. Replies {@code {"startMillis": …}}. */
  record Start(ExpressStart start) implements ExpressCommand {}

  /** The run of a started one is over. */
  record RunEnded(Outcome outcome) implements ExpressCommand {}

  /** Records one whose caller waited for its end. */
  record Note(ExpressStart start, ExpressEnd end) implements ExpressCommand {}
}
