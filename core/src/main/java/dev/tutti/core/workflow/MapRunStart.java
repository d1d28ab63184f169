package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;

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
 * @param inputs of the children, in their order
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
    List<JsonNode> inputs) {
  public MapRunStart {
    inputs = List.copyOf(inputs);
  }
}
