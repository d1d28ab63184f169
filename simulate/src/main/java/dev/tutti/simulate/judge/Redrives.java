package dev.tutti.simulate.judge;

import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.workflow.ExecutionFact;
import dev.tutti.core.workflow.execution.Status;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A history that was redriven, as histories that weren't: one for each time that it came to an end,
 * without what the redrives before that end have undone.
 *
 * <p>A redrive undoes the end, and of each branch, iteration or flow that wasn't finished the state
 * that it was in: it begins anew, as if it had only just been entered. A Parallel or Map state some
 * of whose branches or iterations weren't finished isn't begun anew, but these are; and a Map state
 * whose map run wasn't waits for that one, as if it had only just begun it. What had succeeded
 * stays (I21).
 */
final class Redrives {
  private final List<Recorded<ExecutionFact>> facts;
  private final Map<Integer, Strand> strands = new HashMap<>();
  private final BitSet undone = new BitSet();

  /** Where the states were entered that begin anew, by their strand. */
  private final Map<Integer, Recorded<ExecutionFact>> anew = new HashMap<>();

  /** A flow, as far as it came. */
  private static final class Strand {
    private final int parent;

    /** Where it began. */
    private final int born;

    private final List<Integer> at = new ArrayList<>();

    /** Where the state that it is in was entered; negative between two states. */
    private int entered = -1;

    /** Where the branches or iterations began that it waits for; negative for none. */
    private int spread = -1;

    /** Where the map run began that it waits for; negative for none. */
    private int run = -1;

    /** Whether that has succeeded. */
    private boolean runIsOver;

    private boolean finished;

    Strand(int parent, int born) {
      this.parent = parent;
      this.born = born;
    }

    /** It waits for branches or iterations; negative for none. */
    void spread(int at) {
      spread = at;
      run = -1;
      runIsOver = false;
    }

    /**
     * Whether an event of the state that it is in is undone, so that this goes on or begins anew.
     */
    boolean loses(int event) {
      if (run >= 0) {
        return !runIsOver && event != run && event != spread;
      }
      return spread < 0;
    }
  }

  private Redrives(List<Recorded<ExecutionFact>> facts) {
    this.facts = facts;
    strands.put(0, new Strand(-1, -1));
  }

  /**
   * The histories, in the order of their ends; one where nothing was redriven. A state that was to
   * begin anew and didn't, because another had failed by then, was as good as not entered.
   */
  static List<List<Recorded<ExecutionFact>>> apart(List<Recorded<ExecutionFact>> history) {
    List<List<Recorded<ExecutionFact>>> apart = new ArrayList<>();
    List<Recorded<ExecutionFact>> kept = new ArrayList<>();
    Map<Integer, Recorded<ExecutionFact>> waiting = new HashMap<>();
    for (Recorded<ExecutionFact> recorded : history) {
      if (recorded.fact() instanceof ExecutionFact.Redriven) {
        apart.add(without(waiting, kept));
        Redrives redrive = new Redrives(kept);
        kept = redrive.left();
        waiting.keySet().removeAll(redrive.anew.keySet());
        kept.removeAll(waiting.values()); // left alone by now: who holds them was tried again
        waiting = redrive.anew;
      } else if (!isOfWhatWaits(recorded.fact(), waiting)) {
        kept.add(recorded);
        if (!(recorded.fact() instanceof ExecutionFact.IterationAborted)) {
          waiting.remove(strandOf(recorded.fact())); // of the state itself: it began anew
        }
      }
    }
    apart.add(without(waiting, kept));
    return apart;
  }

  /** Whether a state was aborted that should have begun anew, and hadn't. */
  private static boolean isOfWhatWaits(
      ExecutionFact fact, Map<Integer, Recorded<ExecutionFact>> waiting) {
    return fact instanceof ExecutionFact.StateAborted aborted
        && waiting.containsKey(aborted.strand());
  }

  private static List<Recorded<ExecutionFact>> without(
      Map<Integer, Recorded<ExecutionFact>> waiting, List<Recorded<ExecutionFact>> kept) {
    List<Recorded<ExecutionFact>> begun = new ArrayList<>(kept);
    begun.removeAll(waiting.values());
    return begun;
  }

  /** What a redrive leaves of a history that has come to its end. */
  private List<Recorded<ExecutionFact>> left() {
    for (int i = 0; i < facts.size(); i++) {
      read(i, facts.get(i).fact());
    }
    revive(0);
    List<Recorded<ExecutionFact>> left = new ArrayList<>();
    for (int i = 0; i < facts.size(); i++) {
      if (!undone.get(i)) {
        left.add(facts.get(i));
      }
    }
    return left;
  }

