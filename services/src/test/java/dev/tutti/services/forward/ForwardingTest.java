package dev.tutti.services.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Request;
import dev.tutti.wire.ServiceError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ForwardingTest {
  private final List<String> seen = new ArrayList<>();
  private HttpServer server;
  private int status = 200;
  private String answer = "{}";

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    seen.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target")));
    seen.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    seen.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static Request.Operation asked(String service, String operation, String input) {
    return new Request.Operation(
        "111122223333", "us-east-1", service, operation, Json.parse(input));
  }

  @Test
  void speaksJsonAndSigns() {
    answer = "{\"Item\":{\"id\":{\"S\":\"1\"}}}";
    Forwarding forwarding =
        Forwarding.to(
            List.of(new Destination("dynamodb", URI.create(url()))),
            new Signing("AKID", "secret", null));
    JsonNode output =
        forwarding.perform(
            asked("dynamodb", "GetItem", "{\"TableName\":\"t\",\"Key\":{\"id\":{\"S\":\"1\"}}}"));
    assertThat(output).isEqualTo(Json.parse(answer));
    assertThat(seen.get(0)).isEqualTo("POST /");
    assertThat(seen.get(1)).isEqualTo("DynamoDB_20120810.GetItem");
    assertThat(seen.get(2))
        .startsWith("AWS4-HMAC-SHA256 Credential=AKID/")
        .contains("/us-east-1/dynamodb/aws4_request, SignedHeaders=content-type;host;");
    assertThat(forwarding.takes("dynamodb")).isTrue();
    assertThat(forwarding.takes("kms")).isFalse();
  }

  @Test
  void speaksRestJson() {
    answer = "{\"ok\":true}";
    JsonNode output =
        Forwarding.allTo(url(), null)
            .perform(
                asked(
                    "lambda",
                    "Invoke",
                    Json.write(
                        Json.object()
                            .put("FunctionName", "a:b")
                            .put("Qualifier", "live")
                            .put(
                                "Payload",
                                Base64.getEncoder()
                                    .encodeToString("{}".getBytes(StandardCharsets.UTF_8))))));
    assertThat(seen.get(0))
        .isEqualTo("POST /2015-03-31/functions/a%3Ab/invocations?Qualifier=live");
    assertThat(seen.get(3)).isEqualTo("{}");
    assertThat(output.path("StatusCode").intValue()).isEqualTo(200);
    assertThat(
            new String(
                Base64.getDecoder().decode(output.path("Payload").asText()),
                StandardCharsets.UTF_8))
        .isEqualTo(answer);
  }

  @Test
  void anErrorIsTheServicesOwn() {
    status = 400;
    answer = "{\"__type\":\"com.amazonaws#ResourceNotFoundException\",\"message\":\"no table\"}";
    assertThatThrownBy(() ->
            Forwarding.allTo(url(), null)
                .perform(asked("dynamodb", "GetItem", "{\"TableName\":\"t\",\"Key\":{}}")))
        .isInstanceOfSatisfying(
            ServiceError.class,
            e -> {
              assertThat(e.code()).isEqualTo("ResourceNotFoundException");
              assertThat(e.getMessage()).isEqualTo("no table");
              assertThat(e.status()).isEqualTo(400);
            });
  }

  @Test
  void whatCantBeForwardedIsRefusedAtOnce() {
    assertThatThrownBy(() -> Destination.of("dynamodb")).hasMessageContaining("is not like");
    assertThatThrownBy(
            () -> Forwarding.to(List.of(Destination.of("nosuch=http://127.0.0.1:1")), null))
        .hasMessageContaining("nosuch is not known here");
    assertThatThrownBy(() -> Forwarding.to(List.of(Destination.of("sns=http://127.0.0.1:1")), null))
        .hasMessageContaining("speaks the protocol query");
  }
}
