package dev.tutti.core.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decider.Rows;
import dev.tutti.core.kernel.Ids;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The rows by which an event is found: the bus's log, the archives that show it, its id. */
final class EventRows {
  /** What AWS counts for an event's time and account. */
  private static final long FIXED_BYTES = 14 + 12;

  private EventRows() {}

  static void write(BusArn bus, EventFact.Accepted fact, long millis, Rows rows) {
    JsonNode event = fact.event();
    String id = event.path("id").asText();
    rows.put(Events.BY_ID, List.of(id, bus.text()), Json.object());
    ObjectNode logged =
        Json.object()
            .put("source", event.path("source").asText())
            .put("detailType", event.path("detail-type").asText())
            .put("account", event.path("account").asText())
            .put("matches", fact.matches().size());
    if (fact.bytes() != null) {
      logged.put("bytes", fact.bytes());
    }
    rows.put(Events.LOG, List.of(bus.text(), Ids.sortable(millis), id), logged);
    List<EventFact.Kept> archives = fact.archives();
    if (archives == null) {
      return;
    }
    ObjectNode row = Json.object().put("bytes", bytes(event));
    String time = event.path("time").asText();
    if (!time.equals(Envelope.time(millis))) {
      row.put("time", time);
    }
    for (EventFact.Kept kept : archives) {
      rows.put(
          Events.ARCHIVED,
          List.of(kept.archive(), Ids.sortable(kept.era()), Ids.sortable(millis), id),
          row);
    }
  }

  /** Its size as AWS counts it. */
  static long bytes(JsonNode event) {
    long bytes = FIXED_BYTES;
    bytes += Json.bytes(event.path("detail")).length;
    for (String member : List.of("source", "detail-type")) {
      bytes += length(event.path(member));
    }
    for (JsonNode resource : event.path("resources")) {
      bytes += length(resource);
    }
    return bytes;
  }

  private static int length(JsonNode text) {
    return text.asText().getBytes(StandardCharsets.UTF_8).length;
  }
}
