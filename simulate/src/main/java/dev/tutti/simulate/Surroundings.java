package dev.tutti.simulate;

/** What is around the engine's processes, and outlives them. */
record Surroundings(SimulatedFunctions functions, SimulatedObjects objects, SimulatedWeb web) {
  /** From now on all of them answer well and in time. */
  void calm() {
    functions.calm();
    objects.calm();
    web.calm();
  }
}
