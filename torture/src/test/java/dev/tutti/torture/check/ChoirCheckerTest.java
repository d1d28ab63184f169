package dev.tutti.torture.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.delivery.DeliveryFact;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Evidence and data that agree, and each way in which they must not differ. */
final class ChoirCheckerTest {
  private static final String BUS = "arn:aws:events:us-east-1:300000000003:event-bus/choir";
  private static final Cause CAUSE = new Cause("1-00000001-000000000000000000000001", "", "");
  private static final Request.Post REQUEST =
      new Request.Post("http://127.0.0.1:1/t7", Map.of(), "");
  private static final JsonNode EVENT =
      Json.parse("{\"id\":\"e\",\"source\":\"choir\",\"detail\":{\"n\":1,\"to\":[\"t7\"]}}");

  private final Map<Key, List<Recorded<?>>> facts = new HashMap<>();
  private final List<JsonNode> acks = new ArrayList<>();
  private final List<JsonNode> receipts = new ArrayList<>();
  private final List<String> unsettled = new ArrayList<>();

  private static String rule(String target) {
    return "arn:aws:events:us-east-1:300000000003:rule/choir/for-" + target;
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
    Data data = new Data(facts, Map.of(), List.of(), unsettled);
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
}
