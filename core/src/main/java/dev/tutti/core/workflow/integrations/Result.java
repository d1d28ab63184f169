package dev.tutti.core.workflow.integrations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.data.StatesError;

/** What came of a Task's work. */
public sealed interface Result {
  record Output(JsonNode value) implements Result {}

  /**
   * It failed.
   *
   * @param cause cut to the length that histories show
   */
  record Failure(String error, String cause) implements Result {
    public Failure {
      cause = StatesError.cut(cause);
    }
  }
}
