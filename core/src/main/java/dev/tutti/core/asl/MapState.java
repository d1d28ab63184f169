package dev.tutti.core.asl;

import dev.tutti.core.asl.data.Amount;
import dev.tutti.core.asl.data.DataFlow;
import dev.tutti.core.asl.data.Percentage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs its processor once for each item; the result is the array of outputs.
 *
 * @param items which items, and what an iteration gets
 * @param processor what runs for each item (ItemProcessor, or the older Iterator)
 * @param maxConcurrency iterations at a time; null or 0 for no bound
 * @param toleratedFailureCount null for none stated
 * @param toleratedFailurePercentage null for none stated
 * @param distributed how it is spread over executions of its own; null for INLINE
 * @param confused whether it is INLINE and has fields that only the other mode can use: it fails
 *     when it is entered
 */
public record MapState(
    String name,
    @Nullable String comment,
    DataFlow data,
    MapItems items,
    Flow processor,
    @Nullable Amount maxConcurrency,
    @Nullable Amount toleratedFailureCount,
    @Nullable Percentage toleratedFailurePercentage,
    @Nullable Distributed distributed,
    boolean confused,
    List<Retrier> retriers,
    List<Catcher> catchers,
    Transition transition)
    implements State {
  public MapState {
    retriers = List.copyOf(retriers);
    catchers = List.copyOf(catchers);
  }

  /**
   * The DISTRIBUTED mode.
   *
   * @param reader null where the items are in the data
   * @param batcher null where children get one item each
   * @param writer null where the results are the children's outputs
   * @param label part of the executions' ARNs; null for one that is made up
   * @param express whether they are to be express executions
   */
  public record Distributed(
      @Nullable ItemReader reader,
      @Nullable ItemBatcher batcher,
      @Nullable ResultWriter writer,
      @Nullable String label,
      boolean express) {
    /** Whether the state's result is an object that says where the results are. */
    public boolean exports() {
      return writer != null && writer.exports();
    }
  }

  /** Whether the items come from outside of the data. */
  public boolean reads() {
    return distributed != null && distributed.reader() != null;
  }
}
