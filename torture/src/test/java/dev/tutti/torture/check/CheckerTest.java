package dev.tutti.torture.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.delivery.DeliveryFact;
import dev.tutti.core.events.EventFact;
import dev.tutti.core.functions.InvocationFact;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Fact;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.queues.Content;
import dev.tutti.core.queues.QueueFact;
import dev.tutti.core.workflow.ExecutionFact;
import dev.tutti.core.workflow.execution.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What is as it has to be is accepted; each planted lie is named by the invariant that it breaks.
 */
final class CheckerTest {
  private static final String NORTH = "arn:aws:events:us-east-1:100000000001:event-bus/";
  private static final String ARN = "arn:aws:states:us-east-1:100000000001:execution:Work:n-1";
  private static final Key EXECUTION = new Key("execution", ARN);
  private static final Key ORDER = new Key("event", NORTH + "intake|e-1");
  private static final Key MILESTONE = new Key("event", NORTH + "milestones|m-1");
  private static final Key QUEUE = new Key("queue", "q");

  private final Map<Key, List<Recorded<?>>> facts = new LinkedHashMap<>();
  private final List<JsonNode> acks = new ArrayList<>();
  private final List<JsonNode> receipts = new ArrayList<>();
  private final List<String> unsettled = new ArrayList<>();

  CheckerTest() {
    add(EXECUTION, started("{}"));
    add(EXECUTION, scheduled());
    add(ORDER, accepted("e-1", List.of()));
    add(MILESTONE, accepted("m-1", List.of()));
    add(QUEUE, sent("s-1"));
    add(QUEUE, sent("s-2"));
    acks.add(
        Json.parse(
            "{\"op\":\"start\",\"name\":\"n-1\",\"input\":\"{}\",\"answer\":{\"executionArn\":\""
                + ARN
                + "\"}}"));
    acks.add(
        Json.parse(
            "{\"op\":\"put\",\"detail\":\"{\\\"n\\\":1}\",\"answer\":{\"Entries\":[{\"EventId\":\"e-1\"}]}}"));
    acks.add(Json.parse("{\"op\":\"send\",\"group\":\"g\",\"answer\":{\"MessageId\":\"s-1\"}}"));
    receipts.add(receipt("notified", event("m-1").toString()));
    receipts.add(receipt("invoked", "{\"request\":\"" + Ids.uuid(EXECUTION + "/task/2") + "\"}"));
    receipts.add(receipt("received", "{\"group\":\"g\",\"n\":1,\"id\":\"s-1\"}"));
    receipts.add(receipt("received", "{\"group\":\"g\",\"n\":2,\"id\":\"s-2\"}"));
  }

  private static JsonNode receipt(String op, String body) {
    return Json.parse("{\"op\":\"" + op + "\",\"body\":" + body + "}");
  }

  private static ExecutionFact started(String input) {
    return new ExecutionFact.Started(
        1, 0, "machine", "revision", "role", input, "Prepare", null, null, null, null, null, null);
  }

  private static ExecutionFact scheduled() {
    return new ExecutionFact.TaskScheduled(
        2, 1, 0, "function", "us-east-1", Json.object(), null, null, null, null);
  }

  private static JsonNode event(String id) {
    return Json.parse("{\"id\":\"" + id + "\",\"detail\":{\"n\":1}}");
  }

  private static EventFact accepted(String id, List<EventFact.Match> matches) {
    return new EventFact.Accepted(event(id), List.of(), matches, false, null);
  }

  private static QueueFact sent(String id) {
    return new QueueFact.Sent(
        id, new Content("1", Json.object(), null, "sender", null), 0, "g", null, null);
  }

  private void add(Key key, Fact fact) {
    List<Recorded<?>> history = facts.computeIfAbsent(key, k -> new ArrayList<>());
    history.add(new Recorded<>(key, history.size() + 1, 1, new Cause("r", "p", "o"), fact));
  }

  private Checker checker() {
    return new Checker(
        new Evidence(acks, receipts), new Data(facts, Map.of(), List.of(), unsettled));
  }

  /** What this checker finds itself; the judge's findings have tests of their own. */
  private List<String> found() {
    List<String> all = checker().whole(1);
    return all.stream().filter(fault -> !fault.contains(EXECUTION + ": I")).toList();
  }

  private void assertFound(String start) {
    assertThat(found()).anySatisfy(fault -> assertThat(fault).startsWith(start));
  }

  @Test
  void whatIsAsItHasToBeIsAccepted() {
    assertThat(checker().promises()).isEmpty();
    assertThat(found())
        .allSatisfy(fault -> assertThat(fault).doesNotContainPattern("I(2|10|13|14|15|16|24)\\b"));
  }

  @Test
  void aLostStartIsI1() {
    facts.remove(EXECUTION);
    assertFound("I1: " + ARN + " is acknowledged and not there");
  }

  @Test
  void aStartWithAnotherInputIsI1() {
    facts.remove(EXECUTION);
    add(EXECUTION, started("{\"other\":1}"));
    assertFound("I1: " + ARN + " is there with another input");
  }

  @Test
  void aLostMessageIsI1() {
    facts.remove(QUEUE);
    assertFound("I1: message s-1");
  }

  @Test
  void aMessageTakenTwiceIsI1() {
    add(QUEUE, sent("s-1"));
    assertFound("I1: message s-1 is acknowledged and there 2 times");
  }

