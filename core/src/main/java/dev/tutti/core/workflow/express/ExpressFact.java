package dev.tutti.core.workflow.express;

import dev.tutti.core.kernel.Fact;

/** What is recorded of an express execution. */
public sealed interface ExpressFact extends Fact {

  /** It was started, and runs until it has ended; after a crash anew. */
  record Started(ExpressStart start) implements ExpressFact {}

  record Ended(ExpressEnd end) implements ExpressFact {}

  /** It ran while its caller waited. */
  record Ran(ExpressStart start, ExpressEnd end) implements ExpressFact {}
}
