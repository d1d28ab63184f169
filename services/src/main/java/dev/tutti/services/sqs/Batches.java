package dev.tutti.services.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tutti.wire.ServiceError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the batch operations have in common. */
final class Batches {
  private static final int MAX_ENTRIES = 10;

  private Batches() {}

  /** The entries, which as a whole are checked before any is looked at. */
  static List<JsonNode> entries(JsonNode input, String kind) {
    List<JsonNode> entries = new ArrayList<>();
    input.path("Entries").forEach(entries::add);
    if (entries.isEmpty()) {
      throw new ServiceError(
          "EmptyBatchRequest", "There should be at least one " + kind + " in the request.");
    }
    if (entries.size() > MAX_ENTRIES) {
      throw new ServiceError(
          "TooManyEntriesInBatchRequest",
          "Maximum number of entries per request are 10. You have sent " + entries.size() + ".");
    }
    Set<String> ids = new HashSet<>();
    for (JsonNode entry : entries) {
      String id = entry.path("Id").asText();
      if (!id.matches("[A-Za-z0-9_-]{1,80}")) {
        throw new ServiceError(
            "InvalidBatchEntryId",
            "A batch entry id can only contain alphanumeric characters, hyphens and underscores."
                + " It can be at most 80 letters long.");
      }
      if (!ids.add(id)) {
        throw new ServiceError("BatchEntryIdsNotDistinct", "Id " + id + " repeated.");
      }
    }
    return entries;
  }

  static void fail(ArrayNode failed, JsonNode entry, String code, String message) {
    failed
        .addObject()
        .put("Id", entry.path("Id").asText())
        .put("SenderFault", true)
        .put("Code", code.equals("InvalidParameterValueException") ? "InvalidParameterValue" : code)
        .put("Message", message);
  }
}
