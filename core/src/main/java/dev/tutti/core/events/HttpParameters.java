package dev.tutti.core.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a target adds to the requests of its API destination. A value that is a path ({@code
 * $.detail.id}) stands for what the event has there (AWS's "dynamic path parameters").
 *
 * @param path values for the address's asterisks, in order
 * @param headers by name
 * @param query by name
 */
public record HttpParameters(
    List<String> path, Map<String, String> headers, Map<String, String> query) {

  /** Reads AWS's member {@code HttpParameters}. */
  public static HttpParameters of(JsonNode members) {
    List<String> path = new ArrayList<>();
    members.path("PathParameterValues").forEach(value -> path.add(value.asText()));
    return new HttpParameters(
        path,
        texts(members.path("HeaderParameters")),
        texts(members.path("QueryStringParameters")));
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.properties().forEach(each -> texts.put(each.getKey(), each.getValue().asText()));
    return texts;
  }

  /** As {@link #of} reads it. */
  public ObjectNode members() {
    ObjectNode members = Json.object();
    if (!path.isEmpty()) {
      ArrayNode values = members.putArray("PathParameterValues");
      path.forEach(values::add);
    }
    put(members, "HeaderParameters", headers);
    put(members, "QueryStringParameters", query);
    return members;
  }

  private static void put(ObjectNode members, String name, Map<String, String> texts) {
    if (!texts.isEmpty()) {
      ObjectNode object = members.putObject(name);
      texts.forEach(object::put);
    }
  }

  /** The values that are paths. */
  Stream<String> paths() {
    return Stream.of(path, headers.values(), query.values())
        .flatMap(values -> values.stream())
        .filter(HttpParameters::isPath);
  }

  private static boolean isPath(String value) {
    return value.startsWith("$.") || value.startsWith("$[");
  }

  /** With each path replaced by what it finds; what finds nothing is empty. */
  public HttpParameters resolved(Function<String, JsonNode> find) {
    return new HttpParameters(
        path.stream().map(value -> resolve(value, find)).toList(),
        resolve(headers, find),
        resolve(query, find));
  }

  private static Map<String, String> resolve(
      Map<String, String> values, Function<String, JsonNode> find) {
    Map<String, String> resolved = new LinkedHashMap<>();
    values.forEach((name, value) -> resolved.put(name, resolve(value, find)));
    return resolved;
  }

  private static String resolve(String value, Function<String, JsonNode> find) {
    if (!isPath(value)) {
      return value;
    }
    JsonNode found = find.apply(value);
    if (found.isMissingNode() || found.isNull()) {
      return "";
    }
    return found.isValueNode() ? found.asText() : Json.write(found);
  }
}
