package dev.tutti.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.data.StatesError;
import dev.tutti.core.json.Json;
import dev.tutti.core.workflow.execution.Ended;
import dev.tutti.core.workflow.execution.Status;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The facts of one decision, numbered as the history will have them. */
final class Draft {
  /** Longest text of any state's input or output, in bytes of UTF-8 (AWS quota). */
  static final int MAX_PAYLOAD_BYTES = 256 * 1024;

  private final Execution execution;
  private final boolean told;
  private final List<ExecutionFact> facts = new ArrayList<>();
  private long lastEvent;

  /**
   * A draft.
   *
   * @param told whether the execution's end is told on the default bus
   */
  Draft(Execution execution, boolean told) {
    this.execution = execution;
    this.told = told;
    this.lastEvent = execution.lastEvent();
  }

  /** The next event's id. */
  long id() {
    return ++lastEvent;
  }

  /** Gives back the ids of events that were not drafted after all: a history has no gaps. */
  void giveBackIds() {
    lastEvent = execution.lastEvent();
    for (ExecutionFact fact : facts) {
      if (fact instanceof ExecutionFact.Shown shown) {
        lastEvent = Math.max(lastEvent, shown.id());
      }
    }
  }

  void add(ExecutionFact fact) {
    facts.add(fact);
  }

  List<ExecutionFact> facts() {
    return facts;
  }

  /** Takes back effects that are still unsettled. */
  void release(Collection<String> names) {
    if (!names.isEmpty()) {
      facts.add(new ExecutionFact.Released(List.copyOf(new TreeSet<>(names))));
    }
  }

  /** Takes back a strand's effects, but for one that has just been settled. */
  void release(Strand strand, @Nullable String settled) {
    var names = new ArrayList<>(strand.effects);
    names.remove(settled);
    release(names);
  }

  /** Takes back the effects of strands. */
  void releaseAll(Collection<Strand> strands) {
    var names = new ArrayList<String>();
    strands.forEach(strand -> names.addAll(strand.effects));
    release(names);
  }

  /** Leaves unfinished whatever the strand is in, if it shows. */
  void abort(Strand strand) {
    switch (strand.type) {
      case "Task", "Wait", "Parallel", "Map" -> {
        if (strand.phase != Strand.Phase.ENTERING) {
          add(new ExecutionFact.StateAborted(id(), strand.previous, strand.id, strand.type));
        }
      }
      default -> {}
    }
  }

  /** Leaves strands unfinished and takes back their effects. */
  void abandon(List<Strand> strands) {
    var names = new ArrayList<String>();
    for (Strand lost : strands) {
      names.addAll(lost.effects);
      abort(lost);
      if (lost.iteration()) {
        add(
            new ExecutionFact.IterationAborted(
                id(),
                lost.previous,
                lost.id,
                execution.strands().get(lost.parent).state,
                lost.index));
      }
    }
    release(names);
  }

  /** Ends the execution: nothing of it stays behind, and those who wait are told. */
  void end(
      Status as,
      long previous,
      long millis,
      @Nullable JsonNode output,
      @Nullable String error,
      @Nullable String cause) {
    if (as != Status.TIMED_OUT) {
      release(execution.effects());
    }
    Ended ended = execution.ended(as, millis, output, error, cause);
    MapRunChild child = execution.begun().mapRun();
    if (child != null) {
      add(new ExecutionFact.MapRunTold(child, ended));
    }
    for (ExecutionFact.Watched watched : execution.watchers()) {
      add(new ExecutionFact.WatcherTold(watched.watcher(), watched.scheduled(), ended));
    }
    add(
        switch (as) {
          case SUCCEEDED ->
              new ExecutionFact.Succeeded(id(), previous, Objects.requireNonNull(output));
          case FAILED -> new ExecutionFact.Failed(id(), previous, error, cause);
          case TIMED_OUT -> new ExecutionFact.TimedOut(id(), previous, error, cause);
          case ABORTED -> new ExecutionFact.Aborted(id(), previous, error, cause);
          case RUNNING -> throw new IllegalArgumentException("that is no end");
        });
    if (told) {
      add(new ExecutionFact.StatusTold(as, lastEvent));
    }
  }

  /** Fails the execution because its history is as long as a history may be. */
  void giveUp(long millis) {
    releaseAll(execution.strands().all());
    end(
        Status.FAILED,
        execution.lastEvent(),
        millis,
        null,
        StatesError.RUNTIME,
        "The execution reached the maximum number of history events ("
            + Executions.MAX_EVENTS
            + ").");
  }

  static boolean tooLong(JsonNode value) {
    return Json.isLongerThan(MAX_PAYLOAD_BYTES, value);
  }

  static String tooLongCause(String of) {
    return "The state/task '"
        + of
        + "' returned a result with a size exceeding the maximum number of bytes service limit.";
  }
}
