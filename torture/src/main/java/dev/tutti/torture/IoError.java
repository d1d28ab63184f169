package dev.tutti.torture;

import dev.tutti.torture.disk.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;

/** A write or an fsync of the store fails, once or from then on: the runtime stops at once. */
final class IoError implements Fault {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** On a machine that is not busy with other things it takes less than one second. */
  private static final long MOST_MILLIS = 5000;

  private static final int EIO = 5;
  private static final int STORE_FAILED = 70;

  private final Disk disk;
  private int working;
  private int starting;
  private long longestMillis;

  IoError(Disk disk) {
    this.disk = disk;
  }

  @Override
  public void strike(Ordeal ordeal, SplittableRandom random) throws InterruptedException {
    Disk.Operation operation = random.nextBoolean() ? Disk.Operation.WRITE : Disk.Operation.SYNC;
    Path fired = ordeal.fired();
    Disk.Setting setting =
        disk.under(ordeal.data().resolve("store"))
            .failing(
                operation,
                KillAt.at(operation, random),
                random.nextBoolean() ? 1 : Long.MAX_VALUE / 2,
                EIO,
                fired);
    try (Victim victim = ordeal.start(setting.environment())) {
      if (!victim.awaitReady()) {
        refused(victim, fired);
        starting++;
        return;
      }
      ordeal.load().start();
      boolean ended = victim.awaitEnd(PATIENCE);
      long endMillis = System.currentTimeMillis();
      victim.kill();
      ordeal.load().stop();
      if (Files.notExists(fired)) {
        throw new Violation("the fault never came: " + setting.environment());
      }
      long took = endMillis - Files.getLastModifiedTime(fired).toMillis();
      if (!ended || took > MOST_MILLIS) {
        throw new Violation(
            "the runtime went on for %d ms after a failed %s of %s"
                .formatted(took, operation, Files.readString(fired)));
      }
      if (victim.exitValue() != STORE_FAILED) {
        throw new Violation("the runtime ended with " + victim.exitValue());
      }
      longestMillis = Math.max(longestMillis, took);
      working++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A store that fails while it is opened is refused, or stops the runtime. */
  private static void refused(Victim victim, Path fired) {
    if (Files.notExists(fired) || (victim.exitValue() != 1 && victim.exitValue() != STORE_FAILED)) {
      throw new Violation("the runtime ended with " + victim.exitValue() + ", not by the fault");
    }
  }

  @Override
  public String figures() {
    return "%d failed under load and stopped within %d ms, %d while starting"
        .formatted(working, longestMillis, starting);
  }
}