  @Test
  void aLostEventIsI2() {
    facts.remove(ORDER);
    assertFound("I2: event e-1 is acknowledged and not there");
  }

  @Test
  void anEventThatIsThereTwiceIsI2() {
    add(ORDER, accepted("e-1", List.of()));
    assertFound("I2: event e-1 is in the log 2 times");
  }

  @Test
  void anInvocationThatNobodyScheduledIsI10() {
    receipts.add(receipt("invoked", "{\"request\":\"nobody\"}"));
    assertFound("I10: a function ran for nobody");
  }

  @Test
  void anInvocationThatIsRepeatedWithoutACrashIsI10() {
    receipts.add(receipts.get(1));
    assertFound("I10: a function ran 2 times");
  }

  @Test
  void anAttemptOfAnAsynchronousInvocationIsNoRepetition() {
    Key invocation = new Key("invocation", "i-1");
    add(invocation, new InvocationFact.Queued("c", "r", "f", null, "", null, 2, 60, null));
    add(invocation, new InvocationFact.Failed(1, true, "Unlucky", "", 1));
    add(invocation, new InvocationFact.Attempted(2, "c", "r", "f", null, "", null));
    add(invocation, new InvocationFact.Succeeded(2, Json.object()));
    for (int attempt = 1; attempt <= 2; attempt++) {
      receipts.add(receipt("invoked", "{\"request\":\"i-1\"}"));
    }
    assertThat(found()).noneSatisfy(fault -> assertThat(fault).startsWith("I10"));
    receipts.add(receipt("invoked", "{\"request\":\"i-1\"}"));
    assertFound("I10: a function ran 3 times for i-1");
  }

  @Test
  void aNameThatLedElsewhereIsI11() {
    acks.set(
        0,
        Json.parse(
            "{\"op\":\"start\",\"name\":\"n-2\",\"input\":\"{}\",\"answer\":{\"executionArn\":\""
                + ARN
                + "\"}}"));
    assertFound("I11: n-2 was started as");
  }

  @Test
  void aMilestoneThatNobodyWasToldIsI13() {
    receipts.removeFirst();
    assertFound("I13: milestone m-1 was never told");
  }

  @Test
  void aMessageThatNeverCameIsI13() {
    receipts.remove(2);
    assertFound("I13: message s-1 was received 0 times");
  }

  @Test
  void whatIsNoMilestoneIsI14() {
    receipts.add(receipt("notified", event("e-1").toString()));
    assertFound("I14: event e-1 was told and is no milestone");
  }

  @Test
  void aGroupOutOfOrderIsI15() {
    JsonNode last = receipts.removeLast();
    receipts.add(2, last);
    assertFound("I15: message 1 of group g came after 2");
  }

  @Test
  void otherWordsAreI16() {
    receipts.add(receipt("notified", "{\"id\":\"m-1\",\"detail\":{\"n\":2}}"));
    assertFound("I16: event m-1 was told differently");
  }

  @Test
  void aDeliveryThatIsNeitherDoneNorParkedIsI24() {
    EventFact.Match match =
        new EventFact.Match(
            "rule", "t", "arn:x", "100000000001", null, null, 1, 1, null, null, null, null);
    facts.remove(ORDER);
    add(ORDER, accepted("e-1", List.of(match)));
    assertFound("I24: 1 deliveries were due and 0 are");
    add(new Key("delivery", ORDER + "|rule|t"), new DeliveryFact.Delivered(1, Json.object()));
    assertThat(found()).noneSatisfy(fault -> assertThat(fault).startsWith("I24"));
  }

  @Test
  void whatIsStillOwedIsI25() {
    unsettled.add("OWED execution x");
    assertFound("I25: left behind: OWED execution x");
  }

  @Test
  void aRedriveThatIsNotThereIsI1() {
    acks.add(Json.parse("{\"op\":\"redrive\",\"name\":\"n-1\",\"answer\":{}}"));
    assertFound("I1: the redrive of n-1 is acknowledged and not there");
    add(EXECUTION, new ExecutionFact.Redriven(3, 2, 1, Status.FAILED, null));
    assertThat(checker().promises()).isEmpty();
  }

  @Test
  void aTokenThatIsGoodTwiceIsI20() {
    acks.add(Json.parse("{\"op\":\"used\",\"operation\":\"SendTaskSuccess\"}"));
    assertThat(checker().promises()).isEmpty();
    acks.add(Json.parse("{\"op\":\"usedAgain\",\"operation\":\"SendTaskFailure\"}"));
    assertFound("I20:");
  }

  @Test
  void whatAnotherContextWasAllowedIsI22() {
    acks.add(Json.parse("{\"op\":\"turnedAway\",\"operation\":\"StopExecution\"}"));
    assertThat(checker().promises()).isEmpty();
    acks.add(Json.parse("{\"op\":\"trespassed\",\"operation\":\"StopExecution\"}"));
    assertFound("I22:");
  }

  @Test
  void anAnswerThatTheDataDoesNotGiveIsI5() {
    Answers answers = new Answers();
    answers.described(ARN, Json.parse("{\"status\":\"RUNNING\",\"input\":\"{}\"}"));
    Data data = new Data(facts, Map.of(), List.of(), unsettled);
    assertThat(answers.compare(data)).isEmpty();
    add(EXECUTION, new ExecutionFact.Succeeded(3, 2, Json.object()));
    assertThat(answers.compare(data)).singleElement().asString().startsWith("I5: " + ARN);
  }
}
