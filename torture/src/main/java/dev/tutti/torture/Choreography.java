package dev.tutti.torture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.store.rocksdb.RocksStore;
import dev.tutti.torture.Singers.Mood;
import dev.tutti.torture.check.ChoirChecker;
import dev.tutti.torture.check.Dump;
import dev.tutti.torture.check.Evidence;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Fifty targets, twenty of which are dead, slow, duplicating or lying, and with them a FIFO queue
 * and a state machine that publishes, behind a runtime that is killed again and again. After each
 * kill the data has to account for every delivery; at the end all targets are healed, what is
 * parked is redriven, and everything has to have arrived.
 */
final class Choreography implements AutoCloseable {
  private static final int LONGEST_LIFE_MILLIS = 5_000;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int CLIENTS = 3;
  private static final int PAUSE_MILLIS = 10;
  private static final int MOST_TARGETS = 12;
  private static final int MOST_ANSWERED = 4;
  private static final int OF_A_MOOD = 5;
  private static final int MOST_RESTS = 4;

  private final List<String> command;
  private final Path folder;
  private final Path data;
  private final int port = Victim.freePort();
  private final JsonLines acks;
  private final JsonLines receipts;
  private final Singers singers;
  private final Conductor conductor;
  private final Dump dump = new Dump();
  private int lives;
  private long redriven;
  private long received;

  Choreography(List<String> command, Path folder, SplittableRandom random) {
    this.command = command;
    this.folder = folder;
    this.data = folder.resolve("data");
    this.acks = new JsonLines(folder.resolve("acks.jsonl"));
    this.receipts = new JsonLines(folder.resolve("receipts.jsonl"));
    this.singers = new Singers(receipts);
    this.conductor =
        new Conductor(port, acks, random.split(), CLIENTS, PAUSE_MILLIS, Choreography::compose);
  }

  /** For some of the choir; now and then for the client's line, or with a question. */
  private static void compose(ObjectNode detail, int client, SplittableRandom chance) {
    List<String> targets = new ArrayList<>(Choir.some(chance, MOST_TARGETS));
    if (chance.nextInt(2) == 0) {
      targets.add(Choir.line(client));
    }
    if (chance.nextInt(4) == 0) {
      targets.add(Choir.SOLOIST);
      Choir.some(chance, MOST_ANSWERED).forEach(detail.putArray("answer")::add);
    }
    Choir.address(detail, targets);
  }

  int port() {
    return port;
  }

  Singers singers() {
    return singers;
  }

  JsonLines acks() {
    return acks;
  }

  /** Starts a runtime; it answers when this returns. */
  Victim start(String... arguments) throws InterruptedException {
    lives++;
    Victim victim =
        Victim.start(
            command, List.of(arguments), data, port, Map.of(), folder.resolve("runtime.log"));
    if (!victim.awaitReady()) {
      throw new Violation("I25: the runtime ended with " + victim.exitValue());
    }
    return victim;
  }

  /** Deploys the choir. */
  void setUp() throws InterruptedException {
    Path stage = folder.resolve("stage");
    Choir.write(stage, singers.url());
    try (Victim victim = start(stage.toString())) {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (singers.confirmed() < Choir.TARGETS) {
        if (System.nanoTime() > deadline) {
          throw new Violation("only " + singers.confirmed() + " targets were subscribed");
        }
        Thread.sleep(50);
      }
      victim.stop();
    }
    Mood[] bad = {Mood.DEAD, Mood.SLOW, Mood.DUPLICATING, Mood.LYING};
    for (int i = 0; i < bad.length * OF_A_MOOD; i++) {
      singers.mood(Choir.target(i), bad[i / OF_A_MOOD]);
    }
  }

  /** One life under load, ended by {@code kill -9}. */
  void strike(int cycle, SplittableRandom random) throws InterruptedException {
    try (Victim victim = start()) {
      conductor.start();
      Thread.sleep(500 + random.nextInt(LONGEST_LIFE_MILLIS));
      if (!victim.isAlive()) {
        throw new Violation("the runtime ended by itself with " + victim.exitValue());
      }
      victim.kill();
      conductor.stop();
    }
    judge("after cycle " + cycle, false);
  }

  private void judge(String when, boolean atRest) {
    try (RocksStore store = RocksStore.openReadOnly(data.resolve("store"))) {
      Violation.throwIfAny(when, dump.read(store));
    }
    ChoirChecker checker = new ChoirChecker(Evidence.read(folder), dump.data());
    Violation.throwIfAny(when, atRest ? checker.whole(lives) : checker.anytime());
  }

  /** All targets are well; what is parked is redriven; everything arrives. */
  void rest() throws InterruptedException {
    singers.heal();
    for (int attempt = 1; attempt <= MOST_RESTS; attempt++) {
      try (Victim victim = start()) {
        awaitQuiet();
        redriven += redrive();
        awaitQuiet();
        drain();
        victim.stop();
      }
      try (RocksStore store = RocksStore.openReadOnly(data.resolve("store"))) {
        Violation.throwIfAny("at rest", dump.read(store));
      }
      if (dump.unsettled().isEmpty()) {
        break;
      }
    }
    judge("at the end", true);
  }

  /** Waits until nothing was told for longer than a retry may take. */
  private void awaitQuiet() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    long before = -1;
    int quiet = 0;
    while (quiet < 8 && System.nanoTime() < deadline) {
      long now = singers.count();
      quiet = now == before ? quiet + 1 : 0;
      before = now;
      Thread.sleep(500);
    }
  }

  /** Receives and removes what is in the lines. */
  private void drain() {
    try (Caller caller = new Caller(port)) {
      caller.drain(
          Choir.ACCOUNT,
          Choir.queueUrl(port),
          message -> {
            ObjectNode line = Json.object().put("op", "received");
            line.putObject("body")
                .put("group", message.path("Attributes").path("MessageGroupId").asText())
                .set("event", Json.parse(message.path("Body").asText()));
            receipts.add(line);
            received++;
          });
    }
  }

  private long redrive() throws InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/_tutti/parked/redrive"))
              .timeout(PATIENCE)
              .POST(BodyPublishers.ofString("{\"All\":true}"))
              .build();
      JsonNode answer = Json.parse(http.send(request, BodyHandlers.ofString()).body());
      if (!answer.has("Changed")) {
        throw new Violation("what is parked could not be redriven: " + answer);
      }
      return answer.path("Changed").longValue();
    } catch (IOException e) {
      throw new Violation("what is parked could not be redriven: " + e);
    }
  }

  String figures() {
    return "%d events acknowledged, %d receipts at %d targets of which 20 misbehaved, %d messages in %d groups, %d redriven, %d turns"
        .formatted(
            conductor.acknowledged(),
            singers.count(),
            Choir.TARGETS,
            received,
            Choir.LINES,
            redriven,
            dump.entries());
  }

  @Override
  public void close() {
    singers.close();
    acks.close();
    receipts.close();
  }
}
