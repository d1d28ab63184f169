package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Fact;
import dev.tutti.core.workflow.execution.Status;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What a map run decided. */
public sealed interface MapRunFact extends Fact {
  record Started(MapRunStart start) implements MapRunFact {}

  /** A child was started. */
  record ChildStarted(int index, String executionArn) implements MapRunFact {}

  /**
   * A child has ended.
   *
   * @param output null unless it succeeded
   */
  record ChildEnded(int index, Status status, @Nullable JsonNode output) implements MapRunFact {}

  /** A child is to stop. */
  record ChildStopped(int index, String executionArn) implements MapRunFact {}

  /** Its bounds are others now. */
  record Updated(long concurrency, long toleratedCount, BigDecimal toleratedPercentage)
      implements MapRunFact {}

  /** It is over; the execution that waits is told. */
  record Ended(Status status) implements MapRunFact {}
}
