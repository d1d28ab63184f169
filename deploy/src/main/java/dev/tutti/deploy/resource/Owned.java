package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a stack's record says of a resource that the stack made.
 *
 * @param key what makes it this resource and no other: an ARN, or for a permission or subscription
 *     the things it joins
 * @param physicalId as the service names it; empty while its creation is under way
 * @param parts fingerprints, see {@link Body#parts}
 * @param keep see {@link Body#keep}
 * @param kept whether it stays when the template no longer has it
 * @param settled false from before the first call about it until the last one was answered
 */
public record Owned(
    String logicalId,
    String type,
    String key,
    String physicalId,
    Map<String, String> parts,
    JsonNode keep,
    boolean kept,
    boolean settled) {

  /** The same as if we had never made it: what there is to know of before is nothing. */
  public Owned bare() {
    return new Owned(logicalId, type, key, physicalId, Map.of(), Json.object(), kept, settled);
  }

  public JsonNode json() {
    ObjectNode json = Json.object();
    json.put("type", type);
    json.put("key", key);
    json.put("physicalId", physicalId);
    ObjectNode fingerprints = json.putObject("parts");
    parts.forEach(fingerprints::put);
    json.set("keep", keep);
    json.put("kept", kept);
    json.put("settled", settled);
    return json.put("logicalId", logicalId);
  }

  public static Owned of(JsonNode json) {
    Map<String, String> parts = new LinkedHashMap<>();
    json.path("parts")
        .properties()
        .forEach(part -> parts.put(part.getKey(), part.getValue().asText()));
    return new Owned(
        json.path("logicalId").asText(),
        json.path("type").asText(),
        json.path("key").asText(),
        json.path("physicalId").asText(),
        parts,
        json.path("keep"),
        json.path("kept").asBoolean(),
        json.path("settled").asBoolean());
  }
}
