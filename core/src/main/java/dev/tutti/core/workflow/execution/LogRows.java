package dev.tutti.core.workflow.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Ids;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * The rows that executions leave in logs. Each execution has a stream of its own; what a group
 * holds is what its rows are.
 */
public final class LogRows {
  /** By ARN of the group, name of the stream. */
  public static final String STREAMS = "logStreams";

  /** By ARN of the group, name of the stream, time, number. */
  public static final String EVENTS = "logEvents";

  private static final DateTimeFormatter STARTED =
      DateTimeFormatter.ofPattern("yyyy-MM-dd-HH-mm").withZone(ZoneOffset.UTC);

  private LogRows() {}

  /** A group's ARN without {@code :*}. */
  public static String group(String arn) {
    return arn.endsWith(":*") ? arn.substring(0, arn.length() - 2) : arn;
  }

  /** Adds an entry of an execution to its log. */
  public static void put(
      Decider.Rows rows, Logging logging, String executionArn, long startMillis, LogEntry entry) {
    String group = group(logging.groupArn());
    String stream =
        "states/%s/%s/%s"
            .formatted(
                Arns.name(Arns.machineOf(executionArn)),
                STARTED.format(Instant.ofEpochMilli(startMillis)),
                Ids.hex(executionArn, 8));
    ObjectNode about = Json.object();
    about.put("createdMillis", startMillis);
    about.put("lastMillis", entry.millis());
    rows.put(STREAMS, List.of(group, stream), about);
    ObjectNode event = Json.object();
    event.put("millis", entry.millis());
    event.put("message", entry.message());
    rows.put(
        EVENTS,
        List.of(group, stream, "%019d".formatted(entry.millis()), "%010d".formatted(entry.id())),
        event);
  }
}
