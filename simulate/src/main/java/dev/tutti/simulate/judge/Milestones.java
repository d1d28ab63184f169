package dev.tutti.simulate.judge;

import dev.tutti.core.events.EventFact;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.workflow.ExecutionFact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * I17: each milestone is on its bus exactly once, under an id that follows from the state's entry,
 * and nothing else is there in an execution's name. Those of express executions are looked at by
 * {@link Sayings}.
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
          && !Sayings.isExpress(f.event())
          && !due.contains(f.event().path("id").asText())) {
        faults.add("I17: " + key + " comes of no milestone");
      }
    });
  }

  private void execution(Key key, List<Recorded<?>> history) {
    Map<Integer, List<String>> milestones = new HashMap<>();
    for (Recorded<?> recorded : history) {
      switch (recorded.fact()) {
        case ExecutionFact.TaskScheduled f when f.resource().endsWith("events:putEvents") -> {
          List<String> ids = new ArrayList<>();
          int entries = f.parameters().path("Entries").size();
          for (int i = 0; i < entries; i++) {
            ids.add(Ids.uuid(Ids.uuid(key + "/task/" + f.id()) + "/entry/" + i));
          }
          due.addAll(ids);
          milestones.put(f.strand(), ids);
        }
        case ExecutionFact.TaskSucceeded f when f.resource().endsWith("events:putEvents") -> {
          List<String> said = new ArrayList<>();
          f.output().path("Entries").forEach(entry -> said.add(entry.path("EventId").asText()));
          List<String> ids = milestones.getOrDefault(f.strand(), List.of());
          if (!said.equals(ids) || !accepted.containsAll(ids)) {
            faults.add("I17: " + key + " published " + said + "; " + ids + " have to be there");
          }
        }
        default -> {}
      }
    }
  }
}
