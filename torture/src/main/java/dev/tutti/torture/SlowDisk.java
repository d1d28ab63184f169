package dev.tutti.torture;

import dev.tutti.torture.disk.Disk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Each fsync takes 20 ms longer. With group commit each client is acknowledged once in an fsync:
 * that is the prediction, of which at least half has to be reached by a runtime that is warm.
 */
final class SlowDisk implements Fault {
  private static final int MICROS = 20_000;
  private static final int WARM_UP_MILLIS = 15_000;
  private static final int MEASURED_MILLIS = 10_000;
  private static final double LEAST = 0.5;

  private final Disk disk;
  private double worst = Double.MAX_VALUE;

  SlowDisk(Disk disk) {
    this.disk = disk;
  }

  @Override
  public void strike(Ordeal ordeal, SplittableRandom random) throws InterruptedException {
    Path fired = ordeal.fired();
    Disk.Setting setting = disk.under(ordeal.data()).slow(MICROS, fired);
    try (Victim victim = ordeal.start(setting.environment())) {
      if (!victim.awaitReady()) {
        throw new Violation("I25: the runtime doesn't start: it ended with " + victim.exitValue());
      }
      ordeal.load().start();
      Thread.sleep(WARM_UP_MILLIS);
      long before = ordeal.load().acknowledged();
      Thread.sleep(MEASURED_MILLIS);
      double rate = (ordeal.load().acknowledged() - before) * 1000.0 / MEASURED_MILLIS;
      ordeal.load().stop();
      victim.kill();
      double predicted = ordeal.load().clients() * 1_000_000.0 / MICROS;
      if (Files.notExists(fired)) {
        throw new Violation("the fault never came");
      }
      if (rate < LEAST * predicted) {
        throw new Violation(
            "%.0f acknowledged a second, of %.0f that group commit allows"
                .formatted(rate, predicted));
      }
      worst = Math.min(worst, rate / predicted);
    }
  }

  @Override
  public String figures() {
    return "at least %.0f %% of what group commit allows".formatted(100 * worst);
  }
}
