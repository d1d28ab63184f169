package dev.tutti.services.pipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.mappings.MappingCatalogue;
import dev.tutti.core.mappings.Mappings;
import dev.tutti.core.queues.QueueCatalogue;
import dev.tutti.core.queues.Queues;
import dev.tutti.host.Engine;
import dev.tutti.host.MemoryStore;
import dev.tutti.services.Exchange;
import dev.tutti.services.Operation;
import dev.tutti.services.Operations;
import dev.tutti.services.Service;
import dev.tutti.services.sqs.Arrivals;
import dev.tutti.services.sqs.SqsService;
import dev.tutti.wire.Call;
import dev.tutti.wire.ServiceError;
import dev.tutti.wire.model.Models;
import dev.tutti.wire.model.ServiceModel;
import dev.tutti.wire.protocol.Protocol;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pipes between real queues, with stand-ins for the services of other targets. */
final class PipesTest {
  private static final String OWNER = "111111111111";
  private static final String URL = "http://127.0.0.1:4566";
  private static final String LAMBDA = "arn:aws:lambda:us-east-1:" + OWNER + ":function:";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final AtomicInteger calls = new AtomicInteger();
  private final Queue<JsonNode> asked = new ConcurrentLinkedQueue<>();
  private final Queue<String> turns = new ConcurrentLinkedQueue<>();
  private volatile UnaryOperator<JsonNode> function = payload -> Json.object();

  @SuppressWarnings("NullAway.Init") // open() comes first
  private Engine engine;

  @SuppressWarnings("NullAway.Init")
  private Operations door;

  private record StandIn(String name, Map<String, Operation> operations) implements Service {}

