package dev.tutti.simulate;

import dev.tutti.host.Drive;
import dev.tutti.host.VirtualTime;
import java.util.List;
import java.util.SplittableRandom;

/** Virtual time whose course is decided by one seed, and in which processes die. */
final class World implements VirtualTime.Course {
  private static final int CALL_LATENCY_MILLIS = 20;
  private static final int AGAIN_MILLIS = 1000;
  static final long START_MILLIS = 1_767_225_600_000L;

  private final SplittableRandom random;
  private final VirtualTime time = new VirtualTime(START_MILLIS, this);
  private final List<Scenario.Jump> jumps;
  private int steps;
  private boolean crashed;
  private Fate fate = Fate.PLAIN;

  /**
   * What becomes of the outcome of the call that is being performed.
   *
   * @param delayMillis until it is handed over
   * @param again whether it is handed over twice
   * @param lost whether it is never handed over
   */
  record Fate(long delayMillis, boolean again, boolean lost) {
    static final Fate PLAIN = new Fate(0, false, false);
  }

  World(SplittableRandom random, List<Scenario.Jump> jumps) {
    this.random = random;
    this.jumps = jumps;
  }

  long now() {
    return time.now();
  }

  int steps() {
    return steps;
  }

  SplittableRandom random() {
    return random;
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  /** Does something later, whatever happens to the engine. */
  void later(long delayMillis, Runnable work) {
    time.later(delayMillis, work);
  }

  /** Decides what becomes of the outcome of the call that is being performed. */
  void fate(Fate decided) {
    fate = decided;
  }

  /** The process dies: nothing that it does after this counts. */
  void crash() {
    crashed = true;
  }

  /** What drives a new process; the one before is gone, with all that it was doing. */
  Drive process() {
    crashed = false;
    return time.drive();
  }

  /**
   * Does one thing.
   *
   * @return false where nothing will ever happen any more
   * @throws Crashed where the process died of it
   */
  boolean step() {
    steps++;
    jumps.stream().filter(jump -> jump.step() == steps).forEach(jump -> time.jump(jump.millis()));
    return time.step();
  }

  @Override
  public int pick(int ready) {
    return random.nextInt(ready);
  }

  @Override
  public long latencyMillis() {
    return random.nextInt(CALL_LATENCY_MILLIS);
  }

  @Override
  public void performing() {
    fate = Fate.PLAIN;
  }

  @Override
  public VirtualTime.Fate fate() {
    long again = fate.again() && !fate.lost() ? random.nextInt(AGAIN_MILLIS) : -1;
    return new VirtualTime.Fate(fate.delayMillis(), again, fate.lost());
  }

  @Override
  public void happened() {
    if (crashed) {
      throw new Crashed();
    }
  }
}
