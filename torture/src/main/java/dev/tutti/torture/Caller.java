package dev.tutti.torture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Consumer;

/** Calls a runtime over AWS's JSON protocol, as one of the stage's contexts. */
final class Caller implements AutoCloseable {
  /** In each request's signature; nothing that is kept may hold it. */
  static final String SECRET = "5ec4e7" + "0ddba11c0ffee".repeat(4);

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI endpoint;

  Caller(int port) {
    this.endpoint = URI.create("http://127.0.0.1:" + port + "/");
  }

  /** What came back of a call. */
  sealed interface Answer {
    /** Status 200. */
    record Done(JsonNode body) implements Answer {}

    /** Another status; the body names the error. */
    record Refused(int status, JsonNode body) implements Answer {}

    /** Nothing came back: nobody knows whether it was done. */
    record Nothing(String why) implements Answer {}
  }

  /** A service as its protocol names it. */
  enum Service {
    STATES("AWSStepFunctions", "1.0"),
    EVENTS("AWSEvents", "1.1"),
    SQS("AmazonSQS", "1.0");

    private final String target;
    private final String version;

    Service(String target, String version) {
      this.target = target;
      this.version = version;
    }
  }

  Answer call(String account, Service service, String operation, JsonNode input) {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/x-amz-json-" + service.version)
            .header("X-Amz-Target", service.target + "." + operation)
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential="
                    + account
                    + "/20260101/us-east-1/"
                    + service.name().toLowerCase(java.util.Locale.ROOT)
                    + "/aws4_request, SignedHeaders=host, Signature="
                    + SECRET)
            .POST(BodyPublishers.ofByteArray(Json.bytes(input)))
            .build();
    try {
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      JsonNode body = response.body().length == 0 ? Json.object() : Json.parse(response.body());
      return response.statusCode() == 200
          ? new Answer.Done(body)
          : new Answer.Refused(response.statusCode(), body);
    } catch (IOException e) {
      return new Answer.Nothing(String.valueOf(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.Nothing("interrupted");
    }
  }

  /** Calls what has to be done, when no fault is about. */
  JsonNode must(String account, Service service, String operation, JsonNode input) {
    return switch (call(account, service, operation, input)) {
      case Answer.Done done -> done.body();
      case Answer.Refused refused ->
          throw new Violation(operation + " was refused: " + refused.body());
      case Answer.Nothing nothing ->
          throw new Violation(operation + " was not answered: " + nothing.why());
    };
  }

  /**
   * Receives and removes every message of a queue.
   *
   * @param taken is told of each message before it is removed
   */
  void drain(String account, String queueUrl, Consumer<JsonNode> taken) {
    ObjectNode ask = Json.object().put("QueueUrl", queueUrl).put("MaxNumberOfMessages", 10);
    ask.putArray("AttributeNames").add("MessageGroupId");
    while (true) {
      JsonNode messages = must(account, Service.SQS, "ReceiveMessage", ask).path("Messages");
      if (messages.isEmpty()) {
        return;
      }
      for (JsonNode message : messages) {
        taken.accept(message);
        ObjectNode removal = Json.object().put("QueueUrl", queueUrl);
        removal.set("ReceiptHandle", message.path("ReceiptHandle"));
        var _ = must(account, Service.SQS, "DeleteMessage", removal);
      }
    }
  }

  boolean isHealthy() {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(endpoint.resolve("health")).timeout(TIMEOUT).build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
