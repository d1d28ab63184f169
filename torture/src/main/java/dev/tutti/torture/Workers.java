package dev.tutti.torture;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Those who are handed task tokens: they end each task with its token, however many runtimes that
 * takes, and then try to end it again, once well and once badly, which may not work (I20).
 */
final class Workers implements AutoCloseable {
  private static final int RETRY_MILLIS = 50;

  private final JsonLines acks;
  private final Caller caller;
  private final BlockingQueue<String> tokens = new LinkedBlockingQueue<>();
  private final Set<String> known = new HashSet<>();
  private final Thread thread;

  Workers(JsonLines acks, int port) {
    this.acks = acks;
    this.caller = new Caller(port);
    this.thread = Thread.ofVirtual().start(this::work);
  }

  /** Takes a token; one that was taken before is the same task, handed over again. */
  void use(String token) {
    synchronized (known) {
      if (known.add(token)) {
        tokens.add(token);
      }
    }
  }

  private void work() {
    try {
      while (true) {
        String token = tokens.take();
        ObjectNode well = Json.object().put("taskToken", token).put("output", "{\"done\":true}");
        ObjectNode badly = Json.object().put("taskToken", token).put("error", "Again");
        if (send("used", "SendTaskSuccess", well)) {
          var _ = send("usedAgain", "SendTaskSuccess", well);
          var _ = send("usedAgain", "SendTaskFailure", badly);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks until somebody answers; returns whether it was done, which is taken down. */
  private boolean send(String op, String operation, ObjectNode input) throws InterruptedException {
    while (true) {
      synchronized (this) {
        switch (caller.call(Stage.NORTH, Caller.Service.STATES, operation, input)) {
          case Caller.Answer.Done _ -> {
            acks.add(Json.object().put("op", op).put("operation", operation));
            return true;
          }
          case Caller.Answer.Refused refused when refused.status() < 500 -> {
            return false;
          }
          case Caller.Answer.Refused _, Caller.Answer.Nothing _ -> {}
        }
      }
      Thread.sleep(RETRY_MILLIS);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    caller.close();
  }
}
