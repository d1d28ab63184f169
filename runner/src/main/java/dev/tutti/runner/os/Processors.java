package dev.tutti.runner.os;

import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** Whether the machine's processors, or those that this container may use, have time left. */
public final class Processors {
  /** From this share of their time on they have none. */
  private static final double BUSY = 0.9;

  /** Weight of the newest look in the mean: at ten a second about the last half second counts. */
  private static final double NEWEST = 0.25;

  private com.sun.management.@Nullable OperatingSystemMXBean system;
  private double load;

  /** Whether they had no time left lately; to be asked regularly, by one thread. */
  public boolean isBusy() {
    if (system == null) { // not before, so that no start waits for it
      system =
          (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    }
    double now = system.getCpuLoad(); // since the last look; below zero where it isn't known
    load += NEWEST * (Math.max(0, now) - load);
    return load > BUSY;
  }
}
