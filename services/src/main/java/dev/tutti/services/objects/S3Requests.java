package dev.tutti.services.objects;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.services.forward.Signing;
import dev.tutti.wire.ServiceError;
import dev.tutti.wire.model.Member;
import dev.tutti.wire.model.Models;
import dev.tutti.wire.model.Shape;
import dev.tutti.wire.protocol.XmlInput;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signed requests to an S3, repeated a few times where it is busy, ails or can't be reached: all of
 * them may be repeated. Blocks; call it on a virtual thread.
 */
final class S3Requests implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(S3Requests.class);
  private static final int ATTEMPTS = 4;
  private static final Set<Integer> PASSING = Set.of(429, 500, 502, 503, 504);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final long TIMEOUT_MILLIS = 30_000;
  private static final long SLOWEST_BYTES_PER_MILLI = 1_000;
  private static final int LONGEST_ANSWER = 32 * 1024 * 1024;
  private static final String NO_SECRET = "none";

  private final S3Endpoint endpoint;
  private final Duration pause;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * Requests to an endpoint.
   *
   * @param pause before the second attempt; twice that before the next, and so on
   */
  S3Requests(S3Endpoint endpoint, Duration pause) {
    this.endpoint = endpoint;
    this.pause = pause;
  }

  /**
   * A request.
   *
   * @param account whose it is
   * @param target path and query, percent-encoded, the query's parameters sorted
   */
  record Ask(
      String method, String account, String target, Map<String, String> headers, Load load) {}

  /**
   * What a request carries.
   *
   * @param digest SHA-256 in hex
   */
  record Load(HttpRequest.BodyPublisher bytes, String digest) {
    static final Load NONE =
        new Load(
            HttpRequest.BodyPublishers.noBody(),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  /** An answer, whatever its status. */
  @SuppressWarnings("ArrayRecordComponent") // bytes that pass through; nobody compares answers
  record Answer(int status, HttpHeaders headers, byte[] body) {
    boolean isGood() {
      return status / 100 == 2;
    }

    /** A header's value; empty where there is none. */
    String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    /** The body as the output of an operation. */
    JsonNode output(String operation) throws IOException {
      return read(Models.of("s3").operation(operation).orElseThrow().output());
    }

    private JsonNode read(Shape shape) throws IOException {
      try {
        return XmlInput.read(shape, body);
      } catch (ServiceError e) {
        throw new ObjectStore.Refused("InvalidResponse", "The answer is not understood", status);
      }
    }

    /** The error that it is. */
    ObjectStore.Refused refused() throws IOException {
      if (body.length == 0) {
        return status == 403
            ? new ObjectStore.Refused("AccessDenied", "Access Denied", status)
            : new ObjectStore.Refused(
                "HttpStatus" + status, "The status is all that was answered", status);
      }
      JsonNode error = read(errorShape());
      String code = error.path("Code").asText("HttpStatus" + status);
      return new ObjectStore.Refused(code, error.path("Message").asText(""), status);
    }

    /** S3's model has the form of its errors where several are told at once. */
    private static Shape errorShape() {
      Shape.Structure many = Models.of("s3").operation("DeleteObjects").orElseThrow().output();
      return switch (many.members().get("Errors")) {
        case null -> many;
        case Member errors ->
            errors.shape() instanceof Shape.Listing list ? list.element().shape() : many;
      };
    }
  }

  /**
   * Asks, until there is an answer that repeating wouldn't change, or a few times.
   *
   * @throws ObjectStore.Refused where there is no answer at all
   */
  Answer send(Ask ask) throws IOException {
    for (int attempt = 1; ; attempt++) {
      String failure;
      try {
        Answer answer = once(ask);
        if (attempt == ATTEMPTS || !PASSING.contains(answer.status())) {
          return answer;
        }
        failure = "status " + answer.status();
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw unreachable(e);
        }
        failure = e.toString();
      }
      LOG.debug("{} {}, attempt {}: {}", ask.method(), ask.target(), attempt, failure);
      pause(attempt);
    }
  }

  private ObjectStore.Refused unreachable(IOException e) {
    String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    var refused =
        new ObjectStore.Refused(
            "ServiceUnavailable", "No answer from " + endpoint.address() + ": " + why, 503);
    refused.initCause(e);
    return refused;
  }

  private void pause(int attempt) throws InterruptedIOException {
    long most = pause.toMillis() << (attempt - 1);
    try {
      Thread.sleep(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("the request was broken off");
  }

  private Answer once(Ask ask) throws IOException {
    long bytes = Math.max(0, ask.load().bytes().contentLength());
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(
            request(ask), BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER));
    try {
      HttpResponse<byte[]> answer =
          exchange.get(TIMEOUT_MILLIS + bytes / SLOWEST_BYTES_PER_MILLI, TimeUnit.MILLISECONDS);
      return new Answer(answer.statusCode(), answer.headers(), answer.body());
    } catch (TimeoutException e) {
      exchange.cancel(true);
      throw new IOException("it took too long", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
    } catch (InterruptedException e) {
      exchange.cancel(true);
      throw interrupted();
    }
  }

  private HttpRequest request(Ask ask) {
    Signing own = endpoint.signing();
    Signing by = own == null ? new Signing(ask.account(), NO_SECRET, null) : own;
    URI to = URI.create(endpoint.address() + ask.target());
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(to).method(ask.method(), ask.load().bytes());
    by.signedForS3(
            ask.method(), to, ask.headers(), ask.load().digest(), endpoint.region(), Instant.now())
        .forEach(builder::header);
    return builder.build();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
