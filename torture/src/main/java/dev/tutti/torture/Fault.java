package dev.tutti.torture;

import java.util.SplittableRandom;

/** Starts a runtime, puts it under load and does it harm; nothing runs any more afterwards. */
interface Fault {
  /**
   * Does it once.
   *
   * @throws Violation where the fault never came, or a promise about it is broken
   */
  void strike(Ordeal ordeal, SplittableRandom random) throws InterruptedException;

  /** What came of all times, in a few words. */
  String figures();
}
