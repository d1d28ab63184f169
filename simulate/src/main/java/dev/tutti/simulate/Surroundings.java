package dev.tutti.simulate;

import dev.tutti.simulate.judge.Seen;

/** What is around the engine's processes, and outlives them; {@code seen} looks on. */
record Surroundings(
    SimulatedFunctions functions, SimulatedObjects objects, SimulatedWeb web, Seen seen) {
  /** From now on all of them answer well and in time. */
  void calm() {
    functions.calm();
    objects.calm();
    web.calm();
  }
}
