package dev.tutti.torture;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.SplittableRandom;

/** A client of the south who reaches for what is the north's; nothing of it may be done (I22). */
final class Trespass {
  private static final String PASS =
      "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"End\":true}}}";

  private final SplittableRandom random;
  private final int port;

  Trespass(SplittableRandom random, int port) {
    this.random = random;
    this.port = port;
  }

  /**
   * Tries something.
   *
   * @param n names what it is tried on
   * @return a line for the clients' log: {@code op} trespassed or turnedAway, {@code operation}
   */
  ObjectNode attempt(Caller caller, long n) {
    ObjectNode execution = Json.object().put("executionArn", Stage.execution("n-" + n));
    return switch (random.nextInt(6)) {
      case 0 -> states(caller, "DescribeExecution", execution);
      case 1 -> states(caller, "StopExecution", execution);
      case 2 -> states(caller, "RedriveExecution", execution);
      case 3 ->
          states(
              caller,
              "UpdateStateMachine",
              Json.object().put("stateMachineArn", Stage.MACHINE).put("definition", PASS));
      case 4 -> {
        ObjectNode put = Json.object();
        put.putArray("Entries")
            .addObject()
            .put("EventBusName", "arn:aws:events:us-east-1:" + Stage.NORTH + ":event-bus/intake")
            .put("Source", "client")
            .put("DetailType", "order")
            .put("Detail", "{\"n\":-1,\"kind\":\"plain\",\"unlucky\":false}");
        yield line(caller, Caller.Service.EVENTS, "PutEvents", put);
      }
      default ->
          line(
              caller,
              Caller.Service.SQS,
              "SendMessage",
              Json.object()
                  .put("QueueUrl", Stage.queueUrl(port))
                  .put("MessageBody", "-1")
                  .put("MessageGroupId", "south")
                  .put("MessageDeduplicationId", "s" + n));
    };
  }

  private static ObjectNode states(Caller caller, String operation, ObjectNode input) {
    return line(caller, Caller.Service.STATES, operation, input);
  }

  private static ObjectNode line(
      Caller caller, Caller.Service service, String operation, ObjectNode input) {
    boolean done =
        caller.call(Stage.SOUTH, service, operation, input) instanceof Caller.Answer.Done answer
            && answer.body().path("FailedEntryCount").asInt() == 0;
    return Json.object().put("op", done ? "trespassed" : "turnedAway").put("operation", operation);
  }
}
