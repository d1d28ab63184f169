package dev.tutti.simulate.judge;

import dev.tutti.core.delivery.DeliveryFact;
import dev.tutti.core.delivery.MessageGroupFact;
import dev.tutti.core.events.EventFact;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Message groups of rules' FIFO targets: one delivery is under way at a time, each gets its turn
 * once, and an event that was acknowledged before another was sent comes before it (I15).
 */
final class Turns {
  private final Map<Key, List<Recorded<?>>> facts;
  private final List<String> faults;
  private final boolean alive;

  /** Where in its group each delivery's turn was, from 0. */
  private final Map<String, Integer> turns = new HashMap<>();

  /** A delivery of an acknowledged event. */
  private record Member(String delivery, Acknowledged.Put put, long acceptedMillis) {}

  /**
   * Over what a run left.
   *
   * @param alive whether no process died: then order is kept within a millisecond too
   */
  Turns(Map<Key, List<Recorded<?>>> facts, List<String> faults, boolean alive) {
    this.facts = facts;
    this.faults = faults;
    this.alive = alive;
  }

  void judge(List<Acknowledged.Put> puts) {
    for (Key key : facts.keySet()) {
      if (key.kind().equals("message-group")) {
        group(key);
      }
    }
    members(puts)
        .forEach((group, members) -> {
          for (Member first : members) {
            for (Member second : members) {
              if (mustPrecede(first, second)) {
                check(
                    turns.getOrDefault(first.delivery(), -1)
                        < turns.getOrDefault(second.delivery(), -1),
                    "I15: "
                        + group
                        + " takes "
                        + second.delivery()
                        + " before "
                        + first.delivery());
              }
            }
          }
        });
  }

  /** The log's order counts: where a clock went back, the later one comes first. */
  private boolean mustPrecede(Member first, Member second) {
    return first.put().answered() < second.put().asked()
        && first.acceptedMillis() < second.acceptedMillis() + (alive ? 1 : 0);
  }

  private void group(Key key) {
    Set<String> waiting = new HashSet<>();
    String underWay = "";
    int turn = 0;
    for (Recorded<MessageGroupFact> recorded : Judge.of(facts, MessageGroupFact.class, key)) {
      switch (recorded.fact()) {
        case MessageGroupFact.Joined f ->
            check(waiting.add(f.delivery()), "I15: " + f.delivery() + " waits twice");
        case MessageGroupFact.Chosen f -> {
          check(underWay.isEmpty(), "I15: " + key + " has " + underWay + " and " + f.delivery());
          check(waiting.remove(f.delivery()), "I15: " + f.delivery() + " didn't wait");
          underWay = f.delivery();
          turns.put(f.delivery(), turn++);
        }
        case MessageGroupFact.Left f -> {
          check(isOver(f.delivery(), recorded), "I15: " + f.delivery() + " leaves and isn't over");
          underWay = "";
        }
      }
    }
    check(waiting.isEmpty() && underWay.isEmpty(), "I13: " + key + " never came to its end");
  }

  /** Whether it is the delivery's end that a fact follows from. */
  private boolean isOver(String delivery, Recorded<MessageGroupFact> left) {
    Key key = new Key("delivery", delivery);
    return Judge.of(facts, DeliveryFact.class, key).stream()
        .filter(recorded -> key.span(recorded.seq()).equals(left.cause().parent()))
        .anyMatch(recorded ->
            recorded.fact() instanceof DeliveryFact.Delivered
                || recorded.fact() instanceof DeliveryFact.Parked);
  }

  /** What acknowledged events brought to message groups, by group. */
  private Map<String, List<Member>> members(List<Acknowledged.Put> puts) {
    Map<String, List<Member>> found = new HashMap<>();
    for (Acknowledged.Put put : puts) {
      Key key = new Key("event", put.bus() + "|" + put.eventId());
      for (Recorded<EventFact> recorded : Judge.of(facts, EventFact.class, key)) {
        if (recorded.fact() instanceof EventFact.Accepted accepted) {
          for (EventFact.Match match : accepted.matches()) {
            if (match.messageGroup() != null && match.loop() == null && match.unfit() == null) {
              String delivery = key + "|" + match.ruleArn() + "|" + match.targetId();
              found
                  .computeIfAbsent(
                      match.targetArn() + "|" + match.messageGroup(), _ -> new ArrayList<>())
                  .add(new Member(delivery, put, recorded.millis()));
            }
          }
        }
      }
    }
    return found;
  }

  private void check(boolean holds, String otherwise) {
    if (!holds) {
      faults.add(otherwise);
    }
  }
}
