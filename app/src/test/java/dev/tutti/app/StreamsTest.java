package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams and CloudEvents, as somebody with an HTTP client uses them. */
final class StreamsTest {
  private static final String OWNER = "111122223333";
  private static final Map<String, String> STRUCTURED =
      Map.of("Content-Type", "application/cloudevents+json");

  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  private static Path data;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static Assembly runtime;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static PlainClient owner;

  @BeforeAll
  static void start() {
    runtime = Assembly.open(RuntimeSettings.of(data, 0));
    owner = new PlainClient(runtime.port(), OWNER);
  }

  @AfterAll
  static void stop() {
    owner.close();
    runtime.close();
  }

  private static String bus(String name) {
    owner.events("CreateEventBus", Json.object().put("Name", name).toString());
    return "/streams/" + OWNER + "/" + name;
  }

  private static void put(String bus, int from, int count) {
    for (int i = from; i < from + count; i++) {
      owner.events(
          "PutEvents",
          """
          {"Entries":[{"EventBusName":"%s","Source":"shop","DetailType":"%s","Detail":"{\\"n\\":%d}"}]}\
          """
              .formatted(bus, i % 2 == 0 ? "Even" : "Odd", i));
    }
  }

  private static List<Integer> numbers(List<PlainClient.Sent> events) {
    return events.stream().map(event -> event.data().path("data").path("n").intValue()).toList();
  }

  private static List<Integer> range(int from, int to) {
    List<Integer> range = new ArrayList<>();
    for (int i = from; i < to; i++) {
      range.add(i);
    }
    return range;
  }

  @Test
  void resumesWhereItBrokeOffWithoutAGap() {
    String path = bus("resumed");
    put("resumed", 0, 30);

    List<PlainClient.Sent> all = owner.read(path + "?from=beginning", "", 30);
    assertThat(numbers(all)).isEqualTo(range(0, 30));
    List<Integer> pieces = new ArrayList<>();
    String last = "";
    for (int i = 0; i < 6; i++) {
      List<PlainClient.Sent> piece = owner.read(path + "?from=beginning", last, 5);
      pieces.addAll(numbers(piece));
      last = piece.getLast().id();
    }
    assertThat(pieces).isEqualTo(range(0, 30));
  }

  @Test
  void everyoneSeesTheSameOrderWhileManyPut() throws Exception {
    String path = bus("busy");
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    CompletableFuture<List<PlainClient.Sent>> live =
        CompletableFuture.supplyAsync(() -> owner.read(path + "?from=beginning", "", 200));
    for (int writer = 0; writer < 8; writer++) {
      int from = writer * 25;
      writers.add(CompletableFuture.runAsync(() -> put("busy", from, 25)));
    }
    for (CompletableFuture<Void> writer : writers) {
      writer.get(60, TimeUnit.SECONDS);
    }
    List<PlainClient.Sent> seen = live.get(60, TimeUnit.SECONDS);

    assertThat(numbers(seen)).containsExactlyInAnyOrderElementsOf(range(0, 200));
    assertThat(owner.read(path + "?from=beginning", "", 200)).isEqualTo(seen);
  }

  @Test
  void showsWhatAPatternAsksFor() {
    String path = bus("filtered");
    put("filtered", 0, 10);
    String pattern = PlainClient.query("{\"detail-type\":[\"Odd\"]}");

    assertThat(numbers(owner.read(path + "?from=beginning&limit=5&pattern=" + pattern, "", 9)))
        .containsExactly(1, 3, 5, 7, 9);
    assertThat(owner.open(path + "?pattern=%7B", "").statusCode()).isEqualTo(400);
  }

  @Test
  void aPrivateBusIsNobodyElsesAndAnExposedOneIs() {
    String path = bus("border");
    put("border", 0, 1);
    try (PlainClient other = new PlainClient(runtime.port(), "444455556666")) {
      assertThat(other.open(path, "").statusCode()).isEqualTo(403);
      assertThat(other.post(path, STRUCTURED, event("1")).statusCode()).isEqualTo(403);
      String bus = "arn:aws:events:us-east-1:" + OWNER + ":event-bus/border";
      String policy =
          """
          {"Version":"2012-10-17","Statement":[{"Sid":"s","Effect":"Allow",
          "Principal":{"AWS":"444455556666"},"Action":["events:PutRule"],
          "Resource":["%s","arn:aws:events:us-east-1:%s:rule/border/*"]}]}\
          """
              .formatted(bus, OWNER);
      owner.events(
          "PutPermission",
          Json.object().put("EventBusName", "border").put("Policy", policy).toString());
      assertThat(numbers(other.read(path + "?from=beginning&limit=1", "", 1))).containsExactly(0);
    }
    assertThat(owner.open("/streams/" + OWNER + "/absent", "").statusCode()).isEqualTo(404);
  }

  private static String event(String id) {
    return """
    {"specversion":"1.0","id":"%s","source":"/shop","type":"Ordered","subject":"42",
    "traceparent":"00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01",
    "tracestate":"a=b","correlationid":"c","data":{"n":1}}\
    """
        .formatted(id);
  }

  @Test
  void takesStructuredBinaryAndBatchedEventsOnce() {
    String path = bus("cloud");

    String first = owner.post(path, STRUCTURED, event("1")).body();
    assertThat(owner.post(path, STRUCTURED, event("1")).body()).isEqualTo(first);
    assertThat(
            owner
                .post(
                    path,
                    Map.of(
                        "Content-Type", "application/json",
                        "ce-specversion", "1.0",
                        "ce-id", "2",
                        "ce-source", "/caf%C3%A9",
                        "ce-type", "Ordered"),
                    "{\"n\":2}")
                .statusCode())
        .isEqualTo(200);
    var batch =
        owner.post(
            path,
            Map.of("Content-Type", "application/cloudevents-batch+json"),
            "[" + event("3") + "," + event("1") + ",{}]");
    assertThat(batch.statusCode()).isEqualTo(207);
    assertThat(Json.parse(batch.body()).path("FailedEntryCount").intValue()).isEqualTo(1);

    List<PlainClient.Sent> seen = owner.read(path + "?from=beginning&limit=3", "", 3);
    assertThat(seen)
        .extracting(sent -> sent.data().path("id").asText())
        .containsExactly("1", "2", "3");
    JsonNode told = seen.getFirst().data();
    assertThat(told.path("subject").asText()).isEqualTo("42");
    assertThat(told.path("tracestate").asText()).isEqualTo("a=b");
    assertThat(told.path("correlationid").asText()).isEqualTo("c");
    assertThat(told.path("causationid").asText()).isEqualTo("53995c3f42cd8ad8");
    assertThat(told.path("traceparent").asText())
        .startsWith("00-5759e988bd862e3fe1be46a994272793-");
    assertThat(seen.get(1).data().path("source").asText()).isEqualTo("/café");
  }

  @Test
  void refusesWhatIsNoCloudEvent() {
    String path = bus("strict");

    assertThat(owner.post(path, STRUCTURED, "{}").statusCode()).isEqualTo(400);
    assertThat(owner.post(path, STRUCTURED, "{").statusCode()).isEqualTo(400);
    assertThat(owner.post(path, Map.of("Content-Type", "text/plain"), "x").statusCode())
        .isEqualTo(415);
    assertThat(owner.open(path + "?from=yesterday", "").statusCode()).isEqualTo(400);
  }
}
