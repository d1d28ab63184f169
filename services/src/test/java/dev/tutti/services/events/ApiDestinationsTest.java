package dev.tutti.services.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tutti.core.json.Json;
import dev.tutti.host.Store;
import dev.tutti.wire.ServiceError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections and API destinations, from the rule to somebody else's server. */
final class ApiDestinationsTest {
  private static final String LETTERS = "arn:aws:sqs:us-east-1:" + Rig.OWNER + ":letters";
  private static final String SECRET = "do-not-tell";

  private final Queue<JsonNode> letters = new ConcurrentLinkedQueue<>();
  private final Queue<Got> got = new ConcurrentLinkedQueue<>();
  private final AtomicInteger tokens = new AtomicInteger();
  private final Rig rig =
      new Rig()
          .with(
              "sqs",
              "SendMessage",
              exchange -> {
                letters.add(exchange.input());
                return Json.object().put("MessageId", "m");
              })
          .open();
  private volatile List<Integer> statuses = List.of(200);

  @SuppressWarnings("NullAway.Init") // start() comes first
  private HttpServer server;

  /** What the server got. */
  private record Got(String method, String uri, String headers, String body) {}

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/hook", this::hook);
    server.createContext("/token", this::token);
    server.start();
  }

  @AfterEach
  void close() {
    rig.close();
    server.stop(0);
  }

  private void hook(HttpExchange exchange) throws IOException {
    Got request = read(exchange);
    int number = got.size();
    got.add(request);
    int status = statuses.get(Math.min(number, statuses.size() - 1));
    exchange.getResponseHeaders().add("Retry-After", "1");
    answer(exchange, status, request.headers());
  }

  private void token(HttpExchange exchange) throws IOException {
    Got request = read(exchange);
    boolean right = request.body().contains("client_secret=" + SECRET);
    String answer =
        "{\"access_token\":\"token-" + tokens.incrementAndGet() + "\",\"expires_in\":3600}";
    answer(exchange, right ? 200 : 401, right ? answer : "{}");
  }

  private static Got read(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    return new Got(
        exchange.getRequestMethod(),
        exchange.getRequestURI().toString(),
        exchange.getRequestHeaders().entrySet().toString(),
        body);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    try (var body = exchange.getResponseBody()) {
      body.write(bytes);
    }
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private String connect(String type, String parameters) {
    return rig.call(
            "CreateConnection",
            "{\"Name\":\"c\",\"AuthorizationType\":\"%s\",\"AuthParameters\":%s}"
                .formatted(type, parameters))
        .path("ConnectionArn")
        .asText();
  }

  private void subscribe(String connection, int retries, String http) {
    String destination =
        rig.call(
                "CreateApiDestination",
                Json.object()
                    .put("Name", "d")
                    .put("ConnectionArn", connection)
                    .put("HttpMethod", "POST")
                    .put("InvocationEndpoint", url("/hook/*?fixed=1")))
            .path("ApiDestinationArn")
            .asText();
    ObjectNode target = Json.object().put("Arn", destination);
    target.set("HttpParameters", Json.parse(http));
    target.putObject("RetryPolicy").put("MaximumRetryAttempts", retries);
    target.putObject("DeadLetterConfig").put("Arn", LETTERS);
    rig.subscribe("r", target);
  }

  @Test
  void mergesWhatTargetAndConnectionAddAndTheConnectionCounts() {
    String connection =
        connect(
            "API_KEY",
            """
            {"ApiKeyAuthParameters": {"ApiKeyName": "x-key", "ApiKeyValue": "%s"},
             "InvocationHttpParameters": {
               "HeaderParameters": [{"Key": "X-Both", "Value": "connection"}],
               "QueryStringParameters": [{"Key": "q", "Value": "a&b"}],
               "BodyParameters": [{"Key": "added", "Value": "yes", "IsValueSecret": true}]}}
            """
                .formatted(SECRET));
    subscribe(
        connection,
        0,
        """
        {"PathParameterValues": ["$.detail.n"],
         "HeaderParameters": {"x-both": "target", "x-own": "$.source"},
         "QueryStringParameters": {"q": "target", "own": "1"}}
        """);
    rig.put(1);

    await().untilAsserted(() -> assertThat(got).hasSize(1));
    Got request = got.element();
    assertThat(request.uri()).isEqualTo("/hook/0?fixed=1&own=1&q=a%26b");
    assertThat(request.headers())
        .contains("X-both=[connection]", "X-own=[shop]", "X-key=[" + SECRET + "]")
        .contains("Amazon/EventBridge/ApiDestinations", "application/json; charset=utf-8");
    JsonNode body = Json.parse(request.body());
    assertThat(body.path("added").asText()).isEqualTo("yes");
    assertThat(body.path("detail").path("n").asInt()).isZero();
  }

  @Test
  void hasATokenAndRenewsOneThatIsNotTaken() {
    statuses = List.of(200, 401, 200);
    String connection =
        connect(
            "OAUTH_CLIENT_CREDENTIALS",
            """
            {"OAuthParameters": {"AuthorizationEndpoint": "%s", "HttpMethod": "POST",
              "ClientParameters": {"ClientID": "me", "ClientSecret": "%s"}}}
            """
                .formatted(url("/token"), SECRET));
    await()
        .untilAsserted(() ->
            assertThat(
                    rig.call("DescribeConnection", "{\"Name\":\"c\"}")
                        .path("ConnectionState")
                        .asText())
                .isEqualTo("AUTHORIZED"));
    subscribe(connection, 0, "{\"PathParameterValues\":[\"1\"]}");

    rig.put(1);
    await().untilAsserted(() -> assertThat(got).hasSize(1));
    rig.put(1);
    await().untilAsserted(() -> assertThat(got).hasSize(3));

    assertThat(got.stream().map(Got::headers).toList())
        .satisfiesExactly(
            first -> assertThat(first).contains("Bearer token-1"),
            second -> assertThat(second).contains("Bearer token-1"),
            third -> assertThat(third).contains("Bearer token-2"));
  }

  @Test
  void retriesWhatMayPassAndGivesTheRestToTheDeadLetters() {
    statuses = List.of(503, 404);
    subscribe(basic(), 5, "{\"PathParameterValues\":[\"1\"]}");
    rig.put(1);

    await().untilAsserted(() -> assertThat(letters).hasSize(1));
    assertThat(got).hasSize(2);
    JsonNode attributes = letters.element().path("MessageAttributes");
    assertThat(attributes.path("ERROR_CODE").path("StringValue").asText())
        .isEqualTo("ERROR_FROM_TARGET");
    assertThat(attributes.path("RETRY_ATTEMPTS").path("StringValue").asText()).isEqualTo("1");
  }

  @Test
  void keepsAndTellsNoSecrets() {
    statuses = List.of(500, 404);
    subscribe(basic(), 3, "{\"PathParameterValues\":[\"1\"]}");
    rig.put(1);
    await().untilAsserted(() -> assertThat(letters).hasSize(1));

    String coded = "dTpkby1ub3QtdGVsbA=="; // u:do-not-tell
    assertThat(got.element().headers()).contains(coded);
    assertThat(letters.element().toString()).contains("***").doesNotContain(coded, SECRET);
    assertThat(rig.call("DescribeConnection", "{\"Name\":\"c\"}").toString())
        .contains("\"Username\":\"u\"")
        .doesNotContain(SECRET);
    byte[] first = new byte[0];
    byte[] last = {(byte) 0xff};
    for (Store.Table table : Store.Table.values()) {
      rig.store()
          .scan(
              table,
              first,
              last,
              (key, value) -> {
                assertThat(new String(value, StandardCharsets.UTF_8)).doesNotContain(coded, SECRET);
                return true;
              });
    }
  }

  private String basic() {
    return connect(
        "BASIC", "{\"BasicAuthParameters\":{\"Username\":\"u\",\"Password\":\"" + SECRET + "\"}}");
  }

  @Test
  void callsNothingByAConnectionWhoseSecretsWereTakenAway() {
    String connection = basic();
    subscribe(connection, 0, "{\"PathParameterValues\":[\"1\"]}");
    rig.call("DeauthorizeConnection", "{\"Name\":\"c\"}");
    rig.put(1);

    await().untilAsserted(() -> assertThat(letters).hasSize(1));
    assertThat(got).isEmpty();
    assertThat(
            rig.call("DescribeApiDestination", "{\"Name\":\"d\"}")
                .path("ApiDestinationState")
                .asText())
        .isEqualTo("INACTIVE");
  }

  @Test
  void anUpdateKeepsWhatItDoesNotName() {
    basic();
    rig.call(
        "UpdateConnection",
        "{\"Name\":\"c\",\"AuthParameters\":{\"BasicAuthParameters\":{\"Username\":\"v\"}}}");
    subscribe(
        rig.call("DescribeConnection", "{\"Name\":\"c\"}").path("ConnectionArn").asText(),
        0,
        "{\"PathParameterValues\":[\"1\"]}");
    rig.put(1);

    await().untilAsserted(() -> assertThat(got).hasSize(1));
    assertThat(got.element().headers()).contains("djpkby1ub3QtdGVsbA=="); // v:do-not-tell
  }

  @Test
  void refusesWhatDoesNotSuffice() {
    assertThatThrownBy(() -> connect("BASIC", "{\"BasicAuthParameters\":{\"Username\":\"u\"}}"))
        .isInstanceOf(ServiceError.class)
        .hasMessageContaining("BasicAuthParameters.Password");
    assertThatThrownBy(() ->
            rig.call(
                "CreateApiDestination",
                Json.object()
                    .put("Name", "d")
                    .put(
                        "ConnectionArn",
                        Rig.ARNS + "connection/none/00000000-0000-0000-0000-000000000000")
                    .put("HttpMethod", "POST")
                    .put("InvocationEndpoint", url("/hook"))))
        .isInstanceOf(ServiceError.class)
        .hasMessageContaining("'none' does not exist");
  }
}
