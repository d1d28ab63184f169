package dev.tutti.services.states.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.services.http.Web;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A request and its answer, as TestState shows them where it traces. */
public final class Inspection {
  private Inspection() {}

  /**
   * Adds {@code request} and {@code response} to the inspection's data.
   *
   * @param reveal whether what the connection added is shown too
   */
  public static void show(HttpTasks.Told told, boolean reveal, ObjectNode data) {
    Web.Ask ask = reveal ? told.sent() : told.own();
    if (ask != null) {
      ObjectNode request =
          data.putObject("request")
              .put("protocol", protocol(ask.url()))
              .put("method", ask.method())
              .put("url", ask.url())
              .put("headers", written(ask.headers()));
      put(request, ask.body());
    }
    Web.Answer.Received answer = told.answer();
    if (ask != null && answer != null) {
      ObjectNode response =
          data.putObject("response")
              .put("protocol", protocol(ask.url()))
              .put("statusCode", Integer.toString(answer.status()))
              .put("statusMessage", StatusText.of(answer.status()))
              .put("headers", written(answer.headers()));
      put(response, answer.body());
    }
  }

  private static void put(ObjectNode shown, @Nullable String body) {
    if (body != null) {
      shown.put("body", body);
    }
  }

  private static String protocol(String address) {
    int colon = address.indexOf("://");
    return colon < 0 ? "" : address.substring(0, colon).toLowerCase(Locale.ROOT);
  }

  private static String written(List<Web.Pair> headers) {
    ObjectNode all = Json.object();
    headers.forEach(pair -> all.withArrayProperty(pair.name()).add(pair.value()));
    return all.properties().stream()
        .map(header ->
            header.getKey()
                + ": "
                + header
                    .getValue()
                    .valueStream()
                    .map(value -> value.asText())
                    .collect(Collectors.joining(", ")))
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
