package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.workflow.execution.LogEntry;
import dev.tutti.core.workflow.execution.Logging;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** History events as they are logged (developer guide, "Logging using CloudWatch Logs"). */
public final class ExecutionLog {
  /** What is left out where inputs and outputs aren't shown. */
  private static final List<String> DATA =
      List.of(
          "input",
          "inputDetails",
          "output",
          "outputDetails",
          "parameters",
          "assignedVariables",
          "assignedVariablesDetails");

  private static final Histories HISTORIES = new Histories(true);

  private final Logging logging;
  private final String executionArn;

  public ExecutionLog(Logging logging, String executionArn) {
    this.logging = logging;
    this.executionArn = executionArn;
  }

  /** What a fact adds to the log; empty for nothing. */
  public Optional<LogEntry> entry(Recorded<ExecutionFact> recorded) {
    ObjectNode event = HISTORIES.render(recorded);
    if (event == null || !logging.level().logs(event.path("type").asText())) {
      return Optional.empty();
    }
    ObjectNode message = Json.object();
    message.put("id", event.path("id").asText());
    message.put("type", event.path("type").asText());
    message.set("details", details(event));
    message.put("previous_event_id", event.path("previousEventId").asText());
    message.put("event_timestamp", Long.toString(recorded.millis()));
    message.put("execution_arn", executionArn);
    message.put("redrive_count", "0");
    return Optional.of(
        new LogEntry(event.path("id").asLong(), recorded.millis(), Json.write(message)));
  }

  private JsonNode details(ObjectNode event) {
    for (Map.Entry<String, JsonNode> member : event.properties()) {
      if (member.getKey().endsWith("EventDetails")
          && member.getValue() instanceof ObjectNode details) {
        return logging.data() ? details : details.remove(DATA);
      }
    }
    return Json.object();
  }
}
