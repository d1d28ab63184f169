package dev.tutti.torture.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.compile.Definitions;
import dev.tutti.core.delivery.DeliveryFact;
import dev.tutti.core.delivery.MessageGroupFact;
import dev.tutti.core.delivery.RetryPolicy;
import dev.tutti.core.delivery.Source;
import dev.tutti.core.events.EventFact;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.workflow.ExecutionFact;
import dev.tutti.simulate.judge.Acknowledged;
import dev.tutti.simulate.judge.Judge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Holds a choir's evidence against its data: who should hear an event stands in its detail, so the
 * matcher here is a look at a list. What comes of the state machine and of the message groups is
 * held against the same invariants as anywhere else, by {@link Judge}.
 */
public final class ChoirChecker {
  private static final String RULE = ":rule/choir/for-";
  private static final String LINE = "line-";
  private static final String SOLOIST = "soloist";

  private final Evidence evidence;
  private final Data data;
  private final List<String> faults = new ArrayList<>();
  private final Map<String, JsonNode> events = new HashMap<>();
  private String bus = "";

  public ChoirChecker(Evidence evidence, Data data) {
    this.evidence = evidence;
    this.data = data;
  }

  private void check(boolean holds, String otherwise) {
    if (!holds) {
      faults.add(otherwise);
    }
  }

  /** What holds at every moment: I2, I13, I14, I16, I19, I24. */
  public List<String> anytime() {
    faults.clear();
    events.clear();
    accepted();
    acknowledged();
    received();
    data.facts()
        .forEach((key, history) -> {
          if (key.kind().equals("delivery")) {
            policy(key, history);
          }
        });
    return List.copyOf(faults);
  }

  /** I13, I14 and I24: an event's deliveries are those that its detail says, each there or owed. */
  private void accepted() {
    long matched = 0;
    long accounted = 0;
    Set<String> owing = owing("event");
    Set<String> inLine = inLine();
    for (Map.Entry<Key, List<Recorded<?>>> entry : data.facts().entrySet()) {
      if (!(entry.getValue().getFirst().fact() instanceof EventFact.Accepted accepted)) {
        continue;
      }
      Key key = entry.getKey();
      bus = key.id().substring(0, key.id().lastIndexOf('|'));
      String id = accepted.event().path("id").asText();
      check(entry.getValue().size() == 1, "I2: " + id + " has more than one record");
      check(events.put(id, accepted.event()) == null, "I2: " + id + " is on the log twice");
      Set<String> wanted = targets(accepted.event());
      Set<String> found = new TreeSet<>();
      for (EventFact.Match match : accepted.matches()) {
        matched++;
        found.add(match.ruleArn().substring(match.ruleArn().indexOf(RULE) + RULE.length()));
        Key delivery = new Key("delivery", key + "|" + match.ruleArn() + "|" + match.targetId());
        boolean known =
            data.facts().containsKey(delivery)
                || owing.contains(key.id())
                || inLine.contains(delivery.id());
        accounted += known ? 1 : 0;
        check(known, "I13: " + delivery + " is neither delivered nor pending nor parked");
      }
      check(found.equals(wanted), "I14: " + id + " is for " + wanted + " and goes to " + found);
    }
    check(matched == accounted, "I24: " + matched + " matched, " + accounted + " accounted for");
  }

  /** Ids of the aggregates of a kind that still owe mail. */
  private Set<String> owing(String kind) {
    String owed = "OWED " + kind + " ";
    Set<String> owing = new HashSet<>();
    for (String left : data.unsettled()) {
      if (left.startsWith(owed) && left.contains(" tell/")) {
        owing.add(left.substring(owed.length(), left.indexOf(" tell/")));
      }
    }
    return owing;
  }

  /** Deliveries that wait for their turn in a message group, or whose turn nobody told them yet. */
  private Set<String> inLine() {
    Set<String> waiting = new HashSet<>();
    Set<String> owing = owing("message-group");
    data.facts()
        .forEach((key, history) -> {
          for (Recorded<?> recorded : history) {
            switch (recorded.fact()) {
              case MessageGroupFact.Joined f -> waiting.add(f.delivery());
              case MessageGroupFact.Chosen f when !owing.contains(key.id()) ->
                  waiting.remove(f.delivery());
              default -> {}
            }
          }
        });
    return waiting;
  }

