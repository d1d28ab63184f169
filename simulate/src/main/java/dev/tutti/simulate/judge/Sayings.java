package dev.tutti.simulate.judge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.events.EventFact;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.queues.QueueFact;
import dev.tutti.core.workflow.ExecutionFact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What express executions said to buses, queues, topics and machines: what a Task was told of is
 * there (I2); what it says again, in a run that is repeated after a crash, it has said once, and
 * nobody else says it (I17).
 */
final class Sayings {
  private final Map<Key, List<Recorded<?>>> facts;
  private final Seen seen;
  private final List<String> faults;

  /** What Tasks were told, by who said what where. */
  private final Map<String, List<String>> told = new HashMap<>();

  /** How often something may be there, by what it is: as often as different Tasks said it. */
  private final Map<String, Integer> said = new HashMap<>();

  Sayings(Map<Key, List<Recorded<?>>> facts, Seen seen, List<String> faults) {
    this.facts = facts;
    this.seen = seen;
    this.faults = faults;
  }

  /** Whether an event is an express execution's. */
  static boolean isExpress(JsonNode event) {
    return event.path("resources").path(0).asText().contains(":express:");
  }

  void judge() {
    seen.begun().forEach((key, runs) -> runs.forEach(run -> run(key, run)));
    Set<String> there = new HashSet<>();
    Map<String, Integer> times = new HashMap<>();
    facts.forEach((key, history) -> {
      there.add(key.id().substring(key.id().lastIndexOf('|') + 1));
      for (Recorded<?> recorded : history) {
        switch (recorded.fact()) {
          case EventFact.Accepted f when f.hops().isEmpty() && isExpress(f.event()) ->
              times.merge(Json.write(f.event().path("detail")), 1, Integer::sum);
          case QueueFact.Sent f -> {
            there.add(f.messageId());
            if (f.content().body().contains(":express:")) {
              count(Json.parse(f.content().body()), times);
            }
          }
          default -> {}
        }
      }
    });
    told.forEach((who, ids) -> {
      if (!there.containsAll(ids)) {
        faults.add("I2: " + who + " was told " + ids + ", which is not there");
      }
    });
    times.forEach((what, often) -> {
      if (often > said.getOrDefault(what, 0)) {
        faults.add("I17: " + what + " is there " + often + " times, said " + said.get(what));
      }
    });
  }

  /** A message may also be what was said to a bus or a machine, handed on. */
  private static void count(JsonNode what, Map<String, Integer> times) {
    if (what.path("as").asText().equals("MessageBody")) {
      times.merge(Json.write(what), 1, Integer::sum);
    }
  }

  /** Nothing goes on beside a Task that says something: its outcome is the next one there is. */
  private void run(Key key, List<Recorded<ExecutionFact>> run) {
    String who = "";
    for (Recorded<ExecutionFact> recorded : run) {
      switch (recorded.fact()) {
        case ExecutionFact.TaskScheduled f -> {
          who = key + " " + f.id() + " " + f.resource() + " " + Json.write(f.parameters());
          if (!told.containsKey(who)) {
            told.put(who, List.of());
            contents(f.parameters())
                .forEach(content -> said.merge(Json.write(content), 1, Integer::sum));
          }
        }
        case ExecutionFact.TaskSucceeded f -> {
          List<String> ids = ids(f);
          List<String> before = told.put(who, ids);
          if (before != null && !before.isEmpty() && !before.equals(ids)) {
            faults.add("I17: " + who + " is said again: " + before + ", " + ids);
          }
        }
        default -> {}
      }
    }
  }

  private static List<JsonNode> contents(JsonNode parameters) {
    List<JsonNode> contents = new ArrayList<>();
    parameters.path("Entries").forEach(entry -> contents.add(entry.path("Detail")));
    if (parameters.has("MessageBody")) {
      contents.add(parameters.path("MessageBody"));
    }
    return contents;
  }

  /** The ids that a Task was told of what it said to a bus or a queue, or of whom it started. */
  private static List<String> ids(ExecutionFact.TaskSucceeded f) {
    List<String> ids = new ArrayList<>();
    if (f.resource().endsWith("events:putEvents")) {
      f.output().path("Entries").forEach(entry -> ids.add(entry.path("EventId").asText()));
    } else if (f.resource().endsWith("sqs:sendMessage")) {
      ids.add(f.output().path("MessageId").asText());
    } else if (f.resource().endsWith("states:startExecution")) {
      ids.add(f.output().path("ExecutionArn").asText());
    }
    return ids;
  }
}
