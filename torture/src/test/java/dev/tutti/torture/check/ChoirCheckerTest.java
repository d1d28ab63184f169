package dev.tutti.torture.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.delivery.DeliveryCommand;
import dev.tutti.core.delivery.DeliveryFact;
import dev.tutti.core.delivery.MessageGroupFact;
import dev.tutti.core.delivery.RetryPolicy;
import dev.tutti.core.delivery.Source;
import dev.tutti.core.events.EventFact;
import dev.tutti.core.events.Events;
import dev.tutti.core.json.Codec;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Fact;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.kernel.Request;
import dev.tutti.core.workflow.ExecutionFact;
import dev.tutti.simulate.judge.Matching;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Evidence and data that agree, and each way in which they must not differ. */
final class ChoirCheckerTest {
  private static final String BUS = "arn:aws:events:us-east-1:300000000003:event-bus/choir";
  private static final Cause CAUSE = new Cause("1-00000001-000000000000000000000001", "", "");
  private static final Request.Post REQUEST =
      new Request.Post("http://127.0.0.1:1/t7", Map.of(), "");
  private static final JsonNode EVENT =
      Json.parse("{\"id\":\"e\",\"source\":\"choir\",\"detail\":{\"n\":1,\"to\":[\"t7\"]}}");

  private static final List<Matching.Rule> RULES =
      Stream.of("t7", "t8", "line-0", "soloist").map(ChoirCheckerTest::known).toList();

  private final Map<Key, List<Recorded<?>>> facts = new HashMap<>();
  private final List<JsonNode> acks = new ArrayList<>();
  private final List<JsonNode> receipts = new ArrayList<>();
  private final List<String> unsettled = new ArrayList<>();

  private static String rule(String target) {
    return "arn:aws:events:us-east-1:300000000003:rule/choir/for-" + target;
  }

  private static Matching.Rule known(String target) {
    JsonNode pattern = Json.parse("{\"detail\":{\"to\":[\"" + target + "\"]}}");
    return new Matching.Rule(BUS, rule(target), pattern, List.of(Json.parse("{\"Id\":\"topic\"}")));
  }

  private void fact(Key key, Fact... all) {
    List<Recorded<?>> history = new ArrayList<>();
    for (Fact fact : all) {
      history.add(new Recorded<>(key, history.size() + 1, 1000, CAUSE, fact));
    }
    facts.put(key, history);
  }

  private static Fact accepted(JsonNode event, String... targets) {
    ObjectNode fact = Json.object();
    fact.set("event", event);
    fact.putArray("hops");
    fact.put("busMissing", false);
    var matches = fact.putArray("matches");
    for (String target : targets) {
      matches
          .addObject()
          .put("ruleArn", rule(target))
          .put("targetId", "topic")
          .put("targetArn", "arn:aws:sns:us-east-1:300000000003:" + target)
          .put("context", "300000000003")
          .put("maximumRetries", 185)
          .put("maximumAgeMillis", 86_400_000);
    }
    return new Codec<>(EventFact.class).decode(Json.object().set("Accepted", fact));
  }

  private static DeliveryFact.Begun begun(Source source) {
    return new DeliveryFact.Begun(
        "300000000003", REQUEST.url(), source, "t", REQUEST, RetryPolicy.events(1, 60_000));
  }

  private static DeliveryFact delivered() {
    return new DeliveryFact.Delivered(1, Json.object());
  }

  private void agree() {
    Key event = new Key(Events.KIND, BUS + "|e");
    fact(event, accepted(EVENT, "t7"));
    fact(
        new Key("delivery", event + "|" + rule("t7") + "|topic"),
        begun(Source.rule(rule("t7"), "topic", "e")),
        delivered());
    fact(new Key("delivery", "notice/1|s"), begun(Source.subscription("s", "m")), delivered());
    ObjectNode ack = Json.object().put("op", "sung").put("id", "e");
    ack.set("detail", EVENT.path("detail"));
    acks.add(ack);
    receive("t7", EVENT);
  }

  private void receive(String target, JsonNode event) {
    ObjectNode line = Json.object().put("op", "sung");
    line.putObject("body").put("target", target).set("event", event);
    receipts.add(line);
  }

