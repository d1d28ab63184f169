package dev.tutti.simulate.judge;

import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.workflow.ExecutionFact;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One history by itself: numbers and ends (I6, I7), one result for each try of a task (I9), no
 * timer early (I12), nobody told twice or never (mail), an end at all (I25).
 */
final class History {
  private static final long SECOND_MILLIS = 1000;

  private final Key key;
  private final List<Recorded<ExecutionFact>> facts;
  private final List<String> faults;
  private final Map<Integer, Recorded<ExecutionFact>> scheduled = new HashMap<>();
  private final Map<Integer, Long> dueMillis = new HashMap<>();
  private final Map<Integer, Long> beatMillis = new HashMap<>();
  private final Map<String, Integer> watchers = new HashMap<>();
  private final Set<String> told = new HashSet<>();
  private long last;
  private int redrives;

  /** When it was started or last redriven. */
  private long begunMillis;

  private @Nullable ExecutionFact end;

  History(Key key, List<Recorded<ExecutionFact>> facts, List<String> faults) {
    this.key = key;
    this.facts = facts;
    this.faults = faults;
  }

  void judge() {
    begunMillis = facts.getFirst().millis();
    for (Recorded<ExecutionFact> recorded : facts) {
      if (recorded.fact() instanceof ExecutionFact.Shown shown) {
        number(shown);
      }
      fact(recorded);
    }
    check(end != null, "I25: it runs for ever");
    check(facts.getFirst().fact() instanceof ExecutionFact.Started, "I6: it has no start");
    watchers.forEach((watcher, times) -> {
      check(times == 1, "mail: " + watcher + " was taken down " + times + " times");
      check(told.contains(watcher), "mail: " + watcher + " was never told");
    });
  }

  private void check(boolean holds, String otherwise) {
    if (!holds) {
      faults.add(key + ": " + otherwise);
    }
  }

  private void number(ExecutionFact.Shown shown) {
    long id = shown.id();
    boolean plain = id == last + 1 && shown.previous() > 0 && shown.previous() < id && end == null;
    if (!plain) {
      odd(shown);
    }
    last = id;
  }

  /** An event that doesn't simply go on from an earlier one: the first ones, or one too many. */
  private void odd(ExecutionFact.Shown shown) {
    check(shown.id() == last + 1, "I6: event " + shown.id() + " follows " + last);
    check(shown.previous() < shown.id(), "I6: event " + shown.id() + " follows a later one");
    check(
        shown.previous() > 0
            || last <= 1
            || (last == 2 && shown instanceof ExecutionFact.EvaluationFailed)
            || shown instanceof ExecutionFact.Aborted
            || shown instanceof ExecutionFact.TimedOut,
        "I6: event " + shown.id() + " follows nothing");
    check(
        end == null || shown instanceof ExecutionFact.Redriven,
        "I7: event " + shown.id() + " comes after the end");
  }

  private void fact(Recorded<ExecutionFact> recorded) {
    long at = recorded.millis();
    switch (recorded.fact()) {
      case ExecutionFact.TaskScheduled f -> {
        scheduled.put(f.strand(), recorded);
        beatMillis.put(f.strand(), at);
      }
      case ExecutionFact.HeartbeatCame f -> beatMillis.put(f.strand(), at);
      case ExecutionFact.TaskSucceeded f -> result(f.strand());
      case ExecutionFact.TaskFailed f -> result(f.strand());
      case ExecutionFact.TaskTimedOut f -> {
        check(at >= earliest(f.strand()), "I12: event " + f.id() + " is early");
        result(f.strand());
      }
      case ExecutionFact.WaitBegan f -> dueMillis.put(f.strand(), f.untilMillis());
      case ExecutionFact.RetryScheduled f -> dueMillis.put(f.strand(), f.dueMillis());
      case ExecutionFact.Retried f -> due(f.strand(), at);
      case ExecutionFact.Exited f -> due(f.strand(), at);
      case ExecutionFact.Watched f ->
          watchers.merge(f.watcher() + " " + f.scheduled(), 1, Integer::sum);
      case ExecutionFact.WatcherTold f ->
          check(told.add(f.watcher() + " " + f.scheduled()), "mail: told twice: " + f.watcher());
      case ExecutionFact.Redriven f -> redriven(f, at);
      case ExecutionFact.Succeeded f -> end = f;
      case ExecutionFact.Failed f -> end = f;
      case ExecutionFact.Aborted f -> end = f;
      case ExecutionFact.TimedOut f -> {
        end = f;
        timedOut(at);
      }
      default -> {}
    }
  }

  /** It goes on after an end, and what was under way before that counts no more. */
  private void redriven(ExecutionFact.Redriven f, long at) {
    check(
        end != null && !(end instanceof ExecutionFact.Succeeded),
        "I7: event " + f.id() + " redrives what " + (end == null ? "runs" : "has succeeded"));
    check(f.count() == ++redrives, "I21: redrive " + redrives + " is counted as " + f.count());
    end = null;
    begunMillis = at;
    scheduled.clear();
    dueMillis.clear();
    beatMillis.clear();
  }

  private void result(int strand) {
    check(scheduled.remove(strand) != null, "I9: strand " + strand + " has two results");
  }

  private long earliest(int strand) {
    Recorded<ExecutionFact> recorded = scheduled.get(strand);
    if (recorded == null || !(recorded.fact() instanceof ExecutionFact.TaskScheduled f)) {
      return Long.MAX_VALUE;
    }
    long earliest = Long.MAX_VALUE;
    if (f.timeoutSeconds() != null) {
      earliest = recorded.millis() + f.timeoutSeconds() * SECOND_MILLIS;
    }
    if (f.heartbeatSeconds() != null) {
      long beat = beatMillis.getOrDefault(strand, recorded.millis());
      earliest = Math.min(earliest, beat + f.heartbeatSeconds() * SECOND_MILLIS);
    }
    return earliest;
  }

  private void due(int strand, long at) {
    Long due = dueMillis.remove(strand);
    check(due == null || at >= due, "I12: strand " + strand + " goes on before its time");
  }

  private void timedOut(long at) {
    Recorded<ExecutionFact> first = facts.getFirst();
    check(
        first.fact() instanceof ExecutionFact.Started f
            && f.timeoutSeconds() != null
            && at >= begunMillis + f.timeoutSeconds() * SECOND_MILLIS,
        "I12: the execution timed out early");
  }
}
