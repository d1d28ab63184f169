package dev.tutti.services.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.events.BusArn;
import dev.tutti.core.events.EventFact;
import dev.tutti.core.events.Events;
import dev.tutti.core.json.Json;
import dev.tutti.services.Exchange;
import dev.tutti.wire.ServiceError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Archives and replays. */
final class ReplayTest {
  private static final String ARNS = Rig.ARNS;
  private static final String BUS = Rig.BUS;
  private static final String ARCHIVE = ARNS + "archive/kept";
  private static final String FUNCTION = "arn:aws:lambda:us-east-1:" + Rig.OWNER + ":function:f";

  private final Queue<JsonNode> invoked = new ConcurrentLinkedQueue<>();
  private final Rig rig = new Rig().with("lambda", "Invoke", this::invoke).open();

  private JsonNode invoke(Exchange exchange) {
    byte[] payload = Base64.getDecoder().decode(exchange.input().get("Payload").asText());
    invoked.add(Json.parse(new String(payload, StandardCharsets.UTF_8)));
    return Json.object().put("StatusCode", 202);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private JsonNode call(String operation, String input) {
    return rig.call(operation, input);
  }

  private void refused(String operation, String input, String code, String text) {
    assertThatThrownBy(() -> call(operation, input))
        .isInstanceOfSatisfying(
            ServiceError.class, error -> assertThat(error.code()).isEqualTo(code))
        .hasMessageContaining(text);
  }

  private void subscribe(String rule) {
    rig.subscribe(rule, Json.object().put("Arn", FUNCTION));
  }

  private static String replay(String name, String source, String rules) {
    double now = System.currentTimeMillis() / 1000.0;
    return "{\"ReplayName\":\"%s\",\"EventSourceArn\":\"%s\",\"EventStartTime\":%s,\"EventEndTime\":%s,\"Destination\":{\"Arn\":\"%s\",\"FilterArns\":[%s]}}"
        .formatted(name, source, now - 3600, now + 1, BUS, rules);
  }

  private String state(String replay) {
    return call("DescribeReplay", "{\"ReplayName\":\"" + replay + "\"}").path("State").asText();
  }

  private void awaitState(String replay, String state) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(state(replay)).isEqualTo(state));
  }

  private Set<String> invokedIds() {
    Set<String> ids = new HashSet<>();
    invoked.forEach(event -> ids.add(event.path("id").asText()));
    return ids;
  }

  @Test
  void goesOnFromItsCursorWhenTheRuntimeIsKilledMidway() {
    call("CreateArchive", "{\"ArchiveName\":\"kept\",\"EventSourceArn\":\"" + BUS + "\"}");
    List<String> ids = rig.put(2_300);
    subscribe("late");

    call("StartReplay", replay("again", ARCHIVE, ""));
    for (int life = 1; life <= 2; life++) {
      int enough = 600 * life;
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> invoked.size() >= enough || state("again").equals("COMPLETED"));
      rig.reopen();
    }

    awaitState("again", "COMPLETED");
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(invokedIds()).containsExactlyInAnyOrderElementsOf(ids));
    assertThat(invoked).allMatch(event -> event.path("replay-name").asText().equals("again"));
    BusArn bus = BusArn.parse(BUS).orElseThrow();
    for (String id : ids) {
      assertThat(rig.engine().facts(Events.key(bus, id), rig.events(), 1, 10))
          .as("facts of " + id)
          .extracting(recorded -> recorded.fact().getClass().getSimpleName())
          .containsExactly(
              EventFact.Accepted.class.getSimpleName(), EventFact.Replayed.class.getSimpleName());
    }
  }

  @Test
  void bringsANewRuleWhatTheBusHadBeforeAndNothingTwice() {
    List<String> before = rig.put(30);
    subscribe("late");
    List<String> after = rig.put(10);
    await().untilAsserted(() -> assertThat(invoked).hasSize(10));

    call("StartReplay", replay("catch-up", BUS, "\"" + ARNS + "rule/late\""));

    await().untilAsserted(() -> assertThat(invoked).hasSize(40));
    awaitState("catch-up", "COMPLETED");
    assertThat(invoked).hasSize(40);
    Set<String> all = new HashSet<>(before);
    all.addAll(after);
    assertThat(invokedIds()).isEqualTo(all);
  }

  @Test
  void leavesOutWhatCameAfterItBeganHoweverOldThatIs() {
    call("CreateArchive", "{\"ArchiveName\":\"kept\",\"EventSourceArn\":\"" + BUS + "\"}");
    List<String> before = rig.put(1);
    subscribe("late");

    call("StartReplay", replay("again", ARCHIVE, ""));
    call(
        "PutEvents",
        "{\"Entries\":[{\"EventBusName\":\"%s\",\"Source\":\"late\",\"DetailType\":\"t\",\"Detail\":\"{}\",\"Time\":%d}]}"
            .formatted(BUS, System.currentTimeMillis() / 1000 - 60));

    awaitState("again", "COMPLETED");
    await().untilAsserted(() -> assertThat(invokedIds()).containsAll(before));
    assertThat(invoked)
        .filteredOn(event -> event.has("replay-name"))
        .extracting(event -> event.path("id").asText())
        .containsExactlyElementsOf(before);
  }

  @Test
  void goesToChosenRulesOnly() {
    call(
        "CreateArchive",
        "{\"ArchiveName\":\"kept\",\"EventSourceArn\":\"%s\",\"EventPattern\":\"{\\\"detail\\\":{\\\"n\\\":[1]}}\"}"
            .formatted(BUS));
    rig.put(3);
    subscribe("one");
    subscribe("other");

    call("StartReplay", replay("chosen", ARCHIVE, "\"" + ARNS + "rule/other\""));

    awaitState("chosen", "COMPLETED");
    await().untilAsserted(() -> assertThat(invoked).hasSize(1));
    JsonNode described = call("DescribeReplay", "{\"ReplayName\":\"chosen\"}");
    assertThat(described.path("Destination").path("FilterArns"))
        .containsExactly(Json.text(ARNS + "rule/other"));
    assertThat(described.path("EventLastReplayedTime").asLong()).isPositive();
    assertThat(call("ListReplays", "{\"State\":\"COMPLETED\"}").path("Replays")).hasSize(1);
    assertThat(call("ListReplays", "{\"State\":\"RUNNING\"}").path("Replays")).isEmpty();
    refused(
        "CancelReplay",
        "{\"ReplayName\":\"chosen\"}",
        "IllegalStatusException",
        "Replay chosen is not in a valid state for this operation.");
  }

  @Test
  void countsWhatAnArchiveShows() {
    call(
        "CreateArchive",
        "{\"ArchiveName\":\"kept\",\"EventSourceArn\":\"%s\",\"RetentionDays\":2}".formatted(BUS));
    rig.put(5);

    JsonNode described = call("DescribeArchive", "{\"ArchiveName\":\"kept\"}");
    assertThat(described.path("EventCount").asInt()).isEqualTo(5);
    assertThat(described.path("SizeBytes").asInt()).isEqualTo(5 * (26 + 4 + 7 + 7));
    assertThat(call("ListArchives", "{}").path("Archives").get(0).path("EventCount").asInt())
        .isEqualTo(5);

    call("DeleteArchive", "{\"ArchiveName\":\"kept\"}");
    call("CreateArchive", "{\"ArchiveName\":\"kept\",\"EventSourceArn\":\"" + BUS + "\"}");
    assertThat(call("DescribeArchive", "{\"ArchiveName\":\"kept\"}").path("EventCount").asInt())
        .as("an archive of the same name is another")
        .isZero();
  }

  @Test
  void refusesWhatAwsRefuses() {
    call("CreateArchive", "{\"ArchiveName\":\"kept\",\"EventSourceArn\":\"" + BUS + "\"}");
    refused(
        "StartReplay",
        replay("r", ARNS + "archive/none", ""),
        "ValidationException",
        "Parameter EventSourceArn is not valid. Reason: Archive none does not exist.");
    refused(
        "StartReplay",
        replay("r", ARCHIVE, "\"" + ARNS + "rule/other-bus/r\""),
        "ValidationException",
        "Destination.FilterArns");
    refused(
        "StartReplay",
        replay("r", ARCHIVE, "").replaceAll("\"EventEndTime\":[0-9.E]+", "\"EventEndTime\":1"),
        "ValidationException",
        "Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.");
    refused(
        "ListArchives",
        "{\"NamePrefix\":\"a\",\"State\":\"ENABLED\"}",
        "ValidationException",
        "At most one filter is allowed for ListArchives.");
  }
}
