package dev.tutti.core.asl;

import dev.tutti.core.asl.data.DataFlow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs its branches side by side, each on the arguments; the result is the array of outputs. */
public record ParallelState(
    String name,
    @Nullable String comment,
    DataFlow data,
    List<Flow> branches,
    List<Retrier> retriers,
    List<Catcher> catchers,
    Transition transition)
    implements State {
  public ParallelState {
    branches = List.copyOf(branches);
    retriers = List.copyOf(retriers);
    catchers = List.copyOf(catchers);
  }
}
