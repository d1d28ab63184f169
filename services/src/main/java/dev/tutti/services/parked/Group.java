package dev.tutti.services.parked;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Ids;
import java.util.regex.Pattern;

/**
 * Deliveries that were parked for the same cause: from one source to one target, with the same
 * error. Of the message only its form counts: numbers and ids in it are left out.
 *
 * @param form the message with {@code #} for whatever differs from one delivery to the next
 */
record Group(String source, String target, String reason, String error, String form) {
  private static final int FORM_LENGTH = 160;
  private static final Pattern VARYING =
      Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|\\d+");

  static Group of(JsonNode row) {
    String message = row.path("message").asText();
    String start = message.length() > FORM_LENGTH ? message.substring(0, FORM_LENGTH) : message;
    return new Group(
        row.path("source").asText(),
        row.path("target").asText(),
        row.path("reason").asText(),
        row.path("error").asText(),
        VARYING.matcher(start).replaceAll("#"));
  }

  /** Names the group, the same whenever it is asked: 12 hex digits. */
  String id() {
    return Ids.hex(String.join("\n", source, target, reason, error, form), 12);
  }

  ObjectNode json() {
    return Json.object()
        .put("Group", id())
        .put("Source", source)
        .put("Target", target)
        .put("Reason", reason)
        .put("Error", error)
        .put("Message", form);
  }
}
