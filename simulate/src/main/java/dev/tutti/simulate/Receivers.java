package dev.tutti.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.simulate.judge.Acknowledged;
import java.util.SplittableRandom;

/**
 * Those who send to queues and receive from them: a message that was received is removed at once,
 * late or never, or given back.
 */
final class Receivers {
  private static final int MOST_HIDDEN_SECONDS = 30;

  private final World world;
  private final Acknowledged acknowledged;
  private final Attempts attempts;
  private final Door door;
  private boolean calm;

  /** Does something, again where the process dies of it. */
  @FunctionalInterface
  interface Attempts {
    void attempt(Runnable deed, boolean again);
  }

  /** Calls an operation. */
  @FunctionalInterface
  interface Door {
    JsonNode call(String context, String service, String operation, JsonNode input);
  }

  Receivers(World world, Acknowledged acknowledged, Attempts attempts, Door door) {
    this.world = world;
    this.acknowledged = acknowledged;
    this.attempts = attempts;
    this.door = door;
  }

  /** From now on they remove all that they receive. */
  void calm() {
    calm = true;
  }

  private JsonNode call(String operation, String queue, ObjectNode input) {
    String name = queue.substring(queue.lastIndexOf(':') + 1);
    input.put("QueueUrl", "http://127.0.0.1/" + Scenario.SHOP + "/" + name);
    return door.call(Scenario.SHOP, "sqs", operation, input);
  }

  void send(Scenario.Deed.Send send) {
    ObjectNode input = Json.object().put("MessageBody", send.body());
    if (send.group() != null) {
      input.put("MessageGroupId", send.group());
    }
    JsonNode answer = call("SendMessage", send.queue(), input);
    acknowledged.sent(send.queue(), answer.path("MessageId").asText(), send.body());
  }

  void receive(String queue) {
    SplittableRandom random = world.random();
    JsonNode answer =
        call(
            "ReceiveMessage",
            queue,
            Json.object()
                .put("MaxNumberOfMessages", random.nextInt(1, 4))
                .put("VisibilityTimeout", random.nextInt(1, MOST_HIDDEN_SECONDS))
                .put("WaitTimeSeconds", 0));
    for (JsonNode message : answer.path("Messages")) {
      acknowledged.received(
          queue, message.path("MessageId").asText(), message.path("Body").asText());
      ObjectNode input = Json.object().put("ReceiptHandle", message.path("ReceiptHandle").asText());
      switch (calm ? 0 : random.nextInt(4)) {
        case 0 -> later(0, "DeleteMessage", queue, input);
        case 1 ->
            later(random.nextInt(2 * MOST_HIDDEN_SECONDS * 1000), "DeleteMessage", queue, input);
        case 2 ->
            later(
                random.nextInt(5_000),
                "ChangeMessageVisibility",
                queue,
                input.put("VisibilityTimeout", random.nextInt(5)));
        default -> {}
      }
    }
  }

  private void later(long millis, String operation, String queue, ObjectNode input) {
    world.later(
        millis,
        () ->
            attempts.attempt(
                () -> {
                  call(operation, queue, input.deepCopy());
                },
                true));
  }
}
