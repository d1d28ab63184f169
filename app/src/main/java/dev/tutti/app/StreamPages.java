package dev.tutti.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.events.BusArn;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.services.streams.CloudEvents;
import dev.tutti.services.streams.Cursor;
import dev.tutti.services.streams.Streams;
import dev.tutti.wire.Call;
import dev.tutti.wire.Door;
import dev.tutti.wire.ServiceError;
import dev.tutti.wire.TraceHeader;
import dev.tutti.wire.auth.Accounts;
import dev.tutti.wire.http.Route;
import dev.tutti.wire.message.Request;
import dev.tutti.wire.message.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A bus as a stream.
 *
 * <pre>
 * GET  /streams/CONTEXT/BUS?from&amp;pattern&amp;limit   server-sent events, each a CloudEvent
 * POST /streams/CONTEXT/BUS                        a CloudEvent (structured, binary) or a batch
 * </pre>
 *
 * <p>Who asks is said by the access key, see {@link Caller}. docs/streams.md has it all.
 */
final class StreamPages {
  private static final String PATH = "/streams/";
  private static final int MAX_BATCH = 100;

  private final Door door;
  private final Streams streams;
  private final Accounts accounts;
  private final String region;

  StreamPages(Door door, Streams streams, Accounts accounts, String region) {
    this.door = door;
    this.streams = streams;
    this.accounts = accounts;
    this.region = region;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", PATH, request -> guarded(() -> read(request))),
        new Route("POST", PATH, request -> guarded(() -> publish(request))));
  }

  private interface Page {
    Response answer();
  }

  private static Response guarded(Page page) {
    try {
      return page.answer();
    } catch (ServiceError e) {
      return message(e.status(), e.code(), e.getMessage());
    } catch (MalformedJson e) {
      return message(400, "ValidationException", "The content is not JSON: " + e.getMessage());
    }
  }

  private static Response message(int status, String code, @Nullable String message) {
    return json(status, Json.object().put("code", code).put("message", message));
  }

  private static Response json(int status, JsonNode body) {
    return Response.text(status, "application/json", Json.write(body));
  }

  /** Context and bus by the path {@code /streams/CONTEXT/BUS}; a bus's name may have slashes. */
  private BusArn bus(Request request) {
    String rest = request.path().substring(PATH.length());
    int slash = rest.indexOf('/');
    if (slash != 12 || rest.length() == slash + 1) {
      throw new ServiceError(
          "ValidationException", "The path is /streams/CONTEXT/BUS, CONTEXT of twelve digits.");
    }
    String name = URLDecoder.decode(rest.substring(slash + 1), StandardCharsets.UTF_8);
    String asked = request.parameters().first("region");
    return new BusArn(asked == null ? region : asked, rest.substring(0, slash), name);
  }

  private Response read(Request request) {
    BusArn bus = bus(request);
    String pattern = text(request, "pattern", "");
    var _ =
        call(
            request,
            bus,
            "Subscribe",
            Json.object().put("Bus", bus.text()).put("Pattern", pattern),
            null);
    String last = request.header("Last-Event-ID");
    String from = last == null || last.isEmpty() ? request.parameters().first("from") : last;
    Cursor cursor = Cursor.of(from, streams.nowMillis());
    streams.check(bus, cursor);
    Streams.Listening listening = new Streams.Listening(bus, cursor, pattern, limit(request));
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "text/event-stream");
    headers.put("Cache-Control", "no-store");
    return Response.streamed(200, headers, out -> write(listening, out));
  }

  private static long limit(Request request) {
    String text = text(request, "limit", String.valueOf(Long.MAX_VALUE));
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new ServiceError("ValidationException", "limit is a number; not " + text);
    }
  }

  private static String text(Request request, String name, String otherwise) {
    String value = request.parameters().first(name);
    return value == null ? otherwise : value;
  }

  private void write(Streams.Listening listening, OutputStream out) throws IOException {
    try {
      send(out, ": open\nid: " + listening.from() + "\n\n");
      streams.run(listening, new ServerSentEvents(out));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("broken off", e);
    }
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private record ServerSentEvents(OutputStream out) implements Streams.Listener {
    @Override
    public void event(Cursor cursor, ObjectNode cloudEvent) throws IOException {
      send(out, "id: " + cursor + "\ndata: " + Json.write(cloudEvent) + "\n\n");
    }

    @Override
    public void heartbeat(Cursor cursor) throws IOException {
      send(out, ": heartbeat\nid: " + cursor + "\n\n");
    }
  }

  private Response publish(Request request) {
    BusArn bus = bus(request);
    CloudEventContent content = CloudEventContent.of(request);
    if (!content.batch()) {
      return json(200, publish(request, bus, content.events().getFirst()));
    }
    if (content.events().size() > MAX_BATCH) {
      throw new ServiceError(
          "ValidationException", "A batch has at most " + MAX_BATCH + " events.", 413);
    }
    ObjectNode answer = Json.object();
    ArrayNode entries = answer.putArray("Entries");
    int failed = 0;
    for (JsonNode event : content.events()) {
      try {
        entries.add(publish(request, bus, event));
      } catch (ServiceError e) {
        failed++;
        entries.addObject().put("ErrorCode", e.code()).put("ErrorMessage", e.getMessage());
      }
    }
    return json(failed == 0 ? 200 : 207, answer.put("FailedEntryCount", failed));
  }

  private JsonNode publish(Request request, BusArn bus, JsonNode event) {
    ObjectNode input = Json.object().put("Bus", bus.text());
    input.set("CloudEvent", event);
    return call(request, bus, "Publish", input, CloudEvents.trace(event).orElse(null));
  }

  private JsonNode call(
      Request request, BusArn bus, String operation, JsonNode input, @Nullable TraceHeader trace) {
    return door.call(
        new Call(
            Caller.of(request, accounts),
            bus.region(),
            "streams",
            operation,
            input,
            UUID.randomUUID().toString(),
            trace));
  }
}
