package dev.tutti.core.asl;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * States and where to begin among them: a whole machine, a Parallel state's branch, a Map state's
 * processor. Every transition inside leads to a state of the same flow.
 *
 * @param states by name, in the definition's order
 */
public record Flow(String startAt, Map<String, State> states) {
  public Flow {
    states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
  }

  /** The state of this name. It must exist; transitions of a compiled flow only name such. */
  public State state(String name) {
    State state = states.get(name);
    if (state == null) {
      throw new IllegalArgumentException("no state '" + name + "' in this flow");
    }
    return state;
  }

  /** The state that the flow begins at. */
  public State first() {
    return state(startAt);
  }
}