  @BeforeEach
  void open() {
    MappingCatalogue mappings = new MappingCatalogue();
    Mappings mappingDecider = new Mappings();
    QueueCatalogue queues = new QueueCatalogue();
    Arrivals arrivals = new Arrivals();
    Queues queueDecider = new Queues();
    engine =
        Engine.on(new MemoryStore())
            .decider(mappingDecider)
            .follow(mappingDecider, mappings::on)
            .decider(queueDecider)
            .follow(queueDecider, queues::on)
            .follow(queueDecider, arrivals::on)
            .build();
    Operation taken =
        exchange -> {
          asked.add(note(exchange));
          return Json.object();
        };
    List<Service> services = new ArrayList<>();
    services.add(new PipesService(mappings, System::currentTimeMillis, turns::add));
    services.add(new SqsService(queueDecider, queues, arrivals, URL, System::currentTimeMillis));
    services.add(new StandIn("lambda", Map.of("Invoke", this::invoke)));
    services.add(new StandIn("sns", Map.of("Publish", taken)));
    services.add(new StandIn("logs", Map.of("WriteEvent", taken)));
    services.add(new StandIn("events", Map.of("PutEvents", taken, "InvokeApiDestination", taken)));
    services.add(
        new StandIn("states", Map.of("StartExecution", taken, "StartSyncExecution", this::run)));
    door =
        new Operations(
            engine,
            services,
            post -> new Outcome.Failed("http", "Unreachable", post.url(), 0),
            System::currentTimeMillis);
    engine.start(door);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private static ObjectNode note(Exchange exchange) {
    return Json.object()
        .put("operation", exchange.call().operation())
        .set("input", exchange.input());
  }

  private JsonNode invoke(Exchange exchange) {
    asked.add(note(exchange));
    byte[] payload = Base64.getDecoder().decode(exchange.input().path("Payload").asText());
    byte[] answer = Json.bytes(function.apply(Json.parse(payload)));
    return Json.object().put("Payload", Base64.getEncoder().encodeToString(answer));
  }

  private JsonNode run(Exchange exchange) {
    asked.add(note(exchange));
    return Json.object()
        .put("status", "SUCCEEDED")
        .put(
            "output",
            Json.write(function.apply(Json.parse(exchange.input().path("input").asText()))));
  }

  private JsonNode call(String service, String operation, JsonNode input) {
    JsonNode output =
        door.call(
            new Call(
                OWNER,
                "us-east-1",
                service,
                operation,
                input,
                "call-" + calls.incrementAndGet(),
                null));
    ServiceModel model = Models.of(service);
    var _ = Protocol.of(model).answer(model.operation(operation).orElseThrow(), output, "request");
    return output;
  }

  private JsonNode call(String service, String operation, String input) {
    return call(service, operation, Json.parse(input));
  }

  private String queue(String name, String attributes) {
    call(
        "sqs", "CreateQueue", "{\"QueueName\":\"" + name + "\",\"Attributes\":" + attributes + "}");
    return "arn:aws:sqs:us-east-1:" + OWNER + ":" + name;
  }

  private static String url(String arn) {
    return URL + "/" + OWNER + "/" + arn.substring(arn.lastIndexOf(':') + 1);
  }

  private void send(String queue, String... bodies) {
    for (String body : bodies) {
      call(
          "sqs", "SendMessage", Json.object().put("QueueUrl", url(queue)).put("MessageBody", body));
    }
  }

  /** The bodies of messages that come, until there are so many. */
  private List<String> received(String queue, int count) {
    List<String> bodies = new ArrayList<>();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          call(
                  "sqs",
                  "ReceiveMessage",
                  Json.object().put("QueueUrl", url(queue)).put("MaxNumberOfMessages", 10))
              .path("Messages")
              .forEach(message -> bodies.add(message.path("Body").asText()));
          assertThat(bodies).hasSize(count);
        });
    return bodies;
  }

  private int left(String queue) {
    ObjectNode input = Json.object().put("QueueUrl", url(queue));
    input.putArray("AttributeNames").add("All");
    JsonNode attributes = call("sqs", "GetQueueAttributes", input).path("Attributes");
    return attributes.path("ApproximateNumberOfMessages").asInt()
        + attributes.path("ApproximateNumberOfMessagesNotVisible").asInt();
  }

  private JsonNode create(String source, String target, String more) {
    return call(
        "pipes",
        "CreatePipe",
        """
        {"Name": "p", "RoleArn": "arn:aws:iam::111111111111:role/r",
         "Source": "%s", "Target": "%s"%s}
        """
            .formatted(source, target, more));
  }

  private List<JsonNode> asked(int count) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(asked).hasSize(count));
    return List.copyOf(asked);
  }

  private static JsonNode payload(JsonNode note) {
    return Json.parse(Base64.getDecoder().decode(note.at("/input/Payload").asText()));
  }

  @Test
  void filtersAndTransformsFromQueueToQueue() {
    String from = queue("from", "{}");
    String to = queue("to", "{}");
    create(
        from,
        to,
        """
        , "SourceParameters": {"FilterCriteria": {"Filters": [
            {"Pattern": "{\\"body\\": {\\"kind\\": [\\"order\\"]}}"}]}},
          "TargetParameters": {"InputTemplate":
            "{\\"n\\": <$.body.n>, \\"by\\": \\"<aws.pipes.pipe-name>\\", \\"of\\": <$.body.who>}"}
        """);
    send(from, "{\"kind\":\"order\",\"n\":7,\"who\":\"me\"}", "{\"kind\":\"other\"}", "no JSON");

    assertThat(received(to, 1)).containsExactly("{\"n\": 7, \"by\": \"p\", \"of\": \"me\"}");
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(left(from)).isZero());
  }

  @Test
  void passesTheWholeEventWhereNothingElseIsSaid() {
    String from = queue("from", "{}");
    String to = queue("to", "{}");
    create(from, to, "");
    send(from, "{\"a\":1}");

    JsonNode event = Json.parse(received(to, 1).getFirst());
    assertThat(event.path("body").asText()).isEqualTo("{\"a\":1}");
    assertThat(event.path("eventSource").asText()).isEqualTo("aws:sqs");
    assertThat(event.path("eventSourceARN").asText()).isEqualTo(from);
  }

  @Test
  void enrichesBatchesAndSendsNothingWhereNothingIsLeft() {
    String from = queue("from", "{}");
    function =
        payload ->
            payload.path(0).path("n").asInt() == 0
                ? Json.array()
                : Json.array().add(Json.object().put("more", 1)).add(Json.object().put("more", 2));
    create(
        from,
        LAMBDA + "target",
        ", \"Enrichment\": \""
            + LAMBDA
            + "enrich\", \"EnrichmentParameters\": {\"InputTemplate\": \"{\\\"n\\\":<$.body.n>}\"}"
            + ", \"SourceParameters\": {\"SqsQueueParameters\": {\"BatchSize\": 1}}");
    send(from, "{\"n\":0}");
    asked(1);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(left(from)).isZero());
    send(from, "{\"n\":1}");

    List<JsonNode> notes = asked(3);
    assertThat(payload(notes.get(1))).hasToString("[{\"n\":1}]");
    assertThat(notes.get(2).at("/input/FunctionName").asText()).isEqualTo(LAMBDA + "target");
    assertThat(payload(notes.get(2))).hasToString("[{\"more\":1},{\"more\":2}]");
  }

  @Test
  void whatTheTargetNamesAsFailedIsSeenAgain() {
    String from = queue("from", "{\"VisibilityTimeout\":\"1\"}");
    AtomicInteger times = new AtomicInteger();
    function =
        payload -> {
          ObjectNode answer = Json.object();
          var failures = answer.putArray("batchItemFailures");
          payload.forEach(event -> {
            if (event.path("body").asText().equals("bad") && times.incrementAndGet() < 3) {
              failures.addObject().set("itemIdentifier", event.path("messageId"));
            }
          });
          return answer;
        };
    create(from, LAMBDA + "target", "");
    send(from, "good", "bad");

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(times).hasValue(3));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(left(from)).isZero());
  }

  @Test
  void whatATargetDoesNotTakeGoesWhereTheQueueSays() {
    String letters = queue("letters", "{}");
    String from =
        queue(
            "from",
            "{\"VisibilityTimeout\":\"1\",\"RedrivePolicy\":\"{\\\"deadLetterTargetArn\\\":\\\""
                + letters
                + "\\\",\\\"maxReceiveCount\\\":1}\"}");
    function =
        payload -> {
          throw new ServiceError("ServiceException", "down", 500);
        };
    create(from, LAMBDA + "target", "");
    send(from, "lost");

    assertThat(received(letters, 1)).containsExactly("lost");
  }

  @Test
  void asksEachTargetAsItWantsToBeAsked() {
    String own = "us-east-1:" + OWNER;
    assertThat(target("arn:aws:sns:" + own + ":t", "{\"InputTemplate\":\"<$.body.n>!\"}"))
        .hasToString("{\"TopicArn\":\"arn:aws:sns:" + own + ":t\",\"Message\":\"7!\"}");
    JsonNode entry =
        target(
                "arn:aws:events:" + own + ":event-bus/b",
                """
                {"InputTemplate": "{\\"n\\":<$.body.n>}",
                 "EventBridgeEventBusParameters": {"DetailType": "$.body.type", "Resources": ["r"]}}
                """)
            .at("/Entries/0");
    assertThat(entry.path("Source").asText()).isEqualTo("Pipe p");
    assertThat(entry.path("DetailType").asText()).isEqualTo("T");
    assertThat(entry.path("Detail").asText()).isEqualTo("{\"n\":7}");
    assertThat(
            target(
                    "arn:aws:events:" + own + ":api-destination/d/1",
                    """
                    {"InputTemplate": "x",
                     "HttpParameters": {"PathParameterValues": ["$.body.n"],
                       "HeaderParameters": {"h": "v"}}}
                    """)
                .path("HttpParameters"))
        .hasToString("{\"PathParameterValues\":[\"7\"],\"HeaderParameters\":{\"h\":\"v\"}}");
    JsonNode logged =
        target(
            "arn:aws:logs:" + own + ":log-group:/g:*",
            "{\"CloudWatchLogsParameters\":{\"LogStreamName\":\"s\"}}");
    assertThat(logged.path("logGroupName").asText()).isEqualTo("/g");
    assertThat(logged.path("logStreamName").asText()).isEqualTo("s");
    JsonNode started =
        target(
            "arn:aws:states:" + own + ":stateMachine:m",
            """
            {"InputTemplate": "{\\"n\\":<$.body.n>}",
             "StepFunctionStateMachineParameters": {"InvocationType": "FIRE_AND_FORGET"}}
            """);
    assertThat(started.path("input").asText()).isEqualTo("[{\"n\":7}]");
    assertThat(turns)
        .as("only an API destination's turns are waited for")
        .containsExactly("arn:aws:events:" + own + ":api-destination/d/1");
  }

  /** What a target is asked for one message. */
  private JsonNode target(String arn, String parameters) {
    asked.clear();
    String from = queue("q" + calls.get(), "{}");
    create(from, arn, ", \"TargetParameters\": " + parameters);
    send(from, "{\"n\":7,\"type\":\"T\"}");
    JsonNode input = asked(1).getFirst().path("input");
    call("pipes", "DeletePipe", "{\"Name\":\"p\"}");
    return input;
  }

  @Test
  void isStoppedStartedChangedToldAndDeleted() {
    String from = queue("from", "{}");
    String to = queue("to", "{}");
    JsonNode created =
        create(from, to, ", \"DesiredState\": \"STOPPED\", \"Tags\": {\"a\": \"1\"}");
    assertThat(created.path("DesiredState").asText()).isEqualTo("STOPPED");
    String arn = created.path("Arn").asText();
    assertThatThrownBy(() -> create(from, to, ""))
        .isInstanceOfSatisfying(
            ServiceError.class, e -> assertThat(e.code()).isEqualTo("ConflictException"));
    send(from, "x");
    call("pipes", "StartPipe", "{\"Name\":\"p\"}");
    received(to, 1);
    call("pipes", "StopPipe", "{\"Name\":\"p\"}");
    call(
        "pipes",
        "UpdatePipe",
        """
        {"Name": "p", "RoleArn": "arn:aws:iam::111111111111:role/s", "Description": "d",
         "SourceParameters": {"SqsQueueParameters": {"BatchSize": 3}}}
        """);
    call(
        "pipes",
        "TagResource",
        Json.object().put("resourceArn", arn).<ObjectNode>set("tags", Json.object().put("b", "2")));

    JsonNode told = call("pipes", "DescribePipe", "{\"Name\":\"p\"}");
    assertThat(told.path("CurrentState").asText()).isEqualTo("STOPPED");
    assertThat(told.path("RoleArn").asText()).endsWith("/s");
    assertThat(told.path("Description").asText()).isEqualTo("d");
    assertThat(told.at("/SourceParameters/SqsQueueParameters/BatchSize").asInt()).isEqualTo(3);
    assertThat(told.path("Tags")).hasToString("{\"a\":\"1\",\"b\":\"2\"}");
    assertThat(told.path("CreationTime").asDouble())
        .isLessThanOrEqualTo(told.path("LastModifiedTime").asDouble());
    assertThat(call("pipes", "ListPipes", "{\"NamePrefix\":\"p\"}").path("Pipes")).hasSize(1);
    assertThat(call("pipes", "ListPipes", "{\"NamePrefix\":\"x\"}").path("Pipes")).isEmpty();

    call("pipes", "DeletePipe", "{\"Name\":\"p\"}");
    assertThatThrownBy(() -> call("pipes", "DescribePipe", "{\"Name\":\"p\"}"))
        .isInstanceOfSatisfying(
            ServiceError.class, e -> assertThat(e.code()).isEqualTo("NotFoundException"));
  }

  @Test
  void refusesByNameWhatIsNotThere() {
    String from = queue("from", "{}");
    assertThatThrownBy(
            () -> create("arn:aws:kinesis:us-east-1:" + OWNER + ":stream/s", LAMBDA + "f", ""))
        .hasMessageContaining("kinesis");
    assertThatThrownBy(() ->
            create("arn:aws:dynamodb:us-east-1:" + OWNER + ":table/t/stream/s", LAMBDA + "f", ""))
        .hasMessageContaining("dynamodb");
    assertThatThrownBy(() -> create(from, "arn:aws:kinesis:us-east-1:" + OWNER + ":stream/s", ""))
        .hasMessageContaining("kinesis");
    assertThatThrownBy(
            () -> create(from, LAMBDA + "f", ", \"LogConfiguration\": {\"Level\": \"ERROR\"}"))
        .hasMessageContaining("LogConfiguration");
    assertThatThrownBy(() -> create("arn:aws:sqs:us-east-1:" + OWNER + ":none", LAMBDA + "f", ""))
        .hasMessageContaining("none");
    assertThat(new String(Json.bytes(call("pipes", "ListPipes", "{}")), StandardCharsets.UTF_8))
        .isEqualTo("{\"Pipes\":[]}");
  }
}
