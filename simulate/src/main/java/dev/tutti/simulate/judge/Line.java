package dev.tutti.simulate.judge;

import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.workflow.ExecutionFact;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events of one strand, in order, with a place up to which they are explained. */
final class Line {
  private final List<Recorded<ExecutionFact>> events = new ArrayList<>();
  private int at;

  void add(Recorded<ExecutionFact> event) {
    events.add(event);
  }

  /** The next event of a kind; null where the line ends, or breaks off, before one. */
  @Nullable ExecutionFact peek() {
    return at == events.size() || isBreak(events.get(at).fact()) ? null : events.get(at).fact();
  }

  long millis() {
    return events.get(at).millis();
  }

  /** Takes the next event, which has to be of this kind. */
  <F extends ExecutionFact> F take(Class<F> kind, String where) {
    ExecutionFact next = peek();
    if (!kind.isInstance(next)) {
      throw new Rejected(where + ": " + kind.getSimpleName() + " has to follow, not " + next);
    }
    at++;
    return kind.cast(next);
  }

  /** Takes the next event where it is of this kind. */
  <F extends ExecutionFact> @Nullable F takeIf(Class<F> kind) {
    ExecutionFact next = peek();
    if (!kind.isInstance(next)) {
      return null;
    }
    at++;
    return kind.cast(next);
  }

  /** The id of the next event of a kind further on; {@link Long#MAX_VALUE} where there is none. */
  long idOfNext(Class<? extends ExecutionFact.Shown> kind) {
    for (int i = at; i < events.size(); i++) {
      if (kind.isInstance(events.get(i).fact())) {
        return kind.cast(events.get(i).fact()).id();
      }
    }
    return Long.MAX_VALUE;
  }

  /** Everything has to be explained, but for what breaks off. */
  void checkEnd(String where) {
    if (peek() != null) {
      throw new Rejected(where + ": nothing may follow, but " + peek() + " does");
    }
  }

  private static boolean isBreak(ExecutionFact fact) {
    return fact instanceof ExecutionFact.StateAborted
        || fact instanceof ExecutionFact.IterationAborted;
  }
}
