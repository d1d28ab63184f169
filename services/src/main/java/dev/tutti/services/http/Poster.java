package dev.tutti.services.http;

import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Request;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts to addresses outside: within a bounded time from connecting to the last byte, without
 * following redirects, and reading only the beginning of an answer.
 *
 * <p>Any 2xx is a success. Blocks; call it on a virtual thread.
 */
public final class Poster implements Function<Request.Post, Outcome>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Poster.class);
  private static final int MAX_ANSWER_BYTES = 4096;

  /** Headers that are the client's own to set. */
  private static final Set<String> RESTRICTED = restricted();

  private final HttpClient client;
  private final Duration timeout;

  /**
   * Makes a poster.
   *
   * @param timeout for a whole exchange; SNS gives an endpoint 15 seconds
   */
  public Poster(Duration timeout) {
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  private static Set<String> restricted() {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(Set.of("Connection", "Content-Length", "Expect", "Host", "Upgrade"));
    return names;
  }

  @Override
  public Outcome apply(Request.Post post) {
    HttpRequest request;
    try {
      request = request(post);
    } catch (IllegalArgumentException e) {
      return failed("InvalidAddress", String.valueOf(e.getMessage()), 400);
    }
    Future<Outcome> exchange =
        client
            .sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
            .thenApply(Poster::read);
    try {
      return exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.debug("{} took too long", post.url(), e);
      exchange.cancel(true);
      return failed("Timeout", "no answer within " + timeout.toMillis() + " ms", 0);
    } catch (ExecutionException e) {
      LOG.debug("{} could not be reached", post.url(), e);
      return failed("ConnectionFailed", String.valueOf(e.getCause()), 0);
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      return failed("Interrupted", "the request was broken off", 0);
    }
  }

  private HttpRequest request(Request.Post post) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(post.url()))
            .timeout(timeout)
            .POST(HttpRequest.BodyPublishers.ofString(post.body(), StandardCharsets.UTF_8));
    post.headers()
        .forEach((name, value) -> {
          if (!RESTRICTED.contains(name)) {
            builder.header(name, value);
          }
        });
    return builder.build();
  }

  private static Outcome read(HttpResponse<InputStream> response) {
    int status = response.statusCode();
    try (InputStream body = response.body()) {
      String beginning = new String(body.readNBytes(MAX_ANSWER_BYTES), StandardCharsets.UTF_8);
      return status / 100 == 2
          ? new Outcome.Succeeded(Json.object().put("StatusCode", status))
          : failed("HttpStatus" + status, beginning, status);
    } catch (IOException e) {
      LOG.debug("an answer broke off", e);
      return failed("ConnectionFailed", String.valueOf(e.getMessage()), 0);
    }
  }

  private static Outcome failed(String error, String message, int status) {
    return new Outcome.Failed("http", error, message, status);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
