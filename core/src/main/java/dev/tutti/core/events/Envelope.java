package dev.tutti.core.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The form in which rules and targets see an event: AWS's members in AWS's order. */
public final class Envelope {
  /** The member that says by which replay an event comes. */
  public static final String REPLAY_NAME = "replay-name";

  private Envelope() {}

  /**
   * Makes an event.
   *
   * @param account of the sender
   * @param timeMillis epoch milliseconds, told in seconds; null is when it is accepted
   */
  public static ObjectNode of(
      String id,
      String detailType,
      String source,
      String account,
      @Nullable Long timeMillis,
      String region,
      List<String> resources,
      JsonNode detail) {
    ObjectNode event =
        Json.object()
            .put("version", "0")
            .put("id", id)
            .put("detail-type", detailType)
            .put("source", source)
            .put("account", account)
            .put("time", timeMillis == null ? null : time(timeMillis))
            .put("region", region);
    resources.forEach(event.putArray("resources")::add);
    event.set("detail", detail);
    return event;
  }

  /** The event with its time filled in where it has none. */
  static JsonNode timed(JsonNode event, long nowMillis) {
    return event.path("time").isTextual()
        ? event
        : ((ObjectNode) event.deepCopy()).put("time", time(nowMillis));
  }

  /** The event as a replay sends it: the same, and the replay's name. */
  static JsonNode replayed(JsonNode event, String replay) {
    ObjectNode again = Json.object();
    again.setAll((ObjectNode) event);
    return again.put(REPLAY_NAME, replay);
  }

  /** A time as events tell it, in seconds. */
  static String time(long millis) {
    return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
