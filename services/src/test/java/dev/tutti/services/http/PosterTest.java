package dev.tutti.services.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PosterTest {
  private HttpServer server;
  private final OpenWeb web = new OpenWeb();
  private final Poster poster = new Poster(web, Duration.ofSeconds(1));

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @AfterEach
  void close() {
    web.close();
    server.stop(0);
  }

  @Test
  void anyTwoHundredIsASuccess() {
    assertThat(answering(204)).isInstanceOf(Outcome.Succeeded.class);
  }

  @Test
  void redirectsAreNotFollowed() {
    assertThat(answering(302))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.service()).isEqualTo("http");
              assertThat(failed.status()).isEqualTo(302);
            });
  }

  @Test
  void anAnswerIsReadOnlyInItsBeginning() {
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(500, 0);
          try (var body = exchange.getResponseBody()) {
            byte[] block = new byte[64 * 1024];
            java.util.Arrays.fill(block, (byte) 'x');
            for (int i = 0; i < 100; i++) {
              body.write(block);
            }
          }
        });
    server.start();

    assertThat(post("/"))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.message()).hasSizeLessThanOrEqualTo(4096));
  }

  @Test
  void silenceIsATimeout() throws IOException {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Outcome outcome =
          poster.apply(
              new Request.Post(
                  "http://127.0.0.1:" + silent.getLocalPort() + "/", Map.of(), "body"));
      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.Failed.class, failed -> assertThat(failed.status()).isZero());
    }
  }

  @Test
  void anAddressThatIsNoneFails() {
    assertThat(poster.apply(new Request.Post("nowhere", Map.of(), "")))
        .isInstanceOfSatisfying(
            Outcome.Failed.class, failed -> assertThat(failed.error()).isEqualTo("InvalidAddress"));
  }

  private Outcome answering(int status) {
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    return post("/");
  }

  private Outcome post(String path) {
    return poster.apply(
        new Request.Post(
            "http://127.0.0.1:" + server.getAddress().getPort() + path,
            Map.of("Content-Type", "text/plain; charset=UTF-8", "Host", "ignored"),
            "body"));
  }
}