  private List<String> judged() {
    Data data = new Data(facts, Map.of(), RULES, unsettled);
    return new ChoirChecker(new Evidence(acks, receipts), data).whole(1);
  }

  private void deliveryIs(Fact... all) {
    fact(new Key("delivery", "event/" + BUS + "|e|" + rule("t7") + "|topic"), all);
  }

  @Test
  void findsNothingWhereAllAgrees() {
    agree();
    receive("t7", EVENT);
    assertThat(judged()).isEmpty();
  }

  @Test
  void findsAMatchThatNobodyDelivers() {
    agree();
    facts.remove(new Key("delivery", "event/" + BUS + "|e|" + rule("t7") + "|topic"));
    assertThat(judged()).anyMatch(fault -> fault.startsWith("I13"));
    assertThat(judged()).anyMatch(fault -> fault.startsWith("I24"));
  }

  @Test
  void takesMailThatIsOwedForPending() {
    agree();
    facts.remove(new Key("delivery", "event/" + BUS + "|e|" + rule("t7") + "|topic"));
    unsettled.add("OWED event " + BUS + "|e tell/1/0 ");
    Data data = new Data(facts, Map.of(), List.of(), unsettled);
    assertThat(new ChoirChecker(new Evidence(acks, receipts), data).anytime()).isEmpty();
  }

  @Test
  void takesADeliveryThatWaitsInItsMessageGroupForPending() {
    agreeOnMore();
    String delivery = "event/" + BUS + "|e3|" + rule("line-0") + "|topic";
    facts.remove(new Key("delivery", delivery));
    Key group = new Key("message-group", "lines|line-0");
    Data data = new Data(facts, Map.of(), RULES, unsettled);
    ChoirChecker checker = new ChoirChecker(new Evidence(acks, receipts), data);
    assertThat(checker.anytime()).anyMatch(fault -> fault.startsWith("I13"));

    fact(group, joined(delivery));
    assertThat(checker.anytime()).isEmpty();

    fact(group, joined(delivery), new MessageGroupFact.Chosen(delivery));
    assertThat(checker.anytime()).anyMatch(fault -> fault.startsWith("I13"));
  }

  @Test
  void findsATargetThatNeverHeard() {
    agree();
    receipts.clear();
    assertThat(judged()).containsExactly("I13: t7 never heard e");
  }

  @Test
  void findsWhatWasForOthers() {
    agree();
    receive("t8", EVENT);
    assertThat(judged()).anyMatch(fault -> fault.startsWith("I14: t8"));
  }

  @Test
  void findsARuleThatMatchedWrongly() {
    agree();
    fact(new Key(Events.KIND, BUS + "|e"), accepted(EVENT, "t7", "t9"));
    assertThat(judged()).anyMatch(fault -> fault.startsWith("I14: e is for [t7]"));
  }

  @Test
  void findsOtherWords() {
    agree();
    receive("t7", ((ObjectNode) EVENT.deepCopy()).put("source", "other"));
    assertThat(judged()).anyMatch(fault -> fault.startsWith("I16"));
  }

  @Test
  void findsAnEventThatIsLost() {
    agree();
    facts.remove(new Key(Events.KIND, BUS + "|e"));
    assertThat(judged()).anyMatch(fault -> fault.startsWith("I2: e is acknowledged"));
  }

  @Test
  void findsOneAttemptTooMany() {
    agree();
    deliveryIs(
        begun(Source.rule(rule("t7"), "topic", "e")),
        new DeliveryFact.AttemptFailed(1, "x", "x", 2000),
        new DeliveryFact.Retried(2),
        new DeliveryFact.AttemptFailed(2, "x", "x", 3000),
        new DeliveryFact.Retried(3),
        delivered());
    assertThat(judged()).anyMatch(fault -> fault.startsWith("I19"));
  }

  @Test
  void findsAnAttemptAfterTheAge() {
    agree();
    deliveryIs(
        begun(Source.rule(rule("t7"), "topic", "e")),
        new DeliveryFact.AttemptFailed(1, "x", "x", 61_001),
        new DeliveryFact.Retried(2),
        delivered());
    assertThat(judged()).anyMatch(fault -> fault.contains("after its age"));
  }

