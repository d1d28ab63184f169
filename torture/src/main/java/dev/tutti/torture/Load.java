package dev.tutti.torture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that start executions, put events and send messages one after the other, and take down
 * what was acknowledged as soon as it is. What got no answer is asked again, in the same words, by
 * the client's next life.
 */
final class Load {
  private static final List<String> KINDS =
      List.of("plain", "wait", "call", "fan", "fail", "gamble", "ask");

  /** So many requests later a client redrives what may have failed. */
  private static final int REDRIVEN_AFTER = 20;

  /** So many requests has each client, at most. */
  private static final long NUMBERS = 1_000_000;

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int RETRY_MILLIS = 20;

  private final JsonLines acks;
  private final int port;
  private final Mix mix;
  private final List<Client> clients = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLong acknowledged = new AtomicLong();
  private volatile boolean stopping;

  /**
   * What is asked for.
   *
   * @param pauseMillis what a client waits between two requests, at most
   * @param remarks whether only events are put that no rule matches
   * @param padBytes by which starts and events are longer than need be
   */
  record Mix(int clients, int pauseMillis, boolean remarks, int padBytes) {}

  static final Mix MIXED = new Mix(4, 25, false, 0);
  static final Mix REMARKS = new Mix(12, 0, true, 0);
  static final Mix LARGE = new Mix(4, 5, false, 60_000);

  /** Clients that do nothing yet. */
  Load(JsonLines acks, int port, Mix mix, long seed) {
    this.acks = acks;
    this.port = port;
    this.mix = mix;
    SplittableRandom seeds = new SplittableRandom(seed);
    for (int i = 0; i < mix.clients(); i++) {
      clients.add(new Client(i, seeds.split()));
    }
  }

  /** How many requests were acknowledged so far. */
  long acknowledged() {
    return acknowledged.get();
  }

  /** Waits until one more request is acknowledged, or the runtime is gone. */
  void awaitMore(Victim victim) throws InterruptedException {
    long before = acknowledged();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (acknowledged() == before && victim.isAlive()) {
      if (System.nanoTime() > deadline) {
        throw new Violation("I25: nothing is acknowledged within " + PATIENCE);
      }
      Thread.sleep(2);
    }
  }

  int clients() {
    return mix.clients();
  }

  void start() {
    stopping = false;
    for (Client client : clients) {
      threads.add(Thread.ofVirtual().start(client::run));
    }
  }

  /** Returns once no client waits for an answer; the runtime is gone, or answers. */
  void stop() throws InterruptedException {
    stopping = true;
    for (Thread thread : threads) {
      thread.join();
    }
    threads.clear();
  }

  /** A request, and what is written down once it is acknowledged. */
  private record Request(
      Caller.Service service, String operation, JsonNode input, ObjectNode ack) {}

  private final class Client {
    private final int number;
    private final SplittableRandom random;
    private final Deque<Request> unsure = new ArrayDeque<>();
    private final Trespass trespass;
    private long count;

    Client(int number, SplittableRandom random) {
      this.number = number;
      this.random = random;
      this.trespass = new Trespass(random.split(), port);
    }

