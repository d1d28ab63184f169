package dev.tutti.wire.model;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a service is called where; what isn't said is the empty string.
 *
 * @param name in calls, for example {@code states}
 * @param protocol as C2J names it: {@code json}, {@code query}, {@code rest-json}, {@code rest-xml}
 * @param jsonVersion {@code 1.0} or {@code 1.1}, of the content type
 * @param targetPrefix what stands before the dot in {@code X-Amz-Target}
 * @param signingName the service in a credential's scope
 * @param apiVersion a date, the {@code Version} of a query
 * @param xmlNamespace of a query's answers
 * @param serviceId its name in software development kits, for example {@code SFN}
 * @param known whether only its shapes are known, and no requests to it are taken
 * @param partial whether the model is this program's own, and knows what is spoken here alone
 * @param queryCompatible whether errors also tell the code that the service's query API had
 */
public record Metadata(
    String name,
    String protocol,
    String jsonVersion,
    String targetPrefix,
    String signingName,
    String apiVersion,
    String xmlNamespace,
    String serviceId,
    boolean known,
    boolean partial,
    boolean queryCompatible) {

  static Metadata of(JsonNode table) {
    return new Metadata(
        table.path("name").asText(),
        table.path("protocol").asText(),
        table.path("jsonVersion").asText("1.0"),
        table.path("targetPrefix").asText(),
        table.path("signingName").asText(),
        table.path("apiVersion").asText(),
        table.path("xmlNamespace").asText(),
        table.path("serviceId").asText(),
        table.path("known").asBoolean(),
        table.path("partial").asBoolean(),
        table.has("awsQueryCompatible"));
  }
}
