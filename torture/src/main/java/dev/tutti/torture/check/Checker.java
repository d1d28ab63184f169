package dev.tutti.torture.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.compile.Definitions;
import dev.tutti.core.delivery.DeliveryFact;
import dev.tutti.core.events.EventFact;
import dev.tutti.core.functions.InvocationFact;
import dev.tutti.core.functions.Invocations;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.queues.QueueFact;
import dev.tutti.core.workflow.ExecutionFact;
import dev.tutti.simulate.judge.Acknowledged;
import dev.tutti.simulate.judge.Judge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds a run's evidence against its data. {@link #promises} may be asked at any moment, {@link
 * #whole} once everything has come to rest.
 */
public final class Checker {
  private final Evidence evidence;
  private final Data data;
  private final List<String> faults = new ArrayList<>();

  public Checker(Evidence evidence, Data data) {
    this.evidence = evidence;
    this.data = data;
  }

  private void check(boolean holds, String otherwise) {
    if (!holds) {
      faults.add(otherwise);
    }
  }

  /**
   * What was acknowledged is there: starts (I1, I11), redrives and messages (I1), events (I2); and
   * nothing was done with used tokens (I20) or for those who may not have it done (I22).
   */
  public List<String> promises() {
    faults.clear();
    for (JsonNode ack : evidence.acks("start")) {
      start(ack);
    }
    for (JsonNode ack : evidence.acks("put")) {
      put(ack);
    }
    Map<String, Integer> sent = sent();
    for (JsonNode ack : evidence.acks("send")) {
      String id = ack.path("answer").path("MessageId").asText();
      check(
          sent.getOrDefault(id, 0) == 1,
          "I1: message "
              + id
              + " is acknowledged and there "
              + sent.getOrDefault(id, 0)
              + " times");
    }
    evidence.acks("redrive").forEach(this::redriven);
    for (JsonNode line : evidence.acks("usedAgain")) {
      faults.add("I20: a used token was good for another " + line.path("operation").asText());
    }
    for (JsonNode line : evidence.acks("trespassed")) {
      faults.add("I22: another context was allowed to " + line.path("operation").asText());
    }
    return List.copyOf(faults);
  }

  private void redriven(JsonNode ack) {
    String name = ":" + ack.path("name").asText();
    check(
        data.facts().entrySet().stream()
            .filter(entry -> entry.getKey().kind().equals("execution"))
            .filter(entry -> entry.getKey().id().endsWith(name))
            .flatMap(entry -> entry.getValue().stream())
            .anyMatch(recorded -> recorded.fact() instanceof ExecutionFact.Redriven),
        "I1: the redrive of " + name.substring(1) + " is acknowledged and not there");
  }

  private void start(JsonNode ack) {
    String arn = ack.path("answer").path("executionArn").asText();
    check(
        arn.endsWith(":" + ack.path("name").asText()),
        "I11: " + ack.path("name").asText() + " was started as " + arn);
    List<Recorded<?>> history = data.facts().get(new Key("execution", arn));
    if (history == null) {
      faults.add("I1: " + arn + " is acknowledged and not there");
      return;
    }
    check(
        history.getFirst().fact() instanceof ExecutionFact.Started started
            && started.input().equals(ack.path("input").asText()),
        "I1: " + arn + " is there with another input than was acknowledged");
  }

  private void put(JsonNode ack) {
    JsonNode entry = ack.path("answer").path("Entries").path(0);
    if (!entry.has("EventId")) {
      faults.add("I2: an event was refused: " + ack);
      return;
    }
    String id = entry.path("EventId").asText();
    List<Recorded<?>> found = data.facts().get(new Key("event", bus() + "|" + id));
    if (found == null) {
      faults.add("I2: event " + id + " is acknowledged and not there");
      return;
    }
    check(found.size() == 1, "I2: event " + id + " is in the log " + found.size() + " times");
    check(
        found.getFirst().fact() instanceof EventFact.Accepted accepted
            && accepted.event().path("detail").equals(Json.parse(ack.path("detail").asText())),
        "I2: event " + id + " is there with another detail than was acknowledged");
  }

  private static String bus() {
    return "arn:aws:events:us-east-1:100000000001:event-bus/intake";
  }

  /** How often each message was accepted, by its id. */
  private Map<String, Integer> sent() {
    Map<String, Integer> sent = new HashMap<>();
    for (List<Recorded<?>> history : data.facts().values()) {
      for (Recorded<?> recorded : history) {
        if (recorded.fact() instanceof QueueFact.Sent f) {
          sent.merge(f.messageId(), 1, Integer::sum);
        }
      }
    }
    return sent;
  }

