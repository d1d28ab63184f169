package dev.tutti.services.states;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tutti.core.connections.ApiDestinations;
import dev.tutti.core.connections.Connections;
import dev.tutti.core.events.Archives;
import dev.tutti.core.events.Buses;
import dev.tutti.core.events.Replays;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.logs.GroupCatalogue;
import dev.tutti.core.workflow.Audience;
import dev.tutti.host.Engine;
import dev.tutti.host.MemoryStore;
import dev.tutti.services.Operations;
import dev.tutti.services.connections.ConnectedWeb;
import dev.tutti.services.events.EventsService;
import dev.tutti.services.http.OpenWeb;
import dev.tutti.services.objects.NoObjects;
import dev.tutti.services.secrets.Vault;
import dev.tutti.services.states.http.HttpTasks;
import dev.tutti.wire.Call;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks that ask somebody else's server, and what TestState shows of it. */
final class HttpTaskTest {
  private static final String SECRET = "do-not-tell";

  private final OpenWeb web = new OpenWeb();
  private final AtomicInteger calls = new AtomicInteger();

  @SuppressWarnings("NullAway.Init") // open() comes first
  private Engine engine;

  @SuppressWarnings("NullAway.Init")
  private Operations door;

  @SuppressWarnings("NullAway.Init")
  private HttpServer server;

