package dev.tutti.simulate.judge;

import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.queues.QueueFact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Queues, by their facts and by what clients saw: what was acknowledged is there (I2), nobody gets
 * what is hidden (I12) or gone, a FIFO group comes in order and one at a time (I15), a message goes
 * to the dead letters after as many receives as were said (I19), and arrives there once (I13).
 */
final class Queueing {
  private static final long REPETITION_MILLIS = 300_000;

  private final Map<Key, List<Recorded<?>>> facts;
  private final Acknowledged acknowledged;
  private final List<String> faults;
  private final Set<String> sent = new HashSet<>();
  private final Set<String> received = new HashSet<>();
  private final List<String> givenUp = new ArrayList<>();
  private final List<String> taken = new ArrayList<>();

  /** A message in a queue; nothing but what is needed here. */
  private static final class Waiting {
    private final @Nullable String group;
    private long visibleMillis;
    private int receives;

    Waiting(@Nullable String group, long visibleMillis) {
      this.group = group;
      this.visibleMillis = visibleMillis;
    }
  }

  Queueing(Map<Key, List<Recorded<?>>> facts, Acknowledged acknowledged, List<String> faults) {
    this.facts = facts;
    this.acknowledged = acknowledged;
    this.faults = faults;
  }

  /** Whether a queue got what a delivery's attempt sent, or had it before. */
  static boolean holds(
      Map<Key, List<Recorded<?>>> facts,
      String queue,
      Key delivery,
      int attempt,
      String deduplication) {
    String id = Ids.uuid(Ids.uuid(delivery + "/attempt/" + attempt) + "/message");
    return facts.getOrDefault(new Key("queue", queue), List.of()).stream()
        .anyMatch(recorded ->
            recorded.fact() instanceof QueueFact.Sent f
                && (f.messageId().equals(id) || deduplication.equals(f.deduplication())));
  }

  void judge() {
    facts.forEach((key, history) -> {
      if (key.kind().equals("queue")) {
        queue(key.id(), Judge.of(facts, QueueFact.class, key));
      }
    });
    for (Acknowledged.Message message : acknowledged.sent()) {
      check(sent.contains(message.id()), "I2: " + message + " is acknowledged and not there");
    }
    for (Acknowledged.Message message : acknowledged.received()) {
      check(received.contains(message.id()), "I10: " + message + " was handed out unrecorded");
    }
    List<String> lost = new ArrayList<>(givenUp);
    taken.forEach(lost::remove);
    check(lost.isEmpty(), "I13: on the way to the dead letters were lost " + lost);
    check(taken.size() == givenUp.size(), "I13: given up " + givenUp + ", taken " + taken);
  }

  private void check(boolean holds, String otherwise) {
    if (!holds) {
      faults.add(otherwise);
    }
  }

  private void queue(String arn, List<Recorded<QueueFact>> history) {
    Map<String, Waiting> messages = new LinkedHashMap<>();
    Map<String, Long> repetitions = new HashMap<>();
    int most = Integer.MAX_VALUE;
    for (Recorded<QueueFact> recorded : history) {
      long at = recorded.millis();
      switch (recorded.fact()) {
        case QueueFact.Created f -> {
          String policy = f.attributes().get("RedrivePolicy");
          most = policy == null ? most : maxReceives(policy);
        }
        case QueueFact.AttributesSet f -> {
          String policy = f.attributes().getOrDefault("RedrivePolicy", "");
          most = policy.isEmpty() ? most : maxReceives(policy);
        }
        case QueueFact.Sent f -> {
          check(sent.add(f.messageId()), "I2: " + f.messageId() + " is sent twice");
          messages.put(f.messageId(), new Waiting(f.group(), f.visibleAtMillis()));
          if (f.deduplicationKey() != null) {
            Long before = repetitions.put(f.deduplicationKey(), at);
            check(
                before == null || at >= before + REPETITION_MILLIS,
                "I11: " + arn + " took " + f + " again");
          }
        }
        case QueueFact.Received f -> received(arn, f, at, messages, most);
        case QueueFact.Hidden f -> {
          Waiting message = messages.get(f.messageId());
          check(message != null, "I20: " + arn + " hides what is gone: " + f);
          if (message != null) {
            message.visibleMillis = f.visibleAtMillis();
          }
        }
        case QueueFact.Removed f -> f.messageIds().forEach(id -> gone(arn, id, messages));
        case QueueFact.Dropped f -> f.messageIds().forEach(id -> gone(arn, id, messages));
        case QueueFact.MovedOn f -> gone(arn, f.letter().messageId(), messages);
        case QueueFact.GivenUp f -> {
          Waiting message = messages.get(f.letter().messageId());
          check(
              message != null && message.receives == most && message.visibleMillis <= at,
              "I19: " + arn + " gives up " + f + " too early or too late");
          gone(arn, f.letter().messageId(), messages);
          givenUp.add(f.target() + " " + f.letter().messageId());
        }
        case QueueFact.Taken f -> {
          if (f.letter().back() == null) {
            taken.add(arn + " " + f.letter().messageId());
          }
          messages.put(f.letter().messageId(), new Waiting(f.letter().group(), at));
        }
        case QueueFact other -> {}
      }
    }
  }

  private static int maxReceives(String policy) {
    return dev.tutti.core.json.Json.parse(policy).path("maxReceiveCount").asInt();
  }

  private void gone(String arn, String id, Map<String, Waiting> messages) {
    check(messages.remove(id) != null, "I20: " + arn + " removes " + id + ", which is gone");
  }

  private void received(
      String arn, QueueFact.Received f, long at, Map<String, Waiting> messages, int most) {
    for (String id : f.messageIds()) {
      received.add(id);
      Waiting message = messages.get(id);
      if (message == null) {
        faults.add("I20: " + arn + " hands out " + id + ", which is gone");
        continue;
      }
      check(message.visibleMillis <= at, "I12: " + arn + " hands out " + id + " while hidden");
      message.receives++;
      check(message.receives <= most, "I19: " + arn + " hands out " + id + " once too often");
      if (arn.endsWith(".fifo")) {
        inOrder(arn, id, f, messages);
      }
      message.visibleMillis = f.visibleAtMillis();
    }
  }

  /** All of the group that came before is gone, or comes in the same hand. */
  private void inOrder(String arn, String id, QueueFact.Received f, Map<String, Waiting> messages) {
    Waiting message = Objects.requireNonNull(messages.get(id));
    List<String> hand = f.messageIds().subList(0, f.messageIds().indexOf(id));
    for (Map.Entry<String, Waiting> before : messages.entrySet()) {
      if (before.getKey().equals(id)) {
        return;
      }
      check(
          !Objects.equals(before.getValue().group, message.group) || hand.contains(before.getKey()),
          "I15: " + arn + " hands out " + id + " before " + before.getKey());
    }
  }
}
