package dev.tutti.services.states.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.connections.ConnectionArn;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.host.Reader;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.services.Service;
import dev.tutti.services.connections.ConnectedWeb;
import dev.tutti.services.connections.Draft;
import dev.tutti.services.connections.Hidden;
import dev.tutti.services.http.Web;
import dev.tutti.wire.ServiceError;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The work of {@code http:invoke}, as {@code http}: no service of AWS's, and not to be called from
 * outside. Errors have the names that a Task's Retry and Catch know.
 */
public final class HttpTasks implements Service {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /** AWS asks for as much of an answer, and no more. */
  private static final int MOST_BYTES = 262_145;

  private static final String SOCKET = "States.Http.Socket";
  private static final String RUNTIME = "States.Runtime";

  /** Answers that AWS takes for no text. */
  private static final Pattern BINARY =
      Pattern.compile("(?i)\\s*(application/octet-stream|(image|video|audio)/).*");

  private final ConnectedWeb web;

  public HttpTasks(ConnectedWeb web) {
    this.web = web;
  }

  @Override
  public String name() {
    return "http";
  }

  @Override
  public Map<String, Operation> operations() {
    return Map.of("Invoke", this::invoke);
  }

  private JsonNode invoke(Exchange exchange) {
    Told told = tell(exchange.reader(), exchange.context(), exchange.region(), exchange.input());
    return switch (told.outcome()) {
      case Outcome.Succeeded done -> done.output();
      case Outcome.Failed failed ->
          throw new ServiceError(failed.error(), failed.message(), failed.status());
    };
  }

  /**
   * A request, its answer, and what that means.
   *
   * @param own what was sent but for what the connection added; null where nothing was sent
   * @param sent all that was sent, secrets too; null where nothing was
   * @param answer null where there was none
   */
  public record Told(
      Web.@Nullable Ask own,
      Web.@Nullable Ask sent,
      Web.Answer.@Nullable Received answer,
      Outcome outcome) {
    private static Told failed(String error, String message) {
      return new Told(null, null, null, failure(error, message, 400));
    }
  }

  /**
   * Sends what a Task asks for.
   *
   * @param context whose connection it has to be
   */
  public Told tell(Reader reader, String context, String region, JsonNode parameters) {
    String arn =
        parameters
            .at("/InvocationConfig/ConnectionArn")
            .asText(parameters.at("/Authentication/ConnectionArn").asText());
    boolean own =
        ConnectionArn.parse(arn).map(ConnectionArn::account).filter(context::equals).isPresent();
    if (!own) {
      return Told.failed(
          "Events.ConnectionResource.ResourceNotFound", "Connection not found: " + arn);
    }
    Draft draft;
    ConnectedWeb.Sent sent;
    try {
      draft = HttpParameters.draft(parameters, region, TIMEOUT, MOST_BYTES);
      sent = web.send(reader, arn, draft);
    } catch (ServiceError e) {
      return Told.failed(
          switch (e.code()) {
            case "ResourceNotFoundException" -> "Events.ConnectionResource.ResourceNotFound";
            case ConnectedWeb.NOT_AUTHORIZED -> "Events.ConnectionResource.InvalidConnectionState";
            default -> RUNTIME;
          },
          e.getMessage());
    }
    return switch (sent.answer()) {
      case Web.Answer.Received answer ->
          new Told(draft.alone(), sent.ask(), answer, outcome(answer, sent.hidden()));
      case Web.Answer.Missing none ->
          new Told(
              draft.alone(),
              sent.ask(),
              null,
              failure(
                  none.fault() == Web.Fault.UNSENDABLE ? RUNTIME : SOCKET,
                  sent.hidden().in(none.message()),
                  503));
    };
  }

  /** What an answer means; secrets that it repeats don't get into a cause. */
  private static Outcome outcome(Web.Answer.Received answer, Hidden hidden) {
    if (answer.status() / 100 != 2) {
      return failure(
          "States.Http.StatusCode." + answer.status(),
          answer.body().isEmpty() ? StatusText.of(answer.status()) : hidden.in(answer.body()),
          answer.status());
    }
    String type = answer.header("content-type").orElse("");
    if (BINARY.matcher(type).matches() || answer.body().indexOf('\uFFFD') >= 0) {
      return failure(
          RUNTIME, "The response of the type '" + type + "' can't be read as text.", 400);
    }
    ObjectNode output = Json.object();
    ObjectNode headers = output.putObject("Headers");
    answer.headers().forEach(pair -> headers.withArrayProperty(pair.name()).add(pair.value()));
    output.set("ResponseBody", body(type, answer.body()));
    return new Outcome.Succeeded(
        output
            .put("StatusCode", answer.status())
            .put("StatusText", StatusText.of(answer.status())));
  }

  private static JsonNode body(String type, String text) {
    if (type.contains("json")) {
      try {
        return Json.parse(text);
      } catch (MalformedJson _) {
        return Json.text(text);
      }
    }
    return Json.text(text);
  }

  private static Outcome.Failed failure(String error, String message, int status) {
    return new Outcome.Failed("http", error, message, status);
  }
}
