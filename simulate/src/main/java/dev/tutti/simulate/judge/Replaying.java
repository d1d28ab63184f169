package dev.tutti.simulate.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.events.EventFact;
import dev.tutti.core.events.ReplayFact;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Replays: each comes to its end once (I25); it brings an event once (I17), and none that came
 * after it had begun; and it brings every event that was acknowledged before it was asked for
 * (I13).
 */
final class Replaying {
  private final Map<Key, List<Recorded<?>>> facts;
  private final List<String> faults;
  private final Map<String, ReplayFact.ReplayStarted> started = new HashMap<>();

  Replaying(Map<Key, List<Recorded<?>>> facts, List<String> faults) {
    this.facts = facts;
    this.faults = faults;
    facts.forEach((key, history) -> {
      if (key.kind().equals("replay")
          && history.getFirst().fact() instanceof ReplayFact.ReplayStarted f) {
        started.put(name(key), f);
      }
    });
  }

  private static String name(Key key) {
    return key.id().substring(key.id().lastIndexOf('/') + 1);
  }

  /** An event without the name of its replay. */
  static JsonNode plain(JsonNode event) {
    return event instanceof ObjectNode object && object.has("replay-name")
        ? object.deepCopy().without("replay-name")
        : event;
  }

  /**
   * Whether a replay takes a bus's events from its own log: then rules that had an event don't get
   * it once more.
   */
  boolean isOfLog(String replay, String bus) {
    ReplayFact.ReplayStarted of = started.get(replay);
    return of != null && of.source().equals(bus);
  }

  void judge(Acknowledged acknowledged) {
    facts.forEach((key, history) -> {
      if (key.kind().equals("replay")) {
        replay(key, Judge.of(facts, ReplayFact.class, key), acknowledged);
      }
    });
  }

  private void check(boolean holds, String otherwise) {
    if (!holds) {
      faults.add(otherwise);
    }
  }

  private void replay(Key key, List<Recorded<ReplayFact>> history, Acknowledged acknowledged) {
    String name = name(key);
    List<ReplayFact.Ended> ends =
        history.stream()
            .map(Recorded::fact)
            .filter(ReplayFact.Ended.class::isInstance)
            .map(ReplayFact.Ended.class::cast)
            .toList();
    check(ends.size() == 1, "I25: " + key + " ended " + ends.size() + " times");
    ReplayFact.ReplayStarted of = started.get(name);
    if (of == null || ends.isEmpty()) {
      return;
    }
    check(
        ends.getFirst().end() == ReplayFact.End.COMPLETED,
        "I13: " + key + " ended " + ends.getFirst());
    long untilMillis = Math.min(of.toMillis(), history.getFirst().millis());
    Map<Key, Boolean> brought = new HashMap<>();
    facts.forEach((event, _) -> {
      if (event.kind().equals("event") && event.id().startsWith(of.bus() + "|")) {
        brought.put(event, isBrought(event, name, of, untilMillis));
      }
    });
    long asked = acknowledged.replays().getOrDefault(name, 0L);
    for (Acknowledged.Put put : acknowledged.puts()) {
      Key event = new Key("event", put.bus() + "|" + put.eventId());
      List<Recorded<?>> known = facts.getOrDefault(event, List.of());
      boolean due =
          put.answered() < asked && !known.isEmpty() && known.getFirst().millis() <= untilMillis;
      check(!due || brought.getOrDefault(event, true), "I13: " + key + " left out " + event);
    }
  }

  private boolean isBrought(Key event, String name, ReplayFact.ReplayStarted of, long untilMillis) {
    List<Recorded<EventFact>> history = Judge.of(facts, EventFact.class, event);
    long times =
        history.stream()
            .filter(r -> r.fact() instanceof EventFact.Replayed f && f.replay().equals(name))
            .count();
    long acceptedMillis = history.getFirst().millis();
    check(times <= 1, "I17: " + event + " is replayed " + times + " times by " + name);
    check(
        times == 0 || (acceptedMillis >= of.fromMillis() && acceptedMillis <= untilMillis),
        "I14: " + event + " is none of those that " + name + " replays");
    return times == 1;
  }
}
