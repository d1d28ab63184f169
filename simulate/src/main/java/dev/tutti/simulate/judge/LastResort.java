package dev.tutti.simulate.judge;

import dev.tutti.core.delivery.DeliveryFact;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.queues.QueueFact;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a rule's target has dead letters: what is parked is handed over once, or as often as it
 * takes to know that it can't be; what is said to be there is there (I13), and nothing is handed
 * over that wasn't parked, or sooner than was said (I12).
 */
final class LastResort {
  private final Map<Key, List<Recorded<?>>> facts;
  private final List<String> faults;

  LastResort(Map<Key, List<Recorded<?>>> facts, List<String> faults) {
    this.facts = facts;
    this.faults = faults;
  }

  void judge(Key key, List<Recorded<DeliveryFact>> history) {
    String queue = queue(history.getFirst().fact());
    boolean parked = false;
    boolean settled = false;
    @Nullable Long due = null;
    for (Recorded<DeliveryFact> recorded : history) {
      switch (recorded.fact()) {
        case DeliveryFact.Parked _, DeliveryFact.Withheld _ -> parked = true;
        case DeliveryFact.HandOverFailed f -> {
          due = f.nextAtMillis();
          settled = due == null;
        }
        case DeliveryFact.HandOverRetried _ ->
            check(
                due != null && recorded.millis() >= due,
                "I12: " + key + " is handed over again before its time");
        case DeliveryFact.DeadLettered f -> {
          check(queue != null && parked && !settled, "I13: " + key + " is among dead letters");
          settled = true;
          String id = f.summary().path("MessageId").asText();
          check(isThere(queue, id), "I13: " + key + " is no dead letter of " + queue + ": " + id);
        }
        default -> {}
      }
    }
    check(
        queue == null || !parked || settled, "I13: " + key + " is parked, and no dead letter yet");
  }

  private void check(boolean holds, String otherwise) {
    if (!holds) {
      faults.add(otherwise);
    }
  }

  /** The queue of a delivery's dead letters; null where it has none. */
  private static @Nullable String queue(DeliveryFact first) {
    DeliveryFact.Begun begun =
        switch (first) {
          case DeliveryFact.Begun f -> f;
          case DeliveryFact.Withheld f -> f.begun();
          default -> null;
        };
    return begun == null || begun.deadLetters() == null ? null : begun.deadLetters().queueArn();
  }

  private boolean isThere(@Nullable String queue, String messageId) {
    return facts
        .getOrDefault(new Key("queue", Objects.requireNonNullElse(queue, "")), List.of())
        .stream()
        .anyMatch(recorded ->
            recorded.fact() instanceof QueueFact.Sent f && f.messageId().equals(messageId));
  }
}
