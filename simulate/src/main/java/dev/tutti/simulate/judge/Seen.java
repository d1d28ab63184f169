package dev.tutti.simulate.judge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.workflow.ExecutionFact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The runs of express executions, as an onlooker saw them: nothing of a run is stored but how it
 * ended. An execution runs once more where the process died before that was.
 */
public final class Seen implements Consumer<Recorded<ExecutionFact>> {
  private final Map<Key, List<List<Recorded<ExecutionFact>>>> runs = new LinkedHashMap<>();

  @Override
  public void accept(Recorded<ExecutionFact> recorded) {
    List<List<Recorded<ExecutionFact>>> of =
        runs.computeIfAbsent(recorded.key(), key -> new ArrayList<>());
    if (recorded.fact() instanceof ExecutionFact.Started) {
      of.add(new ArrayList<>());
    }
    of.getLast().add(recorded);
  }

  /** All runs, by whose they are; the last of a process that died may be without an end. */
  Map<Key, List<List<Recorded<ExecutionFact>>>> begun() {
    return runs;
  }

  /** All runs that came to their end, by whose they are. */
  Map<Key, List<List<Recorded<ExecutionFact>>>> all() {
    Map<Key, List<List<Recorded<ExecutionFact>>>> all = new LinkedHashMap<>();
    runs.forEach((key, of) -> all.put(key, of.stream().filter(Seen::isOver).toList()));
    return all;
  }

  /** What there was to see, by how often. */
  public Map<String, Long> counts() {
    List<List<Recorded<ExecutionFact>>> each =
        runs.values().stream().flatMap(List::stream).toList();
    return Map.of(
        "express runs",
        each.stream().filter(Seen::isOver).count(),
        "express runs repeated",
        (long) each.size() - runs.size(),
        "express tasks",
        each.stream()
            .flatMap(List::stream)
            .filter(recorded -> recorded.fact() instanceof ExecutionFact.TaskSucceeded)
            .count());
  }

  private static boolean isOver(List<Recorded<ExecutionFact>> run) {
    return run.stream().anyMatch(recorded -> isEnd(recorded.fact()));
  }

  /** Whether an execution began with this input and ended in such a way, in one of its runs. */
  boolean ended(String arn, @Nullable JsonNode input, Predicate<ExecutionFact> so) {
    return runs.getOrDefault(new Key("express", arn), List.of()).stream()
        .anyMatch(run ->
            (input == null || isOf(input, run.getFirst().fact()))
                && run.stream().map(Recorded::fact).anyMatch(fact -> isEnd(fact) && so.test(fact)));
  }

  private static boolean isOf(JsonNode input, ExecutionFact first) {
    return first instanceof ExecutionFact.Started started
        && Json.parse(started.input()).equals(input);
  }

  private static boolean isEnd(ExecutionFact fact) {
    return switch (fact) {
      case ExecutionFact.Succeeded _, ExecutionFact.Failed _, ExecutionFact.TimedOut _ -> true;
      case ExecutionFact _ -> false;
    };
  }
}
