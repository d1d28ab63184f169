package dev.tutti.core.workflow;

import dev.tutti.core.asl.Flow;
import dev.tutti.core.asl.MapState;
import dev.tutti.core.asl.ParallelState;
import dev.tutti.core.asl.State;
import dev.tutti.core.asl.StateMachine;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds Map states by their name, which is unique in a definition, however deep they are. */
final class MapStates {
  private MapStates() {}

  /**
   * A machine's Map state.
   *
   * @throws IllegalStateException where it has none of that name
   */
  static MapState named(StateMachine machine, String name) {
    MapState found = in(machine.flow(), name);
    if (found == null) {
      throw new IllegalStateException("there is no Map state " + name);
    }
    return found;
  }

  private static @Nullable MapState in(Flow flow, String name) {
    for (State state : flow.states().values()) {
      MapState found =
          switch (state) {
            case MapState map -> map.name().equals(name) ? map : in(map.processor(), name);
            case ParallelState parallel ->
                parallel.branches().stream()
                    .map(branch -> in(branch, name))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
            default -> null;
          };
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