  private static Set<String> targets(JsonNode event) {
    Set<String> targets = new TreeSet<>();
    event.path("detail").path("to").forEach(target -> targets.add(target.asText()));
    return targets;
  }

  private void acknowledged() {
    for (JsonNode ack : evidence.acks("sung")) {
      String id = ack.path("id").asText();
      JsonNode event = events.get(id);
      check(event != null, "I2: " + id + " is acknowledged and not there");
      check(
          event == null || event.path("detail").equals(ack.path("detail")),
          "I2: " + id + " is there with another detail");
    }
  }

  /** I14 and I16: nobody hears what isn't meant for them, and all hear the same words. */
  private void received() {
    for (JsonNode receipt : evidence.receipts("sung")) {
      JsonNode event = receipt.path("event");
      String id = event.path("id").asText();
      JsonNode logged = events.get(id);
      String target = receipt.path("target").asText();
      check(logged != null, "I2: " + target + " heard " + id + ", which is not on the log");
      check(
          targets(event).contains(target), "I14: " + target + " heard " + id + ", for others only");
      check(
          logged == null || logged.equals(event),
          "I16: " + target + " heard " + id + " in other words than are on the log");
    }
  }

  /** I19: attempts and their times keep to the delivery's policy. */
  private void policy(Key key, List<Recorded<?>> history) {
    RetryPolicy retry = null;
    long since = 0;
    int used = 0;
    int ends = 0;
    for (Recorded<?> recorded : history) {
      switch (recorded.fact()) {
        case DeliveryFact.Begun begun -> {
          retry = begun.retry();
          since = recorded.millis();
          used = 1;
        }
        case DeliveryFact.Redriven _ -> {
          since = recorded.millis();
          used = 1;
          ends = 0;
        }
        case DeliveryFact.Retried _ -> used++;
        case DeliveryFact.AttemptFailed failed ->
            check(
                retry == null || failed.nextAtMillis() <= since + retry.maximumAgeMillis(),
                "I19: " + key + " would be tried after its age");
        case DeliveryFact.Delivered _, DeliveryFact.Parked _, DeliveryFact.Withheld _ -> ends++;
        default -> {}
      }
      check(
          retry == null || used <= retry.maximumRetries() + 1,
          "I19: " + key + " was tried " + used + " times");
      check(ends <= 1, "I13: " + key + " ended more than once");
    }
  }

  /**
   * Everything, once all targets are well and what was parked is redriven.
   *
   * @param lives how many processes there were
   */
  public List<String> whole(int lives) {
    List<String> found = new ArrayList<>(anytime());
    faults.clear();
    new Judge(data.facts(), data.machines(), Definitions::compile, data.rules(), faults)
        .judge(acknowledgements(), Map.of(), lives, lives - 1);
    arrived(lives);
    lines();
    started();
    settled();
    data.unsettled().forEach(left -> faults.add("I25: left behind: " + left));
    found.addAll(faults);
    return found;
  }

  /** I13: every target heard every event that was for it; no more often than it was sent. */
  private void arrived(int lives) {
    Map<String, Integer> heard = new HashMap<>();
    for (JsonNode receipt : evidence.receipts("sung")) {
      heard.merge(
          receipt.path("event").path("id").asText() + " " + receipt.path("target").asText(),
          1,
          Integer::sum);
    }
    events.forEach((id, event) -> {
      for (String target : targets(event)) {
        boolean sings = !target.startsWith(LINE) && !target.equals(SOLOIST);
        check(
            !sings || heard.containsKey(id + " " + target),
            "I13: " + target + " never heard " + id);
      }
    });
    Map<String, Integer> attempts = new HashMap<>();
    data.facts()
        .forEach((key, history) -> {
          if (history.getFirst().fact() instanceof DeliveryFact.Begun begun
              && begun.source().kind() == Source.Kind.SUBSCRIPTION) {
            String target = begun.target().substring(begun.target().lastIndexOf('/') + 1);
            attempts.merge(target, made(history), Integer::sum);
          }
        });
    Map<String, Integer> byTarget = new HashMap<>();
    heard.forEach((pair, times) -> byTarget.merge(pair.split(" ", 2)[1], times, Integer::sum));
    byTarget.forEach((target, times) -> {
      int most = attempts.getOrDefault(target, 0) + lives * 256;
      check(times <= most, "I19: " + target + " heard " + times + " times, of " + most);
    });
  }