  @SuppressWarnings("NullAway.Init")
  private String connection;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", HttpTaskTest::echo);
    server.start();
    Connections connections = new Connections();
    var workflow = Workflow.create(System::currentTimeMillis, Audience.NONE);
    engine = workflow.on(Engine.on(new MemoryStore())).decider(connections).build();
    ConnectedWeb connected =
        new ConnectedWeb(connections, Vault.inMemory(), web, System::currentTimeMillis);
    HttpTasks http = new HttpTasks(connected);
    door =
        new Operations(
            engine,
            List.of(
                http,
                new StatesService(
                    workflow, new GroupCatalogue(), new NoObjects(), Duration.ZERO, http),
                new EventsService(
                    new Buses(),
                    new Archives(),
                    new Replays(),
                    new ApiDestinations(),
                    connected,
                    bus -> Long.MAX_VALUE,
                    System::currentTimeMillis)),
            post -> new Outcome.Failed("http", "Unreachable", post.url(), 0),
            System::currentTimeMillis);
    engine.start(door);
    connection =
        call(
                "events",
                "CreateConnection",
                """
                {"Name": "c", "AuthorizationType": "API_KEY", "AuthParameters": {
                  "ApiKeyAuthParameters": {"ApiKeyName": "x-key", "ApiKeyValue": "%s"},
                  "InvocationHttpParameters": {
                    "BodyParameters": [{"Key": "b", "Value": "connection"}],
                    "QueryStringParameters": [{"Key": "q", "Value": "connection"}]}}}
                """
                    .formatted(SECRET))
            .path("ConnectionArn")
            .asText();
  }

  @AfterEach
  void close() {
    engine.close();
    web.close();
    server.stop(0);
  }

  /** Tells what it was asked; /status/N answers with that status, /image is no text. */
  private static void echo(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    ObjectNode told =
        Json.object()
            .put("uri", exchange.getRequestURI().toString())
            .put("method", exchange.getRequestMethod())
            .put("type", exchange.getRequestHeaders().getFirst("Content-Type"))
            .put("agent", exchange.getRequestHeaders().getFirst("User-Agent"))
            .put("said", exchange.getRequestHeaders().getFirst("x-key"))
            .put("key", SECRET.equals(exchange.getRequestHeaders().getFirst("x-key")));
    told.put("body", new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    byte[] bytes = Json.bytes(told);
    exchange
        .getResponseHeaders()
        .add("Content-Type", path.equals("/image") ? "image/png" : "application/json");
    int status =
        path.startsWith("/status/") ? Integer.parseInt(path.substring("/status/".length())) : 200;
    exchange.sendResponseHeaders(status, bytes.length);
    try (var body = exchange.getResponseBody()) {
      body.write(bytes);
    }
  }

  private JsonNode call(String service, String operation, String input) {
    String id = "call-" + calls.incrementAndGet();
    return door.call(
        new Call("111111111111", "us-east-1", service, operation, Json.parse(input), id, null));
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private JsonNode trial(String address, String more, boolean reveal) {
    String state =
        """
        {"Type": "Task", "Resource": "arn:aws:states:::http:invoke", "End": true,
         "Parameters": {"ApiEndpoint": "%s", "Method": "POST",
           "Authentication": {"ConnectionArn": "%s"}%s}}
        """
            .formatted(address, connection, more);
    ObjectNode input =
        Json.object()
            .put("definition", state)
            .put("roleArn", "arn:aws:iam::111111111111:role/r")
            .put("inspectionLevel", "TRACE")
            .put("revealSecrets", reveal);
    return call("states", "TestState", Json.write(input));
  }

  @Test
  void asksAndAnswersAsAwsDoes() {
    JsonNode found =
        trial(
            url("/a?x=1"),
            ", \"QueryParameters\": {\"q\": \"own\", \"list\": [1, 2]}, \"RequestBody\": {\"a\":"
                + " 7}",
            false);
    assertThat(found.path("status").asText()).isEqualTo("SUCCEEDED");
    JsonNode output = Json.parse(found.path("output").asText());
    assertThat(output.path("StatusCode").asInt()).isEqualTo(200);
    assertThat(output.path("StatusText").asText()).isEqualTo("OK");
    assertThat(output.at("/Headers/content-type").toString()).isEqualTo("[\"application/json\"]");
    JsonNode told = output.path("ResponseBody");
    assertThat(told.path("uri").asText()).isEqualTo("/a?x=1&list=1&list=2&q=connection");
    assertThat(told.path("body").asText()).isEqualTo("{\"a\":7,\"b\":\"connection\"}");
    assertThat(told.path("agent").asText()).isEqualTo("Amazon|StepFunctions|HttpInvoke|us-east-1");
    assertThat(told.path("key").asBoolean()).isTrue();
  }

  @Test
  void showsWhatTheConnectionAddsToThoseWhoMaySeeIt() {
    JsonNode hidden = trial(url("/a"), "", false).path("inspectionData");
    assertThat(hidden.at("/request/method").asText()).isEqualTo("POST");
    assertThat(hidden.at("/request/url").asText()).isEqualTo(url("/a"));
    assertThat(hidden.at("/request/headers").asText())
        .contains("Range: bytes=0-262144")
        .doesNotContain(SECRET);
    assertThat(hidden.at("/response/statusCode").asText()).isEqualTo("200");
    assertThat(hidden.at("/response/protocol").asText()).isEqualTo("http");

    JsonNode revealed = trial(url("/a"), "", true).path("inspectionData").path("request");
    assertThat(revealed.path("headers").asText()).contains("x-key: " + SECRET);
    assertThat(revealed.path("url").asText()).isEqualTo(url("/a?q=connection"));
    assertThat(revealed.path("body").asText()).isEqualTo("{\"b\":\"connection\"}");
  }

  @Test
  void writesFormsWithEachFormatOfArrays() {
    assertThat(form("")).isEqualTo("a%5B0%5D=1&a%5B1%5D=2&o%5Bp%5D=x%20y&b=connection");
    assertThat(form("REPEAT")).isEqualTo("a=1&a=2&o%5Bp%5D=x%20y&b=connection");
    assertThat(form("COMMAS")).isEqualTo("a=1%2C2&o%5Bp%5D=x%20y&b=connection");
    assertThat(form("BRACKETS")).isEqualTo("a%5B%5D=1&a%5B%5D=2&o%5Bp%5D=x%20y&b=connection");
  }

  private String form(String format) {
    String options =
        format.isEmpty()
            ? ""
            : ", \"RequestEncodingOptions\": {\"ArrayFormat\": \"" + format + "\"}";
    JsonNode found =
        trial(
            url("/a"),
            ", \"RequestBody\": {\"a\": [1, 2], \"o\": {\"p\": \"x y\"}},"
                + "\"Transform\": {\"RequestBodyEncoding\": \"URL_ENCODED\""
                + options
                + "}",
            false);
    JsonNode told = Json.parse(found.path("output").asText()).path("ResponseBody");
    assertThat(told.path("type").asText()).isEqualTo("application/x-www-form-urlencoded");
    return told.path("body").asText();
  }

  @Test
  void failsByTheNamesThatRetryAndCatchKnow() {
    JsonNode missing = trial(url("/status/404"), "", false);
    assertThat(missing.path("error").asText()).isEqualTo("States.Http.StatusCode.404");
    assertThat(missing.path("cause").asText()).contains("***").doesNotContain(SECRET);
    assertThat(trial("http://127.0.0.1:1/", "", false).path("error").asText())
        .isEqualTo("States.Http.Socket");
    assertThat(trial(url("/image"), "", false).path("error").asText()).isEqualTo("States.Runtime");
    assertThat(trial(url("/a"), ", \"Headers\": {\"Host\": \"x\"}", false).path("error").asText())
        .isEqualTo("States.Runtime");
    call("events", "DeauthorizeConnection", "{\"Name\":\"c\"}");
    assertThat(trial(url("/a"), "", false).path("error").asText())
        .isEqualTo("Events.ConnectionResource.InvalidConnectionState");
    call("events", "DeleteConnection", "{\"Name\":\"c\"}");
    assertThat(trial(url("/a"), "", false).path("error").asText())
        .isEqualTo("Events.ConnectionResource.ResourceNotFound");
  }
}
