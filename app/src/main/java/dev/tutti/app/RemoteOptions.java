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
import picocli.CommandLine.Option;

/** Which running Tutti a command asks. */
final class RemoteOptions {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "4566",
      description = "port of the running Tutti (${DEFAULT-VALUE})")
  private int port;

  RemoteOptions() {}

  RemoteOptions(int port) {
    this.port = port;
  }

  int port() {
    return port;
  }

  /**
   * Gets a page of the runtime's own.
   *
   * @param path for example {@code /_tutti/map}
   */
  JsonNode get(String path) {
    return send(request(path).GET().build());
  }

  /** Posts JSON to a page of the runtime's own. */
  JsonNode post(String path, JsonNode body) {
    return send(request(path).POST(BodyPublishers.ofByteArray(Json.bytes(body))).build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(PATIENCE);
  }

  private JsonNode send(HttpRequest request) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var response = client.send(request, BodyHandlers.ofString());
      JsonNode body = Json.parse(response.body());
      if (response.statusCode() != 200) {
        throw new Complaint(body.path("message").asText(response.body()));
      }
      return body;
    } catch (IOException e) {
      throw new Complaint(
          "nothing answers on port "
              + port
              + "; start a runtime with ./tutti up, or name its --port",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Complaint("interrupted", e);
    }
  }
}
