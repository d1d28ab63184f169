package dev.tutti.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tutti.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** An SNS subscriber over HTTP: confirms its subscription and keeps what it is told. */
final class Subscriber implements AutoCloseable {
  private final HttpServer server;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<JsonNode> notifications = new CopyOnWriteArrayList<>();

  Subscriber() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("no port to listen on for notifications", e);
    }
    server.createContext("/announcements", this::receive);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/announcements";
  }

  /** The notifications so far, as SNS posts them. */
  List<JsonNode> notifications() {
    return notifications;
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode message = Json.parse(exchange.getRequestBody().readAllBytes());
      switch (message.path("Type").asText()) {
        case "SubscriptionConfirmation" -> confirm(message.path("SubscribeURL").textValue());
        case "Notification" -> notifications.add(message);
        default -> {
          exchange.sendResponseHeaders(400, -1);
          return;
        }
      }
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private void confirm(String url) throws IOException {
    try {
      var answer =
          http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException("the confirmation was refused: " + answer.body());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    http.close();
  }
}
