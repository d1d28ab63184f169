package dev.tutti.simulate.judge;

import dev.tutti.core.events.EventFact;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.workflow.ExecutionFact;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * I17: each milestone is on its bus exactly once, under an id that follows from the state's entry,
 * and nothing else is there in an execution's name.
 */
final class Milestones {
  private final Map<Key, List<Recorded<?>>> facts;
  private final List<String> faults;
  private final Set<String> due = new HashSet<>();
  private final Set<String> accepted = new HashSet<>();

  Milestones(Map<Key, List<Recorded<?>>> facts, List<String> faults) {
    this.facts = facts;
    this.faults = faults;
  }

  void judge() {
    facts.forEach((key, history) -> {
      if (key.kind().equals("event")) {
        accepted.add(key.id().substring(key.id().lastIndexOf('|') + 1));
      }
    });
    facts.forEach((key, history) -> {
      if (key.kind().equals("execution")) {
        execution(key, history);
      }
    });
    facts.forEach((key, history) -> {
      if (history.getFirst().fact() instanceof EventFact.Accepted f
          && f.hops().isEmpty()
          && f.event().path("source").asText().startsWith("m")
          && !due.contains(f.event().path("id").asText())) {
        faults.add("I17: " + key + " comes of no milestone");
      }
    });
  }

  private void execution(Key key, List<Recorded<?>> history) {
    Map<Integer, String> milestones = new HashMap<>();
    for (Recorded<?> recorded : history) {
      switch (recorded.fact()) {
        case ExecutionFact.TaskScheduled f when f.resource().endsWith("events:putEvents") -> {
          String id = Ids.uuid(Ids.uuid(key + "/task/" + f.id()) + "/entry/0");
          due.add(id);
          milestones.put(f.strand(), id);
        }
        case ExecutionFact.TaskSucceeded f when f.resource().endsWith("events:putEvents") -> {
          String said = f.output().path("Entries").path(0).path("EventId").asText();
          String id = milestones.get(f.strand());
          if (!said.equals(id) || !accepted.contains(id)) {
            faults.add("I17: " + key + " published " + said + "; " + id + " has to be there");
          }
        }
        default -> {}
      }
    }
  }
}
