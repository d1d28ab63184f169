package dev.tutti.core.workflow.integrations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Ids;

/**
 * One try of a Task's work.
 *
 * @param resource as the definition has it
 * @param scheduled id of the event that handed it out
 * @param parameters what the Task hands over; JSON null where only an outcome is looked at
 */
public record Work(
    String executionArn,
    String context,
    String region,
    String resource,
    long scheduled,
    JsonNode parameters) {

  /** An id for the request that is the same whenever the work is repeated. */
  String requestId() {
    return Ids.uuid(executionArn + '#' + scheduled);
  }
}
