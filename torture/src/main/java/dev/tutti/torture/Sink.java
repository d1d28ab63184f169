package dev.tutti.torture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The world that a runtime calls: takes down what it is told, before it answers. */
final class Sink implements AutoCloseable {
  private final HttpServer server;
  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonLines log;
  private final Consumer<String> tokens;
  private final AtomicLong received = new AtomicLong();
  private volatile boolean subscribed;

  /**
   * A world that listens.
   *
   * @param tokens takes the task tokens that the function is handed
   */
  Sink(JsonLines log, Consumer<String> tokens) {
    this.log = log;
    this.tokens = tokens;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("no port to listen on", e);
    }
    server.createContext("/subscriber", this::subscriber);
    server.createContext("/function", this::function);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** How much has come in. */
  long received() {
    return received.get();
  }

  /** Whether its subscription is confirmed: what is published before goes to nobody. */
  boolean isSubscribed() {
    return subscribed;
  }

  private void add(String op, JsonNode what) {
    ObjectNode line = Json.object();
    line.put("at", System.currentTimeMillis());
    line.put("op", op);
    line.set("body", what);
    log.add(line);
    received.incrementAndGet();
  }

  private void subscriber(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode message = Json.parse(exchange.getRequestBody().readAllBytes());
      if (message.path("Type").asText().equals("SubscriptionConfirmation")) {
        confirm(message.path("SubscribeURL").textValue());
      } else {
        add("notified", Json.parse(message.path("Message").textValue()));
      }
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private void function(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode call = Json.parse(exchange.getRequestBody().readAllBytes());
      add("invoked", call);
      if (call.path("event").path("token").isTextual()) {
        tokens.accept(call.path("event").path("token").asText());
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
      subscribed = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    http.shutdownNow();
  }
}
