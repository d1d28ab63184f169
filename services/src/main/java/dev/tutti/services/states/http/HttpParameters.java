package dev.tutti.services.states.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.services.connections.Draft;
import dev.tutti.services.http.Web;
import dev.tutti.wire.ServiceError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** A Task's parameters as a request (AWS's page "Call HTTPS APIs in Step Functions workflows"). */
final class HttpParameters {
  private static final String FORM = "application/x-www-form-urlencoded";

  /** Headers that say how bytes travel, and are the sender's own. */
  private static final Set<String> FORBIDDEN =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private HttpParameters() {}

  /**
   * The request that they ask for.
   *
   * @throws ServiceError {@code States.Runtime} where they can't be one
   */
  static Draft draft(JsonNode parameters, String region, Duration timeout, int mostBytes) {
    List<Web.Pair> headers = pairs(parameters.path("Headers"));
    headers.forEach(HttpParameters::check);
    add(headers, "User-Agent", "Amazon|StepFunctions|HttpInvoke|" + region);
    add(headers, "Range", "bytes=0-" + (mostBytes - 1));
    JsonNode body = parameters.path("RequestBody");
    boolean has = !body.isMissingNode() && !body.isNull();
    boolean form = parameters.at("/Transform/RequestBodyEncoding").asText().equals("URL_ENCODED");
    if (has) {
      add(headers, "Content-Type", form ? FORM : "application/json");
    }
    return new Draft(
        parameters.path("Method").asText(),
        parameters.path("ApiEndpoint").asText(),
        headers,
        pairs(parameters.path("QueryParameters")),
        has ? body : null,
        form ? writer(parameters) : json -> json.isTextual() ? json.asText() : Json.write(json),
        timeout,
        mostBytes);
  }

  private static Function<JsonNode, String> writer(JsonNode parameters) {
    String format =
        parameters.at("/Transform/RequestEncodingOptions/ArrayFormat").asText("INDICES");
    FormEncoding encoding;
    try {
      encoding = FormEncoding.valueOf(format);
    } catch (IllegalArgumentException _) {
      throw new ServiceError("States.Runtime", "'" + format + "' is no ArrayFormat.");
    }
    if (!parameters.path("RequestBody").isObject()) {
      throw new ServiceError(
          "States.Runtime", "A RequestBody that is URL encoded has to be a JSON object.");
    }
    return encoding::write;
  }

  private static void check(Web.Pair header) {
    if (FORBIDDEN.contains(header.name().toLowerCase(Locale.ROOT))) {
      throw new ServiceError("States.Runtime", "The header '" + header.name() + "' can't be set.");
    }
  }

  /** Adds a header that isn't there. */
  private static void add(List<Web.Pair> headers, String name, String value) {
    if (headers.stream().noneMatch(pair -> pair.name().equalsIgnoreCase(name))) {
      headers.add(new Web.Pair(name, value));
    }
  }

  /** The members of an object; one that is a list comes several times. */
  private static List<Web.Pair> pairs(JsonNode object) {
    List<Web.Pair> pairs = new ArrayList<>();
    object
        .properties()
        .forEach(member -> {
          if (member.getValue().isArray()) {
            member.getValue().forEach(each -> pairs.add(new Web.Pair(member.getKey(), text(each))));
          } else {
            pairs.add(new Web.Pair(member.getKey(), text(member.getValue())));
          }
        });
    return pairs;
  }

  private static String text(JsonNode value) {
    return value.isValueNode() ? value.asText() : Json.write(value);
  }
}
