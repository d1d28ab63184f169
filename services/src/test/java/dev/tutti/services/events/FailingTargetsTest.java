package dev.tutti.services.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.services.Exchange;
import dev.tutti.wire.ServiceError;
import java.util.HashSet;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of events whose targets fail, or answer and are not heard. */
final class FailingTargetsTest {
  private static final String MACHINE = "arn:aws:states:us-east-1:" + Rig.OWNER + ":stateMachine:m";
  private static final String FUNCTION = "arn:aws:lambda:us-east-1:" + Rig.OWNER + ":function:f";
  private static final String LETTERS = "arn:aws:sqs:us-east-1:" + Rig.OWNER + ":letters";

  private final Queue<String> started = new ConcurrentLinkedQueue<>();
  private final Queue<JsonNode> sent = new ConcurrentLinkedQueue<>();
  private final Rig rig =
      new Rig()
          .with("states", "StartExecution", this::start)
          .with("lambda", "Invoke", FailingTargetsTest::refuse)
          .with(
              "sqs",
              "SendMessage",
              exchange -> {
                sent.add(exchange.input());
                return Json.object().put("MessageId", "m");
              })
          .open();

  @AfterEach
  void close() {
    rig.close();
  }

  /** Starts, and doesn't get as far as saying so the first time. */
  private JsonNode start(Exchange exchange) {
    started.add(exchange.input().path("name").asText());
    throw started.size() == 1
        ? new ServiceError("ServiceUnavailable", "try again")
        : new ServiceError("ExecutionAlreadyExists", "Execution Already Exists");
  }

  private static JsonNode refuse(Exchange exchange) {
    throw new ServiceError(
        "ResourceNotFoundException",
        "Function not found: " + exchange.input().path("FunctionName"));
  }

  @Test
  void startsOneExecutionHoweverOftenAnEventIsDelivered() {
    rig.subscribe("r", Json.object().put("Arn", MACHINE));
    String event = rig.put(1).getFirst();

    await().untilAsserted(() -> assertThat(started).hasSize(2));
    assertThat(new HashSet<>(started)).hasSize(1);
    assertThat(started.peek()).startsWith(event + "_").hasSizeLessThanOrEqualTo(80);
  }

  @Test
  void givesWhatATargetRefusesToItsDeadLetters() {
    ObjectNode target = Json.object().put("Arn", FUNCTION);
    target.putObject("DeadLetterConfig").put("Arn", LETTERS);
    rig.subscribe("r", target);
    String event = rig.put(1).getFirst();

    await().untilAsserted(() -> assertThat(sent).hasSize(1));
    JsonNode message = sent.element();
    assertThat(Json.parse(message.path("MessageBody").asText()).path("id").asText())
        .isEqualTo(event);
    assertThat(message.path("QueueUrl").asText()).endsWith("/" + Rig.OWNER + "/letters");
    JsonNode attributes = message.path("MessageAttributes");
    assertThat(attributes.path("RULE_ARN").path("StringValue").asText())
        .isEqualTo(Rig.ARNS + "rule/r");
    assertThat(attributes.path("TARGET_ARN").path("StringValue").asText()).isEqualTo(FUNCTION);
    assertThat(attributes.path("ERROR_CODE").path("StringValue").asText()).isEqualTo("NO_RESOURCE");
    assertThat(attributes.path("RETRY_ATTEMPTS").path("StringValue").asText()).isEqualTo("0");
    assertThat(attributes.has("EXHAUSTED_RETRY_CONDITION")).isFalse();
    assertThat(rig.call("ListTargetsByRule", "{\"Rule\":\"r\"}").findPath("DeadLetterConfig"))
        .isEqualTo(Json.object().put("Arn", LETTERS));
  }

  @Test
  void takesNoOtherQueueForDeadLetters() {
    ObjectNode target = Json.object().put("Arn", FUNCTION);
    target.putObject("DeadLetterConfig").put("Arn", LETTERS + ".fifo");

    assertThatThrownBy(() -> rig.subscribe("r", target))
        .isInstanceOf(ServiceError.class)
        .hasMessageContaining("FIFO queues are not supported");
  }
}
