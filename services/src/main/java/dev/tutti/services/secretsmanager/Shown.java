package dev.tutti.services.secretsmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What may be seen of a secret, whoever keeps it. Times are epoch milliseconds, 0 where there is
 * none.
 *
 * @param versions staging labels by version, of those that have any
 * @param deletedMillis when its deletion was asked for
 * @param owner the service that manages it; null where it is nobody's but the account's
 */
record Shown(
    String arn,
    String name,
    @Nullable String description,
    SortedMap<String, String> tags,
    Map<String, List<String>> versions,
    long createdMillis,
    long changedMillis,
    long readMillis,
    long deletedMillis,
    @Nullable String owner) {

  /**
   * As DescribeSecret and ListSecrets tell it.
   *
   * @param versionsMember what the operation calls the versions
   */
  ObjectNode told(String versionsMember) {
    ObjectNode told = Json.object().put("ARN", arn).put("Name", name);
    if (description != null) {
      told.put("Description", description);
    }
    date(told, "CreatedDate", createdMillis);
    date(told, "LastChangedDate", changedMillis);
    date(told, "LastAccessedDate", readMillis);
    date(told, "DeletedDate", deletedMillis);
    if (!tags.isEmpty()) {
      ArrayNode list = told.putArray("Tags");
      tags.forEach((key, value) -> list.addObject().put("Key", key).put("Value", value));
    }
    if (!versions.isEmpty()) {
      ObjectNode all = told.putObject(versionsMember);
      versions.forEach((id, stages) -> stages.forEach(all.putArray(id)::add));
    }
    return owner == null ? told : told.put("OwningService", owner);
  }

  static void date(ObjectNode into, String member, long millis) {
    if (millis > 0) {
      into.put(member, millis / 1000.0);
    }
  }

  /** As it stands in a row of {@link dev.tutti.core.secrets.Secrets#TABLE}. */
  static Shown of(String name, JsonNode row) {
    SortedMap<String, String> tags = new TreeMap<>();
    row.path("tags").properties().forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
    Map<String, List<String>> versions = new LinkedHashMap<>();
    row.path("versions")
        .properties()
        .forEach(version ->
            versions.put(
                version.getKey(), version.getValue().valueStream().map(JsonNode::asText).toList()));
    return new Shown(
        row.path("arn").asText(),
        name,
        row.has("description") ? row.path("description").asText() : null,
        tags,
        versions,
        row.path("createdMillis").asLong(),
        row.path("changedMillis").asLong(),
        row.path("readMillis").asLong(),
        row.path("deletedMillis").asLong(),
        null);
  }
}
