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
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** The choir's targets: each takes down what it is told before it answers as its mood is. */
final class Singers implements AutoCloseable {
  private static final int SLOW_MILLIS = 1500;

  private final HttpServer server;
  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonLines log;
  private final Map<String, Mood> moods = new ConcurrentHashMap<>();
  private final Set<String> confirmed = ConcurrentHashMap.newKeySet();
  private final Map<String, Set<String>> heard = new ConcurrentHashMap<>();
  private final AtomicLong count = new AtomicLong();

  /** How a target behaves. */
  enum Mood {
    /** Takes everything, at once. */
    WELL,
    /** Takes nothing: 503. */
    DEAD,
    /** Takes everything, after a second and a half. */
    SLOW,
    /** Takes everything, and says every other time that it failed, so that it comes again. */
    DUPLICATING,
    /** Takes everything, and says now and then that there is no such thing, or nothing at all. */
    LYING
  }

  Singers(JsonLines log) {
    this.log = log;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    } catch (IOException e) {
      throw new UncheckedIOException("no port to listen on", e);
    }
    server.createContext("/", this::hear);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void mood(String target, Mood mood) {
    moods.put(target, mood);
  }

  /** All are well again. */
  void heal() {
    moods.clear();
  }

  int confirmed() {
    return confirmed.size();
  }

  /** How often anything was told. */
  long count() {
    return count.get();
  }

  /** Whether a target took an event at least once. */
  boolean heard(String target, String event) {
    return heard.getOrDefault(target, Set.of()).contains(event);
  }

  private void hear(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode message = Json.parse(exchange.getRequestBody().readAllBytes());
      String target = exchange.getRequestURI().getPath().substring(1);
      if (message.path("Type").asText().equals("SubscriptionConfirmation")) {
        confirm(target, message.path("SubscribeURL").textValue());
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      answer(exchange, target, Json.parse(message.path("Message").textValue()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(HttpExchange exchange, String target, JsonNode event)
      throws IOException, InterruptedException {
    Mood mood = moods.getOrDefault(target, Mood.WELL);
    if (mood == Mood.DEAD) {
      exchange.sendResponseHeaders(503, -1);
      return;
    }
    long nth = take(target, event);
    switch (mood) {
      case SLOW -> {
        Thread.sleep(SLOW_MILLIS);
        exchange.sendResponseHeaders(200, -1);
      }
      case DUPLICATING -> exchange.sendResponseHeaders(nth % 2 == 0 ? 200 : 500, -1);
      case LYING -> {
        if (nth % 8 == 1) {
          exchange.sendResponseHeaders(404, -1);
        } else if (nth % 8 != 5) {
          exchange.sendResponseHeaders(200, -1);
        } // else the connection ends without an answer
      }
      case WELL, DEAD -> exchange.sendResponseHeaders(200, -1);
    }
  }

  private long take(String target, JsonNode event) {
    ObjectNode line = Json.object().put("at", System.currentTimeMillis()).put("op", "sung");
    line.putObject("body").put("target", target).set("event", event);
    log.add(line);
    heard
        .computeIfAbsent(target, _ -> ConcurrentHashMap.newKeySet())
        .add(event.path("id").asText());
    return count.incrementAndGet();
  }

  private void confirm(String target, String url) throws IOException, InterruptedException {
    var answer =
        http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("the confirmation was refused: " + answer.body());
    }
    confirmed.add(target);
  }

  @Override
  public void close() {
    server.stop(0);
    http.shutdownNow();
  }
}
