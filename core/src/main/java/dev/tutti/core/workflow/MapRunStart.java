package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a map run is to do.
 *
 * @param executionArn of the execution that waits for it
 * @param scheduled number of the event by which it was started there
 * @param revision of the state machine
 * @param state name of the Map state
 * @param concurrency children at a time; 0 for as many as there may be
 * @param toleratedCount how many may fail; -1 for no such bound
 * @param toleratedPercentage of all; below 0 for no such bound
 * @param inputs of the children, in their order, as far as they are known from the start
 * @param sizes how many items each of the inputs holds; null for one each
 * @param reading where further items come from; null for nowhere
 * @param batching how many of those a child gets; null for one
 * @param writing what becomes of the results; null where they are the children's outputs
 * @param express whether the children are express executions; null for no
 */
public record MapRunStart(
    String executionArn,
    long scheduled,
    String machineArn,
    String revision,
    String roleArn,
    String state,
    long concurrency,
    long toleratedCount,
    BigDecimal toleratedPercentage,
    List<JsonNode> inputs,
    @Nullable List<Integer> sizes,
    @Nullable MapReading reading,
    @Nullable MapBatching batching,
    @Nullable MapWriting writing,
    @Nullable Boolean express) {
  public MapRunStart {
    inputs = List.copyOf(inputs);
    sizes = sizes == null ? null : List.copyOf(sizes);
  }

  boolean ofExpress() {
    return Boolean.TRUE.equals(express);
  }

  boolean exports() {
    return writing != null && writing.exports();
  }
}
