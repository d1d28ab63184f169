package dev.tutti.services.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.logs.GroupCatalogue;
import dev.tutti.core.workflow.Machine;
import dev.tutti.core.workflow.execution.LogLevel;
import dev.tutti.core.workflow.execution.LogRows;
import dev.tutti.core.workflow.execution.Logging;
import dev.tutti.wire.ServiceError;
import org.jspecify.annotations.Nullable;

/** The loggingConfiguration of calls and of state machines. */
final class LoggingOptions {
  private final GroupCatalogue groups;

  /**
   * Options that name some of these groups.
   *
   * @param groups that exist
   */
  LoggingOptions(GroupCatalogue groups) {
    this.groups = groups;
  }

  /** As a state machine keeps it: all members given. */
  JsonNode checked(@Nullable JsonNode given) {
    ObjectNode logging = Json.object();
    logging.put("level", "OFF");
    logging.put("includeExecutionData", false);
    if (given instanceof ObjectNode object) {
      logging.setAll(object);
    }
    if (!logging.path("level").asText().equals("OFF") && logging.path("destinations").size() != 1) {
      throw invalid("Must specify exactly one Log Destination.");
    }
    for (JsonNode destination : logging.path("destinations")) {
      String arn = destination.path("cloudWatchLogsLogGroup").path("logGroupArn").asText();
      if (!arn.endsWith(":*") || !groups.group(LogRows.group(arn)).exists()) {
        throw invalid("Log Destination not found.");
      }
    }
    return logging;
  }

  private static ServiceError invalid(String why) {
    return new ServiceError("InvalidLoggingConfiguration", "Invalid Logging Configuration: " + why);
  }

  /** What of a state machine's executions is logged; null for nothing. */
  static @Nullable Logging of(Machine machine) {
    JsonNode kept = machine.logging();
    if (kept == null) {
      return null;
    }
    LogLevel level = LogLevel.valueOf(kept.path("level").asText("OFF"));
    String group =
        kept.path("destinations")
            .path(0)
            .path("cloudWatchLogsLogGroup")
            .path("logGroupArn")
            .asText();
    return level == LogLevel.OFF || group.isEmpty()
        ? null
        : new Logging(level, kept.path("includeExecutionData").asBoolean(false), group);
  }
}
