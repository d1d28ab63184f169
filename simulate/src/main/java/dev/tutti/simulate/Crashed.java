package dev.tutti.simulate;

/** The simulated process died. An error, so that nothing in the engine takes it for its own. */
final class Crashed extends Error {
  private static final long serialVersionUID = 1;

  Crashed() {
    super("the simulated process died", null, false, false);
  }
}