  /** Each client asks for an event when the one before was answered; its answers are in order. */
  private Acknowledged acknowledgements() {
    Acknowledged acknowledged = new Acknowledged();
    Map<Integer, Long> before = new HashMap<>();
    for (JsonNode ack : evidence.acks("sung")) {
      int client = ack.path("client").intValue();
      long asked = before.getOrDefault(client, 0L);
      long answered = acknowledged.tick();
      before.put(client, acknowledged.tick());
      acknowledged.put(new Acknowledged.Put(bus, ack.path("id").asText(), asked, answered));
    }
    return acknowledged;
  }

  /** I13 and I15: a line has each event that is for it once, a client's in their order. */
  private void lines() {
    Map<String, List<JsonNode>> received = new TreeMap<>();
    for (JsonNode message : evidence.receipts("received")) {
      received
          .computeIfAbsent(message.path("group").asText(), _ -> new ArrayList<>())
          .add(message.path("event"));
    }
    Map<String, JsonNode> acknowledged = new HashMap<>();
    evidence.acks("sung").forEach(ack -> acknowledged.put(ack.path("id").asText(), ack));
    Set<String> found = new HashSet<>();
    received.forEach((line, messages) -> {
      Map<Integer, Long> last = new HashMap<>();
      for (JsonNode event : messages) {
        String id = event.path("id").asText();
        check(found.add(id + " " + line), "I13: " + line + " has " + id + " twice");
        check(targets(event).contains(line), "I14: " + line + " has " + id + ", for others only");
        check(
            event.equals(events.get(id)),
            "I16: " + line + " has " + id + " in other words than are on the log");
        if (acknowledged.containsKey(id)) {
          long n = event.at("/detail/n").longValue();
          Long before = last.put(acknowledged.get(id).path("client").intValue(), n);
          check(before == null || before < n, "I15: " + line + " has " + n + " after " + before);
        }
      }
    });
    events.forEach((id, event) -> {
      for (String target : targets(event)) {
        check(
            !target.startsWith(LINE) || found.contains(id + " " + target),
            "I13: " + target + " never had " + id);
      }
    });
  }

  /** I13: the soloist began once for each event that was for it, with that event as input. */
  private void started() {
    Map<String, Integer> begun = new HashMap<>();
    data.facts()
        .forEach((key, history) -> {
          if (history.getFirst().fact() instanceof ExecutionFact.Started started) {
            JsonNode input = Json.parse(started.input());
            String id = input.path("id").asText();
            begun.merge(id, 1, Integer::sum);
            check(input.equals(events.get(id)), "I16: " + key + " began with other words");
          }
        });
    events.forEach((id, event) -> {
      int wanted = targets(event).contains(SOLOIST) ? 1 : 0;
      int times = begun.getOrDefault(id, 0);
      check(times == wanted, "I13: the soloist began " + times + " times for " + id);
    });
  }

  private static int made(List<Recorded<?>> history) {
    return (int)
        history.stream()
            .filter(recorded ->
                recorded.fact() instanceof DeliveryFact.Begun
                    || recorded.fact() instanceof DeliveryFact.Retried
                    || recorded.fact() instanceof DeliveryFact.Redriven)
            .count();
  }

  /** I24, at rest: everything that began is delivered. */
  private void settled() {
    data.facts()
        .forEach((key, history) -> {
          if (key.kind().equals("delivery")) {
            check(
                history.getLast().fact() instanceof DeliveryFact.Delivered,
                "I24: " + key + " ended as " + history.getLast().fact());
          }
        });
  }
}
