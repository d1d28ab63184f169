package dev.tutti.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A client without any SDK, as one context. */
final class PlainClient implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;
  private final String context;

  /** One server-sent event: its id and its data. */
  record Sent(String id, JsonNode data) {}

  PlainClient(int port, String context) {
    this.port = port;
    this.context = context;
  }

  /** An operation in AWS's JSON protocol; the answer's body. */
  JsonNode aws(String service, String prefix, String operation, String input) {
    HttpRequest request =
        to("/")
            .header("Content-Type", "application/x-amz-json-1.1")
            .header("X-Amz-Target", prefix + "." + operation)
            .header("Authorization", authorization(service))
            .POST(BodyPublishers.ofString(input))
            .build();
    return Json.parse(send(request).body());
  }

  /** An operation in AWS's query protocol, SNS's version; the answer's body. */
  String query(String service, String form) {
    HttpRequest request =
        to("/")
            .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .header("Authorization", authorization(service))
            .POST(BodyPublishers.ofString(form + "&Version=2010-03-31"))
            .build();
    return send(request).body();
  }

  private String authorization(String service) {
    return "AWS4-HMAC-SHA256 Credential=%s/20260101/us-east-1/%s/aws4_request"
        .formatted(context, service);
  }

  JsonNode events(String operation, String input) {
    return aws("events", "AWSEvents", operation, input);
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Posts to a bus's stream. */
  HttpResponse<String> post(String path, Map<String, String> headers, String body) {
    HttpRequest.Builder request = to(path).header("Authorization", "Bearer " + context);
    headers.forEach(request::header);
    return send(request.POST(BodyPublishers.ofString(body)).build());
  }

  static String query(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Opens a stream; its status and lines. */
  HttpResponse<InputStream> open(String path, String lastEventId) {
    HttpRequest.Builder request = to(path).header("Authorization", "Bearer " + context);
    if (!lastEventId.isEmpty()) {
      request.header("Last-Event-ID", lastEventId);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Reads so many events of a stream and lets go of it. */
  List<Sent> read(String path, String lastEventId, int count) {
    List<Sent> events = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(open(path, lastEventId).body(), StandardCharsets.UTF_8))) {
      String id = "";
      for (String line = lines.readLine();
          line != null && events.size() < count;
          line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("data: ")) {
          events.add(new Sent(id, Json.parse(line.substring(6))));
          if (events.size() == count) {
            return events;
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return events;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