  @Test
  void findsTwoEnds() {
    agree();
    deliveryIs(begun(Source.rule(rule("t7"), "topic", "e")), delivered(), delivered());
    assertThat(judged()).anyMatch(fault -> fault.contains("ended more than once"));
  }

  @Test
  void findsWhatIsLeftBehind() {
    agree();
    unsettled.add("OWED delivery d attempt/1 ");
    assertThat(judged()).containsExactly("I25: left behind: OWED delivery d attempt/1 ");
  }

  private static MessageGroupFact joined(String delivery) {
    return new MessageGroupFact.Joined(
        delivery,
        1000,
        new DeliveryCommand.Begin(
            "300000000003",
            REQUEST.url(),
            Source.rule(rule("line-0"), "topic", "e3"),
            "t",
            REQUEST,
            RetryPolicy.events(1, 60_000)));
  }

  /** Three events for a line, of one client, and the machine begun for the first of them. */
  private void agreeOnMore() {
    for (int n = 1; n <= 3; n++) {
      JsonNode event = more(n);
      Key key = new Key(Events.KIND, BUS + "|e" + n);
      fact(key, n == 1 ? accepted(event, "line-0", "soloist") : accepted(event, "line-0"));
      fact(
          new Key("delivery", key + "|" + rule("line-0") + "|topic"),
          begun(Source.rule(rule("line-0"), "topic", "e" + n)),
          delivered());
      ObjectNode ack = Json.object().put("op", "sung").put("id", "e" + n).put("client", 0);
      ack.set("detail", event.path("detail"));
      acks.add(ack);
      inLine(event);
    }
    Key asked = new Key(Events.KIND, BUS + "|e1");
    fact(
        new Key("delivery", asked + "|" + rule("soloist") + "|topic"),
        begun(Source.rule(rule("soloist"), "topic", "e1")),
        delivered());
  }

  private static JsonNode more(int n) {
    ObjectNode event = Json.object().put("id", "e" + n).put("source", "choir");
    ObjectNode detail = event.putObject("detail").put("n", n);
    detail.putArray("to").add("line-0");
    if (n == 1) {
      detail.withArray("to").add("soloist");
    }
    return event;
  }

  private void inLine(JsonNode event) {
    ObjectNode line = Json.object().put("op", "received");
    line.putObject("body").put("group", "line-0").set("event", event);
    receipts.add(line);
  }

  private void soloistBegins(String execution, JsonNode with) {
    fact(
        new Key(
            "execution", "arn:aws:states:us-east-1:300000000003:execution:soloist:" + execution),
        new ExecutionFact.Started(
            1, 0, "m", "r", "", Json.write(with), "Breathe", null, null, null, null, null, null));
  }

  /** Of the checker itself: the interpreter has nothing to hold a mere start against. */
  private List<String> judgedByItself() {
    return judged().stream().filter(fault -> !fault.contains("execution/")).toList();
  }

  @Test
  void findsNothingWhereLinesAndTheSoloistAgree() {
    agreeOnMore();
    soloistBegins("e1", more(1));
    assertThat(judgedByItself()).isEmpty();
  }

  @Test
  void findsALineOutOfOrder() {
    agreeOnMore();
    soloistBegins("e1", more(1));
    receipts.clear();
    inLine(more(1));
    inLine(more(3));
    inLine(more(2));
    assertThat(judgedByItself()).containsExactly("I15: line-0 has 2 after 3");
  }

  @Test
  void findsWhatALineLacksAndHasTwice() {
    agreeOnMore();
    soloistBegins("e1", more(1));
    receipts.clear();
    inLine(more(1));
    inLine(more(1));
    inLine(more(2));
    assertThat(judgedByItself()).contains("I13: line-0 has e1 twice", "I13: line-0 never had e3");
  }

  @Test
  void findsASoloistThatBeganTwiceOrNever() {
    agreeOnMore();
    assertThat(judgedByItself()).containsExactly("I13: the soloist began 0 times for e1");
    soloistBegins("e1", more(1));
    soloistBegins("e1-again", more(1));
    assertThat(judgedByItself()).containsExactly("I13: the soloist began 2 times for e1");
  }
}
