package dev.tutti.simulate.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Fact;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.queues.Content;
import dev.tutti.core.queues.QueueFact;
import dev.tutti.core.workflow.ExecutionFact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SayingsTest {
  private static final Key EXECUTION =
      new Key("express", "arn:aws:states:us-east-1:111111111111:express:m:e:1");

  private static final Key QUEUE = new Key("queue", "q");
  private static final String RESOURCE = "arn:aws:states:::sqs:sendMessage";
  private static final JsonNode SAID =
      Json.object().put("run", EXECUTION.id()).put("as", "MessageBody");

  private final Map<Key, List<Recorded<?>>> facts = new HashMap<>();
  private final Seen seen = new Seen();

  @Test
  void whatARepeatedRunSaysOnceIsWell() {
    run("1");
    run("1");
    sent("1");

    assertThat(faults()).isEmpty();
  }

  @Test
  void whatATaskWasToldOfHasToBeThere() {
    run("1");

    assertThat(faults()).singleElement().asString().startsWith("I2: ");
  }

  @Test
  void whatARepeatedRunSaysAgainIsTheSame() {
    run("1");
    run("2");
    sent("1");
    sent("2");

    assertThat(faults()).hasSize(2).allMatch(fault -> fault.startsWith("I17: "));
  }

  @Test
  void nothingIsThereMoreOftenThanItWasSaid() {
    run("1");
    sent("1");
    sent("2");

    assertThat(faults()).singleElement().asString().contains("is there 2 times, said 1");
  }

  private List<String> faults() {
    List<String> faults = new ArrayList<>();
    new Sayings(facts, seen, faults).judge();
    return faults;
  }

  /** A run of the execution, which sends a message and is told its id. */
  private void run(String messageId) {
    JsonNode parameters = Json.object().set("MessageBody", SAID);
    saw(new ExecutionFact.Started(1, 0, "m", "", "", "{}", "S", null, null, null, null));
    saw(
        new ExecutionFact.TaskScheduled(
            2, 1, 0, RESOURCE, "us-east-1", parameters, null, null, null, null));
    saw(
        new ExecutionFact.TaskSucceeded(
            3, 2, 0, RESOURCE, Json.object().put("MessageId", messageId)));
  }

  private void saw(ExecutionFact fact) {
    seen.accept(recorded(EXECUTION, fact));
  }

  private void sent(String messageId) {
    var content = new Content(Json.write(SAID), Json.object(), null, "111111111111", null);
    facts
        .computeIfAbsent(QUEUE, _ -> new ArrayList<>())
        .add(recorded(QUEUE, new QueueFact.Sent(messageId, content, 0, null, null, null)));
  }

  private static <F extends Fact> Recorded<F> recorded(Key key, F fact) {
    return new Recorded<>(key, 1, 0, new Cause("root", "", "origin"), fact);
  }
}