  /**
   * Everything, once nothing happens any more.
   *
   * @param lives how many processes there were
   */
  public List<String> whole(int lives) {
    List<String> found = new ArrayList<>(promises());
    new Judge(data.facts(), data.machines(), Definitions::compile, data.rules(), found)
        .judge(new Acknowledged(), Map.of(), lives, lives - 1);
    faults.clear();
    invocations(lives);
    notifications();
    groups();
    accounts();
    for (String left : data.unsettled()) {
      faults.add("I25: left behind: " + left);
    }
    found.addAll(faults);
    return found;
  }

  /** I10: a function runs for what was scheduled, and again only after a crash. */
  private void invocations(int lives) {
    Set<String> scheduled = new HashSet<>();
    Map<String, Integer> attempts = new HashMap<>();
    data.facts()
        .forEach((key, history) -> {
          for (Recorded<?> recorded : history) {
            if (recorded.fact() instanceof ExecutionFact.TaskScheduled f) {
              scheduled.add(Ids.uuid(key + "/task/" + f.id()));
            }
          }
          if (key.kind().equals(Invocations.KIND)) {
            scheduled.add(key.id());
            attempts.put(
                key.id(),
                (int)
                    history.stream()
                        .filter(recorded ->
                            recorded.fact() instanceof InvocationFact.Queued
                                || recorded.fact() instanceof InvocationFact.Attempted)
                        .count());
          }
        });
    Map<String, Integer> ran = new HashMap<>();
    for (JsonNode receipt : evidence.receipts("invoked")) {
      ran.merge(receipt.path("request").asText(), 1, Integer::sum);
    }
    ran.forEach((request, times) -> {
      check(scheduled.contains(request), "I10: a function ran for " + request + ", not scheduled");
      int most = lives - 1 + attempts.getOrDefault(request, 1);
      check(times <= most, "I10: a function ran " + times + " times for " + request);
    });
  }

  /** I13 and I16, as the world sees it: each milestone was told, always in the same words. */
  private void notifications() {
    Map<String, JsonNode> told = new HashMap<>();
    for (JsonNode event : evidence.receipts("notified")) {
      String id = event.path("id").asText();
      JsonNode before = told.putIfAbsent(id, event);
      check(before == null || before.equals(event), "I16: event " + id + " was told differently");
    }
    Set<String> due = new HashSet<>();
    data.facts()
        .forEach((key, history) -> {
          if (key.kind().equals("event")
              && history.getFirst().fact() instanceof EventFact.Accepted accepted
              && key.id().contains(":event-bus/milestones|")) {
            String id = accepted.event().path("id").asText();
            due.add(id);
            JsonNode event = told.get(id);
            check(event != null, "I13: milestone " + id + " was never told");
            check(
                event == null || event.equals(accepted.event()),
                "I16: milestone " + id + " was told in other words than are in the log");
          }
        });
    for (String id : told.keySet()) {
      check(due.contains(id), "I14: event " + id + " was told and is no milestone");
    }
  }

  /** I15: a group's messages came in the order in which its only sender sent them, each once. */
  private void groups() {
    Map<String, Long> last = new HashMap<>();
    Map<String, Integer> received = new HashMap<>();
    for (JsonNode message : evidence.receipts("received")) {
      String group = message.path("group").asText();
      long n = message.path("n").asLong();
      Long before = last.put(group, n);
      check(
          before == null || n > before,
          "I15: message " + n + " of group " + group + " came after " + before);
      received.merge(message.path("id").asText(), 1, Integer::sum);
    }
    for (JsonNode ack : evidence.acks("send")) {
      String id = ack.path("answer").path("MessageId").asText();
      check(
          received.getOrDefault(id, 0) == 1,
          "I13: message " + id + " was received " + received.getOrDefault(id, 0) + " times");
    }
  }

  /** I24: what matched was delivered or is parked. */
  private void accounts() {
    long matched = 0;
    long settled = 0;
    for (Map.Entry<Key, List<Recorded<?>>> entry : data.facts().entrySet()) {
      for (Recorded<?> recorded : entry.getValue()) {
        matched +=
            switch (recorded.fact()) {
              case EventFact.Accepted accepted -> accepted.matches().size();
              case EventFact.Replayed replayed -> replayed.matches().size();
              default -> 0;
            };
      }
      if (entry.getKey().kind().equals("delivery") && entry.getKey().id().startsWith("event/")) {
        settled += isSettled(entry.getValue()) ? 1 : 0;
      }
    }
    check(
        matched == settled,
        "I24: " + matched + " deliveries were due and " + settled + " are delivered or parked");
  }

  private static boolean isSettled(List<Recorded<?>> history) {
    return history.getLast().fact() instanceof DeliveryFact.Delivered
        || history.getLast().fact() instanceof DeliveryFact.Parked
        || history.getLast().fact() instanceof DeliveryFact.Withheld
        || history.getLast().fact() instanceof DeliveryFact.DeadLettered
        || history.getLast().fact() instanceof DeliveryFact.HandOverFailed;
  }
}
