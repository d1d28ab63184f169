package dev.tutti.core.workflow.integrations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Outcome;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Parts that the services' answers have in common. */
final class Answers {
  private Answers() {}

  /** Text as it is, anything else as JSON text: for members that are texts in the service. */
  static JsonNode text(JsonNode value) {
    return value.isTextual() ? value : Json.text(Json.write(value));
  }

  /** A date as HTTP headers have it. */
  static String date(long millis) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(
        Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC));
  }

  /** The headers that every answer has, in AWS's order. */
  static Map<String, String> headers(Work work, int length, String type, long millis) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("x-amzn-RequestId", work.requestId());
    headers.put("connection", "keep-alive");
    headers.put("Content-Length", Integer.toString(length));
    headers.put("Date", date(millis));
    headers.put("Content-Type", type);
    return headers;
  }

  /** Adds SdkHttpMetadata and SdkResponseMetadata. */
  static void describe(ObjectNode output, Work work, Map<String, String> headers) {
    ObjectNode all = Json.object();
    ObjectNode single = Json.object();
    headers.forEach((name, value) -> {
      all.putArray(name).add(value);
      single.put(name, value);
    });
    ObjectNode http = output.putObject("SdkHttpMetadata");
    http.set("AllHttpHeaders", all);
    http.set("HttpHeaders", single);
    http.put("HttpStatusCode", 200);
    output.putObject("SdkResponseMetadata").put("RequestId", work.requestId());
  }

  /**
   * A service's error as a Task's.
   *
   * @param prefix of the error's name: {@code Lambda}
   * @param service as the cause names it: {@code AWSLambda}
   */
  static Result.Failure failure(Work work, Outcome.Failed failed, String prefix, String service) {
    String name =
        failed.error().endsWith("Exception") ? failed.error() : failed.error() + "Exception";
    return new Result.Failure(
        prefix + "." + name,
        "%s (Service: %s; Status Code: %d; Error Code: %s; Request ID: %s; Proxy: null)"
            .formatted(
                failed.message(), service, failed.status(), failed.error(), work.requestId()));
  }
}
