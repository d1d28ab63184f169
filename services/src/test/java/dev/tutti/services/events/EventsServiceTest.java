package dev.tutti.services.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.delivery.Deliveries;
import dev.tutti.core.delivery.MessageGroups;
import dev.tutti.core.events.Archives;
import dev.tutti.core.events.BusCatalogue;
import dev.tutti.core.events.Buses;
import dev.tutti.core.events.Events;
import dev.tutti.core.events.Replays;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.host.Engine;
import dev.tutti.host.MemoryStore;
import dev.tutti.services.Operation;
import dev.tutti.services.Operations;
import dev.tutti.services.Service;
import dev.tutti.wire.Call;
import dev.tutti.wire.ServiceError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EventsServiceTest {
  private static final String OWNER = "111111111111";
  private static final String GUEST = "222222222222";
  private static final String PATTERN = "{\"source\":[\"shop\"]}";

  private final BusCatalogue catalogue = new BusCatalogue();
  private final Buses buses = new Buses();
  private final Archives archives = new Archives();
  private final Replays replays = new Replays();
  private final Queue<String> invoked = new ConcurrentLinkedQueue<>();
  private final AtomicInteger calls = new AtomicInteger();
  private Engine engine;
  private Operations door;

  /** A stand-in for the functions' service: keeps what it is invoked with. */
  private final class Functions implements Service {
    @Override
    public String name() {
      return "lambda";
    }

    @Override
    public Map<String, Operation> operations() {
      return Map.of(
          "Invoke",
          exchange -> {
            byte[] payload = Base64.getDecoder().decode(exchange.input().get("Payload").asText());
            invoked.add(exchange.context() + ' ' + new String(payload, StandardCharsets.UTF_8));
            return Json.object().put("StatusCode", 202);
          });
    }
  }

  @BeforeEach
  void open() {
    engine =
        Engine.on(new MemoryStore())
            .decider(buses)
            .follow(buses, catalogue::on)
            .decider(new Events(catalogue))
            .decider(archives)
            .follow(archives, catalogue::onArchive)
            .decider(replays)
            .decider(new Deliveries())
            .decider(new MessageGroups())
            .clock(() -> 1_767_225_600_000L)
            .seed(1)
            .build();
    door =
        new Operations(
            engine,
            List.of(
                new EventsService(buses, archives, replays, () -> 1_767_225_600_000L),
                new Functions()),
            post -> new Outcome.Failed("http", "Unreachable", post.url(), 0),
            () -> 1_767_225_600_000L);
    engine.start(door);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private JsonNode call(String context, String operation, String input) {
    String id = "call-" + calls.incrementAndGet();
    return door.call(
        new Call(context, "us-east-1", "events", operation, Json.parse(input), id, null));
  }

  private JsonNode call(String operation, String input) {
    return call(OWNER, operation, input);
  }

  private void refused(String context, String operation, String input, String code, String text) {
    assertThatThrownBy(() -> call(context, operation, input))
        .isInstanceOfSatisfying(
            ServiceError.class, error -> assertThat(error.code()).isEqualTo(code))
        .hasMessageContaining(text);
  }

  private static String member(String name, String value) {
    ObjectNode object = Json.object().put(name, value);
    String text = Json.write(object);
    return text.substring(1, text.length() - 1);
  }

  private static String entry(String bus, String source, String detail) {
    return "{%s,\"DetailType\":\"Ordered\",%s,%s}"
        .formatted(member("EventBusName", bus), member("Source", source), member("Detail", detail));
  }

  private JsonNode send(String context, String... entries) {
    return call(context, "PutEvents", "{\"Entries\":[" + String.join(",", entries) + "]}");
  }

  private void subscribe(String context, String bus, String rule, String target) {
    call(
        context,
        "PutRule",
        "{\"Name\":\"%s\",\"EventBusName\":\"%s\",%s}"
            .formatted(rule, bus, member("EventPattern", PATTERN)));
    JsonNode put =
        call(
            context,
            "PutTargets",
            "{\"Rule\":\"%s\",\"EventBusName\":\"%s\",\"Targets\":[{\"Id\":\"t\",\"Arn\":\"%s\"}]}"
                .formatted(rule, bus, target));
    assertThat(put.path("FailedEntryCount").asInt()).isZero();
  }

  private static String function(String account) {
    return "arn:aws:lambda:us-east-1:" + account + ":function:f";
  }

  private void awaitInvocations(int count) {
    await().untilAsserted(() -> assertThat(invoked).hasSize(count));
  }

  @Test
  void createsDescribesListsAndDeletesBuses() {
    assertThat(call("CreateEventBus", "{\"Name\":\"a\",\"Description\":\"d\"}"))
        .isEqualTo(
            Json.parse(
                "{\"EventBusArn\":\"arn:aws:events:us-east-1:111111111111:event-bus/a\",\"Description\":\"d\"}"));
    call("CreateEventBus", "{\"Name\":\"b\"}");

    JsonNode described = call("DescribeEventBus", "{\"Name\":\"a\"}");
    assertThat(described.path("Description").asText()).isEqualTo("d");
    assertThat(described.path("CreationTime").asLong()).isEqualTo(1_767_225_600L);
    assertThat(call("DescribeEventBus", "{}").path("Name").asText()).isEqualTo("default");

    JsonNode first = call("ListEventBuses", "{\"Limit\":2}");
    assertThat(first.path("EventBuses").findValuesAsText("Name")).containsExactly("a", "b");
    JsonNode second =
        call(
            "ListEventBuses",
            "{\"Limit\":2,%s}".formatted(member("NextToken", first.path("NextToken").asText())));
    assertThat(second.path("EventBuses").findValuesAsText("Name")).containsExactly("default");
    assertThat(second.has("NextToken")).isFalse();

    call("DeleteEventBus", "{\"Name\":\"a\"}");
    refused(
        OWNER,
        "DescribeEventBus",
        "{\"Name\":\"a\"}",
        "ResourceNotFoundException",
        "Event bus a does not exist.");
  }

  @Test
  void keepsRulesAndTargetsAsTheyWerePut() {
    String target =
        "{\"Id\":\"t\",\"Arn\":\"%s\",\"InputTransformer\":{\"InputPathsMap\":{\"n\":\"$.detail.n\"},\"InputTemplate\":\"{\\\"n\\\":<n>}\"},\"RetryPolicy\":{\"MaximumRetryAttempts\":1}}"
            .formatted(function(OWNER));
    call(
        "PutRule",
        "{\"Name\":\"r\",%s,\"Tags\":[{\"Key\":\"k\",\"Value\":\"v\"}]}"
            .formatted(member("EventPattern", PATTERN)));
    call("PutTargets", "{\"Rule\":\"r\",\"Targets\":[" + target + "]}");

    assertThat(call("DescribeRule", "{\"Name\":\"r\"}"))
        .isEqualTo(
            Json.parse(
                "{\"Name\":\"r\",\"Arn\":\"arn:aws:events:us-east-1:111111111111:rule/r\",%s,\"State\":\"ENABLED\",\"EventBusName\":\"default\",\"CreatedBy\":\"111111111111\"}"
                    .formatted(member("EventPattern", PATTERN))));
    assertThat(call("ListRules", "{\"NamePrefix\":\"r\"}").path("Rules")).hasSize(1);
    assertThat(call("ListTargetsByRule", "{\"Rule\":\"r\"}").path("Targets"))
        .containsExactly(Json.parse(target));
    assertThat(
            call("ListRuleNamesByTarget", "{\"TargetArn\":\"" + function(OWNER) + "\"}")
                .path("RuleNames"))
        .containsExactly(Json.text("r"));
    assertThat(
            call(
                "ListTagsForResource",
                "{\"ResourceARN\":\"arn:aws:events:us-east-1:111111111111:rule/r\"}"))
        .isEqualTo(Json.parse("{\"Tags\":[{\"Key\":\"k\",\"Value\":\"v\"}]}"));
    refused(
        OWNER,
        "DescribeRule",
        "{\"Name\":\"x\"}",
        "ResourceNotFoundException",
        "Rule x does not exist on EventBus default.");
  }

  @Test
  void answersEntriesInOrderEachOnItsOwn() {
    JsonNode output =
        send(
            OWNER,
            entry("default", "shop", "{\"n\":1}"),
            entry("default", "aws.shop", "{}"),
            entry("default", "shop", "[]"),
            entry("default", "", "{}"),
            entry("default", "shop", "{\"n\":2}"));

    assertThat(output.path("FailedEntryCount").asInt()).isEqualTo(3);
    assertThat(output.path("Entries").get(0).has("EventId")).isTrue();
    assertThat(output.path("Entries").get(1).path("ErrorCode").asText())
        .isEqualTo("NotAuthorizedForSource");
    assertThat(output.path("Entries").get(2))
        .isEqualTo(
            Json.parse(
                "{\"ErrorCode\":\"MalformedDetail\",\"ErrorMessage\":\"Detail is malformed.\"}"));
    assertThat(output.path("Entries").get(3).path("ErrorMessage").asText())
        .isEqualTo("Parameter Source is not valid. Reason: Source is a required argument.");
    assertThat(output.path("Entries").get(4).path("EventId"))
        .isNotEqualTo(output.path("Entries").get(0).path("EventId"));
  }

  @Test
  void refusesMoreThanAllEntriesTogetherMayHave() {
    String detail = "{\"p\":\"" + "p".repeat(520 * 1024) + "\"}";

    refused(
        OWNER,
        "PutEvents",
        "{\"Entries\":[%s,%s]}"
            .formatted(entry("default", "shop", detail), entry("default", "shop", detail)),
        "ValidationException",
        "Total size of the entries in the request is over the limit.");
  }

  @Test
  void bringsAnEventOfNearlyAMebibyteToItsTarget() {
    subscribe(OWNER, "default", "r", function(OWNER));
    String text = "p".repeat(1000 * 1024);

    send(OWNER, entry("default", "shop", "{\"p\":\"" + text + "\"}"));

    awaitInvocations(1);
    assertThat(invoked.peek()).contains(text);
  }

  @Test
  void bringsAnEventToTheTargetInAwsForm() {
    subscribe(OWNER, "default", "r", function(OWNER));

    String id = send(OWNER, entry("default", "shop", "{\"n\":1}")).findPath("EventId").asText();

    awaitInvocations(1);
    assertThat(invoked.peek())
        .isEqualTo(
            "111111111111 {\"version\":\"0\",\"id\":\"%s\",\"detail-type\":\"Ordered\",\"source\":\"shop\",\"account\":\"111111111111\",\"time\":\"2026-01-01T00:00:00Z\",\"region\":\"us-east-1\",\"resources\":[],\"detail\":{\"n\":1}}"
                .formatted(id));
    assertThat(engine.rows(Events.LOG, List.of(), null, 10)).hasSize(1);
    await()
        .untilAsserted(() ->
            assertThat(engine.rows(Deliveries.BY_EVENT, List.of(id), null, 10))
                .extracting(row -> row.value().path("phase").asText())
                .containsExactly("DELIVERED"));
  }

  @Test
  void parksWhatCantBeDelivered() {
    subscribe(OWNER, "default", "r", "arn:aws:sns:us-east-1:" + OWNER + ":nowhere");

    send(OWNER, entry("default", "shop", "{}"));

    await()
        .untilAsserted(() ->
            assertThat(engine.rows(Deliveries.PARKED, List.of(OWNER), null, 10))
                .extracting(row -> row.value().path("error").asText())
                .containsExactly("UnknownOperationException"));
  }

  @Test
  void letsAGuestSubscribeOnlyToAnExposedBus() {
    call("CreateEventBus", "{\"Name\":\"orders\"}");
    String bus = "arn:aws:events:us-east-1:" + OWNER + ":event-bus/orders";
    String rule =
        "{\"Name\":\"theirs\",\"EventBusName\":\"%s\",%s}"
            .formatted(bus, member("EventPattern", PATTERN));

    refused(
        GUEST,
        "PutRule",
        rule,
        "AccessDeniedException",
        "because no resource-based policy allows the events:PutRule action");
    refused(GUEST, "ListRules", "{\"EventBusName\":\"" + bus + "\"}", "AccessDeniedException", "");

    String policy =
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"%s\"},\"Action\":[\"events:PutRule\",\"events:PutTargets\"],\"Resource\":\"arn:aws:events:us-east-1:%s:rule/orders/*\"}]}"
            .formatted(GUEST, OWNER);
    call("PutPermission", "{\"EventBusName\":\"orders\"," + member("Policy", policy) + "}");
    subscribe(GUEST, bus, "theirs", function(GUEST));
    send(OWNER, entry("orders", "shop", "{}"));

    awaitInvocations(1);
    assertThat(invoked.peek()).startsWith(GUEST);
    assertThat(
            call("DescribeRule", "{\"Name\":\"theirs\",\"EventBusName\":\"orders\"}")
                .path("CreatedBy")
                .asText())
        .isEqualTo(GUEST);
  }

  @Test
  void forwardsAnEventFromBusToBusAsItWas() {
    call("CreateEventBus", "{\"Name\":\"orders\"}");
    call(GUEST, "CreateEventBus", "{\"Name\":\"inbox\"}");
    call(
        GUEST,
        "PutPermission",
        "{\"EventBusName\":\"inbox\",\"StatementId\":\"s\",\"Action\":\"events:PutEvents\",\"Principal\":\"%s\"}"
            .formatted(OWNER));
    subscribe(OWNER, "orders", "out", "arn:aws:events:us-east-1:" + GUEST + ":event-bus/inbox");
    subscribe(GUEST, "inbox", "in", function(GUEST));

    String id = send(OWNER, entry("orders", "shop", "{}")).findPath("EventId").asText();

    awaitInvocations(1);
    assertThat(invoked.peek()).startsWith(GUEST).contains(id).contains("\"account\":\"" + OWNER);
  }

  @Test
  void neverForwardsInACircle() {
    call("CreateEventBus", "{\"Name\":\"a\"}");
    call("CreateEventBus", "{\"Name\":\"b\"}");
    subscribe(OWNER, "a", "on", "arn:aws:events:us-east-1:" + OWNER + ":event-bus/b");
    subscribe(OWNER, "b", "back", "arn:aws:events:us-east-1:" + OWNER + ":event-bus/a");

    send(OWNER, entry("a", "shop", "{}"));

    await()
        .untilAsserted(() ->
            assertThat(engine.rows(Deliveries.PARKED, List.of(OWNER), null, 10))
                .extracting(row -> row.value().path("error").asText())
                .containsExactly("LoopDetected"));
    assertThat(engine.rows(Events.LOG, List.of(), null, 10)).hasSize(2);
  }

  @Test
  void testsPatternsAgainstEvents() {
    String event =
        member(
            "Event",
            "{\"id\":\"1\",\"account\":\"1\",\"source\":\"shop\",\"time\":\"t\",\"region\":\"r\",\"detail-type\":\"d\"}");

    assertThat(call("TestEventPattern", "{" + event + "," + member("EventPattern", PATTERN) + "}"))
        .isEqualTo(Json.parse("{\"Result\":true}"));
    refused(
        OWNER,
        "TestEventPattern",
        "{\"Event\":\"{}\"," + member("EventPattern", PATTERN) + "}",
        "ValidationException",
        "Parameter Event is not valid.");
    refused(
        OWNER,
        "TestEventPattern",
        "{" + event + "," + member("EventPattern", "{\"source\":[]}") + "}",
        "InvalidEventPatternException",
        "Event pattern is not valid. Reason: Empty arrays are not allowed");
  }

  @Test
  void refusesByNameWhatIsNotThere() {
    refused(
        OWNER,
        "PutRule",
        "{\"Name\":\"r\",\"ScheduleExpression\":\"rate(1 minutes)\"}",
        "ValidationException",
        "Parameter ScheduleExpression is not valid.");
    refused(
        OWNER,
        "PutRule",
        "{\"Name\":\"r\",\"EventPattern\":\"\",\"ScheduleExpression\":\"\"}",
        "ValidationException",
        "Parameter(s) EventPattern or ScheduleExpression must be specified.");
    refused(
        OWNER,
        "CreateEventBus",
        "{\"Name\":\"b\",\"KmsKeyIdentifier\":\"k\"}",
        "ValidationException",
        "KmsKeyIdentifier");
    refused(OWNER, "CreateEndpoint", "{}", "UnknownOperationException", "CreateEndpoint");
  }
}
