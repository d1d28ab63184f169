package dev.tutti.torture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that put events for some of the choir each, and take down what is acknowledged. */
final class Conductor {
  private final int port;
  private final JsonLines acks;
  private final SplittableRandom random;
  private final int clients;
  private final int pauseMillis;
  private final Score score;
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopping;

  /** What is sung: writes into an event's detail which of the choir it is for. */
  interface Score {
    /**
     * Called for each event.
     *
     * @param client who puts it, from 0
     */
    void write(ObjectNode detail, int client, SplittableRandom chance);
  }

  /**
   * Clients that do nothing yet.
   *
   * @param pauseMillis what a client waits between two events
   */
  Conductor(
      int port,
      JsonLines acks,
      SplittableRandom random,
      int clients,
      int pauseMillis,
      Score score) {
    this.port = port;
    this.acks = acks;
    this.random = random;
    this.clients = clients;
    this.pauseMillis = pauseMillis;
    this.score = score;
  }

  long acknowledged() {
    return acknowledged.get();
  }

  void start() {
    stopping = false;
    for (int i = 0; i < clients; i++) {
      int client = i;
      SplittableRandom chance = random.split();
      threads.add(Thread.ofVirtual().start(() -> run(client, chance)));
    }
  }

  void stop() throws InterruptedException {
    stopping = true;
    for (Thread thread : threads) {
      thread.join();
    }
    threads.clear();
  }

  private void run(int client, SplittableRandom chance) {
    try (Caller caller = new Caller(port)) {
      while (!stopping) {
        put(caller, client, chance);
        Thread.sleep(pauseMillis);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void put(Caller caller, int client, SplittableRandom chance) {
    ObjectNode detail = Json.object().put("n", numbers.incrementAndGet());
    detail.put("sent", System.currentTimeMillis());
    score.write(detail, client, chance);
    ObjectNode input = Json.object();
    input
        .putArray("Entries")
        .addObject()
        .put("EventBusName", Choir.BUS)
        .put("Source", "choir")
        .put("DetailType", "sing")
        .put("Detail", Json.write(detail));
    if (caller.call(Choir.ACCOUNT, Caller.Service.EVENTS, "PutEvents", input)
        instanceof Caller.Answer.Done done) {
      JsonNode id = done.body().path("Entries").path(0).path("EventId");
      ObjectNode ack = Json.object().put("op", "sung").put("id", id.asText());
      ack.put("client", client).put("at", System.currentTimeMillis()).set("detail", detail);
      acks.add(ack);
      acknowledged.incrementAndGet();
    }
  }
}
