package dev.tutti.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Calls a runtime over AWS's JSON protocol, as one of its contexts. Requests carry a credential and
 * no signature: on loopback none is checked.
 */
final class AwsClient implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI endpoint;

  AwsClient(int port) {
    this.endpoint = URI.create("http://127.0.0.1:" + port + "/");
  }

  /**
   * Calls an operation.
   *
   * @param target the service's {@code X-Amz-Target} prefix, for example {@code AWSEvents}
   * @throws Complaint where it answers an error
   */
  JsonNode call(String account, String target, String operation, JsonNode input) {
    String service = target.equals("AWSEvents") ? "events" : "states";
    String version = target.equals("AWSEvents") ? "1.1" : "1.0";
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/x-amz-json-" + version)
            .header("X-Amz-Target", target + "." + operation)
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential="
                    + account
                    + "/20260101/us-east-1/"
                    + service
                    + "/aws4_request, SignedHeaders=host, Signature="
                    + "0".repeat(64))
            .POST(BodyPublishers.ofByteArray(Json.bytes(input)))
            .build();
    try {
      var response = http.send(request, BodyHandlers.ofByteArray());
      JsonNode body = Json.parse(response.body());
      if (response.statusCode() != 200) {
        throw new Complaint(operation + " was refused: " + body);
      }
      return body;
    } catch (IOException e) {
      throw new Complaint("the runtime doesn't answer on " + endpoint, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Complaint("interrupted", e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