    private void run() {
      try (Caller caller = new Caller(port)) {
        while (!stopping) {
          if (random.nextInt(20) == 0 && unsure.isEmpty()) {
            // A repeat of what was acknowledged before, now and then.
            count = Math.max(0, count - 1);
          }
          ask(caller, unsure.isEmpty() ? next() : unsure.peekFirst());
          if (!mix.remarks() && random.nextInt(20) == 0) {
            acks.add(trespass.attempt(caller, number * NUMBERS + count));
          }
          Thread.sleep(random.nextInt(mix.pauseMillis() + 1));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void ask(Caller caller, Request request) throws InterruptedException {
      switch (caller.call(Stage.NORTH, request.service(), request.operation(), request.input())) {
        case Caller.Answer.Done done -> {
          acknowledged(request, done.body());
          unsure.pollFirst();
        }
        case Caller.Answer.Refused refused -> {
          refused(refused);
          if (refused.status() < 500) {
            unsure.pollFirst();
          } else if (unsure.isEmpty()) {
            unsure.add(request);
          }
        }
        case Caller.Answer.Nothing _ -> {
          if (unsure.isEmpty()) {
            unsure.add(request);
          }
          Thread.sleep(RETRY_MILLIS);
        }
      }
    }

    private void refused(Caller.Answer.Refused refused) {
      ObjectNode line = Json.object();
      line.put("at", System.currentTimeMillis());
      line.put("op", "refused");
      line.put("status", refused.status());
      line.set("body", refused.body());
      acks.add(line);
    }

    private void acknowledged(Request request, JsonNode body) {
      ObjectNode ack = request.ack().deepCopy();
      ack.put("at", System.currentTimeMillis());
      ack.set("answer", body);
      acks.add(ack);
      acknowledged.incrementAndGet();
    }

    private Request next() {
      long n = number * NUMBERS + count++;
      if (!mix.remarks() && mayFail(n - REDRIVEN_AFTER)) {
        return redrive(n - REDRIVEN_AFTER);
      }
      SplittableRandom chance = new SplittableRandom(n);
      int dice = chance.nextInt(10);
      ObjectNode detail = Json.object();
      detail.put("n", n);
      detail.put("kind", KINDS.get(chance.nextInt(KINDS.size())));
      detail.put("unlucky", chance.nextInt(4) == 0);
      detail.put("pad", "x".repeat(mix.padBytes()));
      if (mix.remarks()) {
        return event(2, detail);
      }
      if (dice < 4) {
        return execution(n, detail);
      }
      return dice < 8 ? event(chance.nextInt(3), detail) : message(n);
    }

    /** Whether a request of this client has started an execution that may well fail. */
    private boolean mayFail(long n) {
      if (n < number * NUMBERS) {
        return false;
      }
      SplittableRandom chance = new SplittableRandom(n);
      return chance.nextInt(10) < 4
          && List.of("fail", "gamble").contains(KINDS.get(chance.nextInt(KINDS.size())));
    }

    private Request redrive(long n) {
      ObjectNode ask = Json.object();
      ask.put("executionArn", Stage.execution("n-" + n)).put("clientToken", "again-" + n);
      ObjectNode ack = Json.object().put("op", "redrive").put("name", "n-" + n);
      return new Request(Caller.Service.STATES, "RedriveExecution", ask, ack);
    }

    private Request execution(long n, ObjectNode detail) {
      ObjectNode wrapped = Json.object();
      wrapped.set("detail", detail);
      String input = Json.write(wrapped);
      ObjectNode ask = Json.object();
      ask.put("stateMachineArn", Stage.MACHINE);
      ask.put("name", "n-" + n);
      ask.put("input", input);
      ObjectNode ack = Json.object().put("op", "start").put("name", "n-" + n).put("input", input);
      return new Request(Caller.Service.STATES, "StartExecution", ask, ack);
    }

    private Request event(int kind, ObjectNode detail) {
      ObjectNode ask = Json.object();
      ObjectNode entry = ask.putArray("Entries").addObject();
      entry.put("EventBusName", Stage.BUS);
      entry.put("Source", "client");
      entry.put("DetailType", List.of("order", "question", "remark").get(kind));
      entry.put("Detail", Json.write(detail));
      ObjectNode ack = Json.object().put("op", "put").put("detail", Json.write(detail));
      return new Request(Caller.Service.EVENTS, "PutEvents", ask, ack);
    }

    private Request message(long n) {
      ObjectNode ask = Json.object();
      ask.put("QueueUrl", Stage.queueUrl(port));
      ask.put("MessageBody", Long.toString(n));
      ask.put("MessageGroupId", "g" + number);
      ask.put("MessageDeduplicationId", "d" + n);
      ObjectNode ack = Json.object().put("op", "send").put("group", "g" + number).put("n", n);
      return new Request(Caller.Service.SQS, "SendMessage", ask, ack);
    }
  }
}
