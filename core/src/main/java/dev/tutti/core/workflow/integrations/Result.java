package dev.tutti.core.workflow.integrations;

import com.fasterxml.jackson.databind.JsonNode;

/** What came of a Task's work. */
public sealed interface Result {
  record Output(JsonNode value) implements Result {}

  record Failure(String error, String cause) implements Result {}
}
