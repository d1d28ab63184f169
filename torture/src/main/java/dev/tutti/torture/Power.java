package dev.tutti.torture;

import dev.tutti.torture.disk.Disk;
import dev.tutti.torture.disk.PowerLoss;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * The power fails: at a random moment, or just before the Nth write or fsync, and what was not
 * fsynced is gone. The control is the same runtime on a disk that takes no notice of fsyncs, as if
 * it had been built without: it has to lose what it acknowledged.
 */
final class Power implements Fault {
  private static final int LONGEST_LIFE_MILLIS = 1_200;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Disk disk;
  private final boolean control;
  private int cuts;
  private long syncs;
  private long dropped;

  Power(Disk disk, boolean control) {
    this.disk = disk;
    this.control = control;
  }

  @Override
  public void strike(Ordeal ordeal, SplittableRandom random) throws InterruptedException {
    try {
      Path trace = ordeal.data().resolveSibling("trace");
      Files.deleteIfExists(trace);
      PowerLoss loss = PowerLoss.before(ordeal.data());
      run(ordeal, setting(ordeal, trace, random), random);
      loss.play(trace);
      if (control) {
        loss.cutAll();
      } else {
        loss.cut(random);
      }
      Files.delete(trace);
      cuts++;
      syncs += loss.syncs();
      dropped += loss.dropped();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Disk.Setting setting(Ordeal ordeal, Path trace, SplittableRandom random) {
    Disk.Setting setting = disk.under(ordeal.data()).traced(trace);
    if (control) {
      return setting.deaf();
    }
    Disk.Operation operation = random.nextBoolean() ? Disk.Operation.WRITE : Disk.Operation.SYNC;
    return random.nextInt(3) == 0
        ? setting
        : setting.killing(
            operation, KillAt.at(operation, random), random.nextBoolean(), ordeal.fired());
  }

  private static void run(Ordeal ordeal, Disk.Setting setting, SplittableRandom random)
      throws InterruptedException {
    boolean planned = setting.environment().containsKey("DISK_AT");
    try (Victim victim = ordeal.start(setting.environment())) {
      if (!victim.awaitReady()) {
        if (!planned) {
          throw new Violation(
              "I25: the runtime doesn't start: it ended with " + victim.exitValue());
        }
        return;
      }
      ordeal.load().start();
      ordeal.load().awaitMore(victim);
      if (planned) {
        if (!victim.awaitEnd(PATIENCE)) {
          victim.kill();
          ordeal.load().stop();
          throw new Violation("the fault never came: " + setting.environment());
        }
      } else {
        Thread.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
      }
      victim.kill();
      ordeal.load().stop();
    }
  }

  @Override
  public String figures() {
    return "%d cuts, %d fsyncs kept, %d writes and names dropped".formatted(cuts, syncs, dropped);
  }
}
