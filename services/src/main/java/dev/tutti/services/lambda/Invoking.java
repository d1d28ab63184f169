package dev.tutti.services.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.functions.Destinations;
import dev.tutti.core.functions.EventInvoke;
import dev.tutti.core.functions.Function;
import dev.tutti.core.functions.FunctionCatalogue;
import dev.tutti.core.functions.InvocationCommand;
import dev.tutti.core.functions.Invocations;
import dev.tutti.core.functions.Release;
import dev.tutti.core.functions.Statements;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.logs.GroupCatalogue;
import dev.tutti.core.logs.GroupCommand;
import dev.tutti.core.logs.Groups;
import dev.tutti.runner.Invocation;
import dev.tutti.runner.Invoker;
import dev.tutti.runner.Outcome;
import dev.tutti.runner.Report;
import dev.tutti.runner.code.CodeStore;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.wire.ServiceError;
import dev.tutti.wire.TraceHeader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Invoke. A synchronous invocation runs at once and leaves no fact; an asynchronous one is queued,
 * durably, and each of its attempts comes back here as a synchronous one.
 *
 * <p>The request id is the call's, which stays the same where a call is owed and repeated; a queued
 * invocation's attempts bring their own ({@link Invocations#REQUEST_ID}). The function is handed
 * the call's trace, so that what it asks for in turn belongs to it.
 */
final class Invoking implements Operation {
  private static final Logger LOG = LoggerFactory.getLogger(Invoking.class);
  private static final int MAX_SYNCHRONOUS_BYTES = 6 * 1024 * 1024;
  private static final int MAX_ASYNCHRONOUS_BYTES = 1024 * 1024;
  private static final int MAX_RETRIES = 2;
  private static final int MAX_AGE_SECONDS = 6 * 60 * 60;

  private final FunctionCatalogue catalogue;
  private final GroupCatalogue groups;
  private final Invoker runner;
  private final CodeStore store;
  private final LongSupplier clock;
  private final Map<String, AtomicInteger> running = new ConcurrentHashMap<>();

  Invoking(
      FunctionCatalogue catalogue,
      GroupCatalogue groups,
      Invoker runner,
      CodeStore store,
      LongSupplier clock) {
    this.catalogue = catalogue;
    this.groups = groups;
    this.runner = runner;
    this.store = store;
    this.clock = clock;
  }

  @Override
  public JsonNode perform(Exchange exchange) {
    Named named = Named.any(exchange, catalogue);
    Function function = permitted(exchange, named);
    String requestId = requestId(exchange);
    double chance = Long.parseLong(Ids.hex(requestId, 8), 16) / (double) (1L << 32);
    Release release = function.routed(named.qualifier(), chance);
    if (release == null) {
      throw Errors.functionNotFound(named.arn().text());
    }
    String type = exchange.input().path("InvocationType").asText("RequestResponse");
    byte[] payload = payload(exchange.input(), type);
    return switch (type) {
      case "DryRun" -> Json.object().put("StatusCode", 204).put("Payload", "");
      case "Event" -> queue(exchange, named, function, requestId, payload);
      default -> run(exchange, named, function, release, requestId, payload);
    };
  }

  private static Function permitted(Exchange exchange, Named named) {
    String caller = exchange.context();
    Function function = named.function();
    boolean own = named.arn().context().equals(caller);
    if (!own && (function == null || !Statements.letInvoke(function, named.qualifier(), caller))) {
      throw Errors.denied(caller, "InvokeFunction", named.arn().text());
    }
    if (function == null) {
      throw Errors.functionNotFound(
          named.qualifier().isEmpty() ? named.arn().text() + ":$LATEST" : named.arn().text());
    }
    return function;
  }

  private static String requestId(Exchange exchange) {
    JsonNode queued = exchange.input().path(Invocations.REQUEST_ID);
    return queued.isTextual() ? queued.asText() : exchange.call().id();
  }

  private static byte[] payload(JsonNode input, String type) {
    byte[] given = Base64.getDecoder().decode(input.path("Payload").asText());
    int limit = type.equals("Event") ? MAX_ASYNCHRONOUS_BYTES : MAX_SYNCHRONOUS_BYTES;
    if (given.length > limit) {
      throw new ServiceError(
          "RequestTooLargeException",
          given.length
              + " byte payload is too large for the "
              + type
              + " invocation type (limit "
              + limit
              + " bytes)",
          413);
    }
    if (given.length == 0) {
      return "{}".getBytes(StandardCharsets.UTF_8);
    }
    try {
      Json.parse(given);
      return given;
    } catch (MalformedJson e) {
      throw new ServiceError(
          "InvalidRequestContentException",
          "Could not parse request body into json: Could not parse payload into json: "
              + e.getMessage());
    }
  }

  private JsonNode queue(
      Exchange exchange, Named named, Function function, String requestId, byte[] payload) {
    EventInvoke settings = function.attached().eventInvokes().get(named.part());
    Integer retries = settings == null ? null : settings.retries();
    Integer maxAge = settings == null ? null : settings.maxAgeSeconds();
    exchange.ask(
        new Key(Invocations.KIND, requestId),
        new InvocationCommand.Queue(
            function.context(),
            function.region(),
            function.arn(),
            named.arn().qualifier(),
            Base64.getEncoder().encodeToString(payload),
            Settings.text(exchange.input(), "ClientContext"),
            retries == null ? MAX_RETRIES : retries,
            maxAge == null ? MAX_AGE_SECONDS : maxAge,
            destinations(function, named, settings)));
    return Json.object().put("StatusCode", 202).put("Payload", "");
  }

