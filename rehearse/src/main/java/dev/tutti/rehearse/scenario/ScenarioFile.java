package dev.tutti.rehearse.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.rehearse.mock.BadFile;
import dev.tutti.rehearse.mock.Responses;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Reads scenario files (docs/rehearse.md): a list under {@code scenarios}. */
public final class ScenarioFile {
  private ScenarioFile() {}

  /**
   * Reads a file.
   *
   * @param label how the file is called in complaints
   * @throws BadFile where it isn't right
   */
  public static List<Scenario> read(String label, JsonNode root) {
    only(label, root, Set.of("scenarios"));
    return list(label + "#/scenarios", required(label, root, "scenarios"), ScenarioFile::scenario);
  }

  private static Scenario scenario(String place, JsonNode written) {
    only(
        place,
        written,
        Set.of("name", "mocks", "testCases", "functions", "for", "given", "expect"));
    Map<String, Responses> functions = new LinkedHashMap<>();
    written
        .path("functions")
        .properties()
        .forEach(entry ->
            functions.put(
                owned(place + "/functions", entry.getKey()),
                Responses.read(place + "/functions/" + entry.getKey(), entry.getValue())));
    Map<String, String> testCases = new LinkedHashMap<>();
    written
        .path("testCases")
        .properties()
        .forEach(entry ->
            testCases.put(owned(place + "/testCases", entry.getKey()), entry.getValue().asText()));
    return new Scenario(
        text(place, written, "name"),
        place,
        optional(written, "mocks"),
        testCases,
        functions,
        written.has("for") ? duration(place, text(place, written, "for")) : null,
        list(place + "/given", required(place, written, "given"), ScenarioFile::given),
        expected(place + "/expect", required(place, written, "expect")));
  }

  private static Duration duration(String place, String text) {
    try {
      Duration duration = Duration.parse(text);
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (DateTimeException _) {
      // as bad as one that is negative
    }
    throw new BadFile(place + "/for", text + " is no duration like PT36H or P30D");
  }

  private static Scenario.Given given(String place, JsonNode written) {
    only(place, written, Set.of("after", "event", "start", "call"));
    long after = Math.round(written.path("after").asDouble(0) * 1000);
    if (written.has("event")) {
      JsonNode event = written.get("event");
      only(place + "/event", event, Set.of("bus", "source", "detailType", "detail"));
      return new Scenario.Given.Put(
          after,
          owned(place, text(place + "/event", event, "bus")),
          text(place + "/event", event, "source"),
          text(place + "/event", event, "detailType"),
          event.has("detail") ? event.get("detail") : Json.object());
    }
    if (written.has("start")) {
      JsonNode start = written.get("start");
      only(place + "/start", start, Set.of("machine", "name", "input"));
      return new Scenario.Given.Start(
          after,
          owned(place, text(place + "/start", start, "machine")),
          optional(start, "name"),
          start.has("input") ? start.get("input") : Json.object());
    }
    if (written.has("call")) {
      JsonNode call = written.get("call");
      only(place + "/call", call, Set.of("context", "service", "operation", "input"));
      return new Scenario.Given.Call(
          after,
          text(place + "/call", call, "context"),
          text(place + "/call", call, "service"),
          text(place + "/call", call, "operation"),
          call.has("input") ? call.get("input") : Json.object());
    }
    throw new BadFile(place, "something given is an event, a start or a call");
  }

  private static Scenario.Expected expected(String place, JsonNode written) {
    only(place, written, Set.of("executions", "events", "deliveries", "posts"));
    return new Scenario.Expected(
        some(place, written, "executions", ScenarioFile::run),
        some(place, written, "events", ScenarioFile::told),
        some(place, written, "deliveries", ScenarioFile::sent),
        some(place, written, "posts", ScenarioFile::posted));
  }

  private static Scenario.Run run(String place, JsonNode written) {
    only(place, written, Set.of("machine", "status", "input", "output", "error", "cause", "path"));
    List<String> path = null;
    if (written.has("path")) {
      path = list(place + "/path", written.get("path"), (at, state) -> state.asText());
    }
    return new Scenario.Run(
        place,
        owned(place, text(place, written, "machine")),
        optional(written, "status"),
        written.get("input"),
        written.get("output"),
        optional(written, "error"),
        optional(written, "cause"),
        path);
  }

  private static Scenario.Told told(String place, JsonNode written) {
    only(place, written, Set.of("bus", "source", "detailType", "detail"));
    ObjectNode event = Json.object();
    written
        .properties()
        .forEach(entry -> {
          if (entry.getKey().equals("detailType")) {
            event.set("detail-type", entry.getValue());
          } else if (!entry.getKey().equals("bus")) {
            event.set(entry.getKey(), entry.getValue());
          }
        });
    return new Scenario.Told(place, owned(place, text(place, written, "bus")), event);
  }

  private static Scenario.Sent sent(String place, JsonNode written) {
    only(place, written, Set.of("rule", "target", "status"));
    String rule = optional(written, "rule");
    String status = text(place, written, "status");
    if (!Set.of("delivered", "parked", "waiting").contains(status)) {
      throw new BadFile(place + "/status", "a delivery is delivered, parked or waiting");
    }
    return new Scenario.Sent(
        place, rule == null ? null : owned(place, rule), optional(written, "target"), status);
  }

  private static Scenario.Posted posted(String place, JsonNode written) {
    only(place, written, Set.of("url", "body"));
    return new Scenario.Posted(place, text(place, written, "url"), written.get("body"));
  }

  private static <T> @Nullable List<T> some(
      String place, JsonNode written, String name, BiFunction<String, JsonNode, T> each) {
    return written.has(name) ? list(place + "/" + name, written.get(name), each) : null;
  }

  private static <T> List<T> list(
      String place, JsonNode written, BiFunction<String, JsonNode, T> each) {
    if (!written.isArray()) {
      throw new BadFile(place, "this is a list");
    }
    List<T> items = new ArrayList<>();
    for (JsonNode item : written) {
      items.add(each.apply(place + "/" + items.size(), item));
    }
    return items;
  }

  private static String owned(String place, String name) {
    if (!name.matches("[^/]+/.+")) {
      throw new BadFile(place, name + " is not like CONTEXT/NAME");
    }
    return name;
  }

  private static JsonNode required(String place, JsonNode written, String name) {
    if (!written.has(name)) {
      throw new BadFile(place, name + " is missing");
    }
    return written.get(name);
  }

  private static String text(String place, JsonNode written, String name) {
    JsonNode value = required(place, written, name);
    if (!value.isValueNode() || value.isNull()) {
      throw new BadFile(place + "/" + name, "this is a text");
    }
    return value.asText();
  }

  private static @Nullable String optional(JsonNode written, String name) {
    return written.hasNonNull(name) ? written.get(name).asText() : null;
  }

  private static void only(String place, JsonNode written, Set<String> names) {
    if (!written.isObject()) {
      throw new BadFile(place, "this is an object with " + String.join(", ", names));
    }
    written
        .fieldNames()
        .forEachRemaining(name -> {
          if (!names.contains(name)) {
            throw new BadFile(
                place, "there is no " + name + " here; there are " + String.join(", ", names));
          }
        });
  }
}
