package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.tutti.core.json.Json;
import dev.tutti.services.Operations;
import dev.tutti.services.gateway.Gateway;
import dev.tutti.services.gateway.Gateways;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A text message over the wire: published by a client, kept over a restart, got by a gateway. */
class PhonesTest {
  private final Queue<String> posted = new ConcurrentLinkedQueue<>();

  @TempDir private Path data;
  private HttpServer server;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  @Test
  void whatWasPublishedWithoutAGatewayIsSentOnceThereIsOne() throws Exception {
    try (Assembly without = open(null)) {
      assertThat(call(without, "Action=Publish&PhoneNumber=%2B15551234567&Message=hello"))
          .contains("<MessageId>");
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> parked(without).path(0).path("Error").asText().equals("NoTextGateway"));
    }
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/sms";
    try (Assembly with = open(Gateway.of(url, null))) {
      String handle = parked(with).path(0).path("Handle").asText();
      new RemoteOptions(with.port())
          .post("/_tutti/parked/redrive", Json.object().put("Delivery", handle));

      await().atMost(Duration.ofSeconds(20)).until(() -> !posted.isEmpty());

      assertThat(Json.parse(posted.remove()).path("phoneNumber").asText())
          .isEqualTo("+15551234567");
      await().atMost(Duration.ofSeconds(20)).until(() -> parked(with).isEmpty());
    }
  }

  private static JsonNode parked(Assembly runtime) {
    return new RemoteOptions(runtime.port()).get("/_tutti/parked").path("Deliveries");
  }

  private static String call(Assembly runtime, String form)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + runtime.port() + "/"))
            .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=111122223333/20260101/us-east-1/sns/aws4_request,"
                    + " SignedHeaders=host, Signature=none")
            .POST(HttpRequest.BodyPublishers.ofString(form + "&Version=2010-03-31"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  private Assembly open(@Nullable Gateway text) {
    return Assembly.open(
        new Assembly.Settings(
            data, 0, null, null, Operations.Elsewhere.NOWHERE, null, new Gateways(null, text)));
  }
}