  private static @Nullable Destinations destinations(
      Function function, Named named, @Nullable EventInvoke settings) {
    Release release = function.release(named.qualifier());
    Destinations destinations =
        new Destinations(
            settings == null ? null : settings.onSuccess(),
            settings == null ? null : settings.onFailure(),
            release == null ? null : release.configuration().deadLetters());
    return destinations.equals(Destinations.NONE) ? null : destinations;
  }

  private JsonNode run(
      Exchange exchange,
      Named named,
      Function function,
      Release release,
      String requestId,
      byte[] payload) {
    Integer reserved = function.attached().reserved();
    if (reserved == null) {
      return invoke(exchange, named, function, release, requestId, payload);
    }
    if (reserved == 0 && exchange.input().has(Invocations.REQUEST_ID)) {
      throw new ServiceError(Invocations.NO_CONCURRENCY, "Rate Exceeded.", 429);
    }
    AtomicInteger busy = running.computeIfAbsent(function.arn(), arn -> new AtomicInteger());
    try {
      if (busy.incrementAndGet() > reserved) {
        throw throttled("Rate Exceeded.", "ReservedFunctionConcurrentInvocationLimitExceeded");
      }
      return invoke(exchange, named, function, release, requestId, payload);
    } finally {
      busy.decrementAndGet();
    }
  }

  private JsonNode invoke(
      Exchange exchange,
      Named named,
      Function function,
      Release release,
      String requestId,
      byte[] payload) {
    ensureLogGroup(exchange, function, release);
    try {
      Outcome outcome =
          runner.invoke(
              program(function, release, named),
              new Invocation(
                  requestId,
                  payload,
                  trace(exchange, requestId),
                  clientContext(exchange.input()),
                  null,
                  wantsLog(exchange)));
      return switch (outcome) {
        case Outcome.Success success ->
            answer(exchange, release, success.payload(), success.report());
        case Outcome.FunctionError error ->
            answer(exchange, release, error.payload(), error.report())
                .put("FunctionError", "Unhandled");
        case Outcome.RuntimeMissing missing ->
            throw new ServiceError("InvalidRuntimeException", missing.message(), 502);
        case Outcome.Throttled busy ->
            throw throttled(busy.message(), "ConcurrentInvocationLimitExceeded");
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Errors.fault("The invocation was broken off.");
    } catch (IOException e) {
      LOG.error("{} could not be run", function.arn(), e);
      throw Errors.fault("The function could not be run: " + e.getMessage());
    }
  }

  /** A function's log group is created when it is first invoked, as at AWS. */
  private void ensureLogGroup(Exchange exchange, Function function, Release release) {
    String arn =
        "arn:aws:logs:%s:%s:log-group:%s"
            .formatted(
                function.region(), function.context(), release.configuration().logging().group());
    if (!groups.group(arn).exists()) {
      exchange.ask(new Key(Groups.KIND, arn), new GroupCommand.Ensure());
    }
  }

  private static ServiceError throttled(String message, String reason) {
    return new ServiceError(
        "TooManyRequestsException", message, 429, Json.object().put("Reason", reason));
  }

  private static ObjectNode answer(
      Exchange exchange, Release release, byte[] payload, Report report) {
    ObjectNode answer = Json.object();
    answer.put("StatusCode", 200).put("ExecutedVersion", release.version());
    answer.put("Payload", Base64.getEncoder().encodeToString(payload));
    if (wantsLog(exchange)) {
      answer.put("LogResult", Base64.getEncoder().encodeToString(report.logTail()));
    }
    return answer;
  }

  private static boolean wantsLog(Exchange exchange) {
    return exchange.input().path("LogType").asText().equals("Tail");
  }

  /**
   * What the runner is to run. A process belongs to the ARN as it was named; where an alias goes to
   * two versions, to the version, so that one doesn't end the other's.
   */
  private dev.tutti.runner.Function program(Function function, Release release, Named named)
      throws IOException {
    var alias = function.published().aliases().get(named.qualifier());
    boolean divided = alias != null && !alias.weights().isEmpty();
    var of = release.configuration();
    return new dev.tutti.runner.Function(
        divided ? function.arn() + ':' + release.version() : named.arn().text(),
        Ids.hex(release.code().sha256() + of, 16),
        release.version(),
        of.runtime(),
        of.handler(),
        store.unpacked(release.code().sha256()),
        of.timeoutSeconds(),
        of.memoryMegabytes(),
        Environments.of(of),
        of.logging().group());
  }

  private String trace(Exchange exchange, String requestId) {
    TraceHeader trace = exchange.call().trace();
    if (trace != null) {
      return trace.text();
    }
    String root =
        "1-%08x-%s".formatted(clock.getAsLong() / 1000, Ids.hex("trace/" + requestId, 24));
    return new TraceHeader(root, "").text();
  }

  private static @Nullable String clientContext(JsonNode input) {
    String given = Settings.text(input, "ClientContext");
    if (given == null) {
      return null;
    }
    try {
      return new String(Base64.getDecoder().decode(given), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ServiceError(
          "InvalidRequestContentException",
          "Client context must be a valid Base64-encoded JSON object.");
    }
  }
}
