package dev.tutti.services.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.connections.ApiDestination;
import dev.tutti.core.connections.ApiDestinations;
import dev.tutti.core.connections.ConnectionArn;
import dev.tutti.core.events.HttpParameters;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.services.connections.Addresses;
import dev.tutti.services.connections.ConnectedWeb;
import dev.tutti.services.connections.Draft;
import dev.tutti.services.http.RetryAfter;
import dev.tutti.services.http.Web;
import dev.tutti.wire.ServiceError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * How a delivery reaches an address outside. Not an operation of AWS's.
 *
 * <p>Input: {@code ApiDestinationArn}, {@code Body} (text), {@code HttpParameters} (as a target has
 * them). Output: {@code StatusCode}, {@code Body}. The secrets are added here, at the last moment,
 * so that no delivery holds them; and what the other side says is kept without them.
 */
final class InvokeApiDestination implements Operation {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** AWS asks for as much of an answer, and no more. */
  private static final int MOST_BYTES = 1024 * 1024;

  private static final int MOST_TOLD = 4096;
  private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS");

  /** What EventBridge sends with each request (AWS's page "API destinations as targets"). */
  private static final List<Web.Pair> FIXED =
      List.of(
          new Web.Pair("User-Agent", "Amazon/EventBridge/ApiDestinations"),
          new Web.Pair("Range", "bytes=0-" + (MOST_BYTES - 1)));

  private final ApiDestinations destinations;
  private final ConnectedWeb web;
  private final LongSupplier clock;

  InvokeApiDestination(ApiDestinations destinations, ConnectedWeb web, LongSupplier clock) {
    this.destinations = destinations;
    this.web = web;
    this.clock = clock;
  }

  @Override
  public JsonNode perform(Exchange exchange) {
    JsonNode input = exchange.input();
    ApiDestination.Settings settings =
        settings(exchange, Members.required(input, "ApiDestinationArn"));
    ConnectedWeb.Sent sent =
        web.send(exchange.reader(), settings.connectionArn(), draft(settings, input));
    return switch (sent.answer()) {
      case Web.Answer.Received answer when answer.status() / 100 == 2 ->
          Json.object().put("StatusCode", answer.status()).put("Body", answer.body());
      case Web.Answer.Received answer -> throw refused(answer, sent);
      case Web.Answer.Missing none ->
          throw switch (none.fault()) {
            case UNSENDABLE ->
                new ServiceError("InvalidParameter", sent.hidden().in(none.message()));
            case TIMEOUT -> new ServiceError("Timeout", none.message(), 504);
            case CONNECTION ->
                new ServiceError("Unreachable", sent.hidden().in(none.message()), 503);
          };
    };
  }

  private ApiDestination.Settings settings(Exchange exchange, String text) {
    ApiDestination.Settings settings =
        ConnectionArn.parse(text)
            .filter(arn -> arn.kind() == ConnectionArn.Kind.DESTINATION)
            .filter(arn -> arn.account().equals(exchange.context()))
            .map(arn ->
                exchange.reader().read(ApiDestinations.key(arn), destinations, found -> found))
            .map(ApiDestination::settings)
            .orElse(null);
    if (settings == null) {
      throw new ServiceError(
          "ResourceNotFoundException", ApiDestinations.absent(ConnectionArn.nameIn(text)));
    }
    return settings;
  }

  private static Draft draft(ApiDestination.Settings settings, JsonNode input) {
    HttpParameters http = HttpParameters.of(input.path("HttpParameters"));
    List<Web.Pair> headers = new ArrayList<>(pairs(http.headers()));
    headers.removeIf(pair -> contains(FIXED, pair.name()));
    headers.addAll(FIXED);
    if (!contains(headers, "Content-Type")) {
      headers.add(new Web.Pair("Content-Type", "application/json; charset=utf-8"));
    }
    return new Draft(
        settings.method(),
        Addresses.filled(settings.endpoint(), http.path()),
        headers,
        pairs(http.query()),
        WITHOUT_BODY.contains(settings.method()) ? null : body(input.path("Body").asText()),
        body -> body.isTextual() ? body.asText() : Json.write(body),
        TIMEOUT,
        MOST_BYTES);
  }

  private static List<Web.Pair> pairs(Map<String, String> texts) {
    return texts.entrySet().stream()
        .map(each -> new Web.Pair(each.getKey(), each.getValue()))
        .toList();
  }

  private static boolean contains(List<Web.Pair> headers, String name) {
    return headers.stream().anyMatch(pair -> pair.name().equalsIgnoreCase(name));
  }

  /** An object, into which the connection may put more; else the text as it is. */
  private static JsonNode body(String text) {
    try {
      JsonNode parsed = Json.parse(text);
      return parsed.isObject() ? parsed : Json.text(text);
    } catch (MalformedJson _) {
      return Json.text(text);
    }
  }

  private ServiceError refused(Web.Answer.Received answer, ConnectedWeb.Sent sent) {
    String said = answer.body();
    ObjectNode members = Json.object();
    RetryAfter.seconds(answer, clock.getAsLong())
        .ifPresent(seconds -> members.put(RetryAfter.MEMBER, seconds));
    return new ServiceError(
        "DestinationStatus" + answer.status(),
        sent.hidden().in(said.substring(0, Math.min(said.length(), MOST_TOLD))),
        answer.status(),
        members);
  }
}
