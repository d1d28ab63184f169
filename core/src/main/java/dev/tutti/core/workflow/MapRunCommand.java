package dev.tutti.core.workflow;

import dev.tutti.core.kernel.Command;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.workflow.execution.Ended;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What somebody wants of a map run. Its key's id is its ARN. */
public sealed interface MapRunCommand extends Command {
  record Start(MapRunStart start) implements MapRunCommand {}

  /** Starts children, as many as may run, and has more items read where they run out. */
  record Spread() implements MapRunCommand {}

  /**
   * A child has ended.
   *
   * @param redrives how often it had been redriven; null where it can't be any more, so that this
   *     end is its last
   */
  record ChildEnded(int index, Ended ended, @Nullable Integer redrives) implements MapRunCommand {}

  /** A reading, a writing or an express child has ended. */
  record CallEnded(String call, Outcome outcome) implements MapRunCommand {}

  /** Nobody waits for it any more. */
  record Cancel() implements MapRunCommand {}

  /**
   * What didn't succeed is to be tried again.
   *
   * @param scheduled number of the event of the execution that waits
   */
  record Redrive(long scheduled) implements MapRunCommand {}

  /** UpdateMapRun; null leaves a part as it is. */
  record Update(
      @Nullable Long concurrency,
      @Nullable Long toleratedCount,
      @Nullable BigDecimal toleratedPercentage)
      implements MapRunCommand {}
}