  private void read(int i, ExecutionFact fact) {
    int number = strandOf(fact);
    Strand strand = strands.get(number);
    if (strand == null) {
      return;
    }
    strand.at.add(i);
    switch (fact) {
      case ExecutionFact.Entered _ -> {
        strand.entered = i;
        strand.spread(-1);
      }
      case ExecutionFact.Exited f -> {
        strand.entered = -1;
        strand.finished = f.next() == null;
      }
      case ExecutionFact.ParallelStarted f -> {
        strand.spread(i);
        for (int branch = 0; branch < f.startAt().size(); branch++) {
          strands.put(f.first() + branch, new Strand(number, i));
        }
      }
      case ExecutionFact.MapStarted _ -> strand.spread(i);
      case ExecutionFact.MapRunStarted _ -> strand.run = i;
      case ExecutionFact.MapRunEnded f -> strand.runIsOver = f.status() == Status.SUCCEEDED;
      case ExecutionFact.IterationStarted f -> {
        Strand iteration = new Strand(number, i);
        iteration.at.add(i);
        strands.put(f.strand(), iteration);
      }
      case ExecutionFact.RetryScheduled _,
          ExecutionFact.ChildrenSucceeded _,
          ExecutionFact.EvaluationFailed _,
          ExecutionFact.Faulted _ ->
          strand.spread(-1);
      default -> {}
    }
  }

  /** What follows of a flow that goes on where it wasn't finished. */
  private void revive(int number) {
    Strand strand = strands.get(number);
    if (strand == null || strand.finished) {
      return;
    }
    if (strand.entered >= 0 && strand.spread < 0) {
      anew.put(number, facts.get(strand.entered));
    }
    for (int i : strand.at) {
      boolean ofThisState = strand.entered >= 0 && i > strand.entered;
      boolean isUndone =
          switch (facts.get(i).fact()) {
            case ExecutionFact.StateAborted _,
                ExecutionFact.IterationAborted _,
                ExecutionFact.IterationFailed _ ->
                true;
            case ExecutionFact.ChildrenFailed _ -> ofThisState;
            case ExecutionFact _ -> ofThisState && strand.loses(i);
          };
      undone.set(i, isUndone);
    }
    strands.forEach((below, of) -> {
      if (of.parent != number || strand.entered < 0 || of.born < strand.entered) {
        return;
      }
      if (strand.spread < 0) {
        undo(below);
      } else if (of.born >= strand.spread) {
        revive(below);
      }
    });
  }

  private void undo(int number) {
    Strand strand = strands.get(number);
    if (strand != null) {
      strand.at.forEach(undone::set);
    }
    strands.forEach((below, of) -> {
      if (of.parent == number) {
        undo(below);
      }
    });
  }

  /** Whose an event is; an iteration's start is that of the flow which it belongs to. */
  private static int strandOf(ExecutionFact fact) {
    return switch (fact) {
      case ExecutionFact.Entered f -> f.strand();
      case ExecutionFact.Exited f -> f.strand();
      case ExecutionFact.TaskScheduled f -> f.strand();
      case ExecutionFact.TaskStarted f -> f.strand();
      case ExecutionFact.TaskTaken f -> f.strand();
      case ExecutionFact.TaskSubmitted f -> f.strand();
      case ExecutionFact.TaskSucceeded f -> f.strand();
      case ExecutionFact.TaskFailed f -> f.strand();
      case ExecutionFact.TaskTimedOut f -> f.strand();
      case ExecutionFact.RetryScheduled f -> f.strand();
      case ExecutionFact.Retried f -> f.strand();
      case ExecutionFact.ParallelStarted f -> f.strand();
      case ExecutionFact.MapStarted f -> f.strand();
      case ExecutionFact.IterationStarted f -> f.parent();
      case ExecutionFact.IterationSucceeded f -> f.strand();
      case ExecutionFact.IterationFailed f -> f.strand();
      case ExecutionFact.IterationAborted f -> f.strand();
      case ExecutionFact.ChildrenSucceeded f -> f.strand();
      case ExecutionFact.ChildrenFailed f -> f.strand();
      case ExecutionFact.StateAborted f -> f.strand();
      case ExecutionFact.WaitBegan f -> f.strand();
      case ExecutionFact.MapRunStarted f -> f.strand();
      case ExecutionFact.MapRunEnded f -> f.strand();
      case ExecutionFact.MapRunRedriven f -> f.strand();
      case ExecutionFact.EvaluationFailed f -> f.strand();
      case ExecutionFact.Faulted f -> f.strand();
      default -> -1;
    };
  }
}
