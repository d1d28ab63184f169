package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Fact;
import dev.tutti.core.workflow.execution.Status;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a map run decided. */
public sealed interface MapRunFact extends Fact {
  record Started(MapRunStart start) implements MapRunFact {}

  /**
   * Further items are being read.
   *
   * @param number of the reading, from 1
   * @param position where the reading before ended; empty at the beginning
   */
  record ReadingBegan(long number, String position) implements MapRunFact {}

  /**
   * Items were read.
   *
   * @param items how many, including those left before
   * @param children that they became
   * @param left those that wait for others to fill their batch
   * @param position where the reading ended
   * @param last whether there are no more
   */
  record ItemsRead(
      int items, List<MapRunItem> children, List<JsonNode> left, String position, boolean last)
      implements MapRunFact {}

  /** A child was started. */
  record ChildStarted(int index, String executionArn) implements MapRunFact {}

  /**
   * A child has ended.
   *
   * @param output null unless it succeeded
   * @param details all that there is to say of it; null where nobody wants to know
   */
  record ChildEnded(int index, Status status, @Nullable JsonNode output, @Nullable JsonNode details)
      implements MapRunFact {}

  /** A child is to stop. */
  record ChildStopped(int index, String executionArn) implements MapRunFact {}

  /** A child that didn't succeed is to go on. */
  record ChildRedriven(int index, String executionArn) implements MapRunFact {}

  /** Its bounds are others now. */
  record Updated(long concurrency, long toleratedCount, BigDecimal toleratedPercentage)
      implements MapRunFact {}

  /**
   * Its results are being written; then it will have ended.
   *
   * @param number of the writing, from 1
   */
  record WritingBegan(long number, Status status, @Nullable String error, @Nullable String cause)
      implements MapRunFact {}

  /**
   * It is over; the execution that waits is told.
   *
   * @param error null unless it failed
   * @param result where its results are; null where they are its children's outputs
   */
  record Ended(
      Status status, @Nullable String error, @Nullable String cause, @Nullable JsonNode result)
      implements MapRunFact {}

  /**
   * It goes on with what didn't succeed.
   *
   * @param scheduled number of the event of the execution that waits
   */
  record Redriven(long scheduled) implements MapRunFact {}
}
