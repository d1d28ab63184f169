package dev.tutti.services.pipes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.template.EventPath;
import dev.tutti.services.sources.QueueRecords;

/**
 * An event on its way through a pipe.
 *
 * @param whole as it is passed on
 * @param seen as paths see it: a body that is JSON as that (AWS's "implicit body data parsing")
 */
record PipeEvent(JsonNode whole, JsonNode seen) {
  static PipeEvent of(ObjectNode queueRecord) {
    return new PipeEvent(queueRecord, QueueRecords.filtered(queueRecord));
  }

  /** What an enrichment made. */
  static PipeEvent made(JsonNode value) {
    return new PipeEvent(value, value);
  }

  /** A parameter: as it is, or what the event has where it is a path. */
  String resolved(String parameter) {
    return EventPath.isPath(parameter) ? text(find(parameter)) : parameter;
  }

  /** What a path finds; missing where it finds nothing. */
  JsonNode find(String path) {
    return EventPath.of(path).apply(seen);
  }

  private static String text(JsonNode found) {
    if (found.isMissingNode() || found.isNull()) {
      return "";
    }
    return found.isValueNode() ? found.asText() : Json.write(found);
  }
}
