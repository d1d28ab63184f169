package dev.tutti.torture;

import dev.tutti.torture.disk.Disk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** {@code kill -9} just before the Nth write, fsync or rename of the data, or within a write. */
final class KillAt implements Fault {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int KILLED = 137;
  private static final List<Disk.Operation> OPERATIONS = List.of(Disk.Operation.values());

  private final Disk disk;
  private final Map<Disk.Operation, Integer> kills = new EnumMap<>(Disk.Operation.class);

  KillAt(Disk disk) {
    this.disk = disk;
  }

  /** A number that is reached: at first within the start, later under load. */
  static int at(Disk.Operation operation, SplittableRandom random) {
    return 1
        + switch (operation) {
          case WRITE -> random.nextInt(random.nextInt(4) == 0 ? 20 : 500);
          case SYNC -> random.nextInt(random.nextInt(4) == 0 ? 10 : 250);
          case RENAME -> random.nextInt(4);
        };
  }

  @Override
  public void strike(Ordeal ordeal, SplittableRandom random) throws InterruptedException {
    Disk.Operation operation = OPERATIONS.get(random.nextInt(OPERATIONS.size()));
    Path fired = ordeal.fired();
    Disk.Setting setting =
        disk.under(ordeal.data())
            .killing(operation, at(operation, random), random.nextBoolean(), fired);
    try (Victim victim = ordeal.start(setting.environment())) {
      if (victim.awaitReady()) {
        ordeal.load().start();
        boolean ended = victim.awaitEnd(PATIENCE);
        if (!ended) {
          victim.kill();
        }
        ordeal.load().stop();
        if (!ended) {
          throw new Violation("the fault never came: " + setting.environment());
        }
      }
      if (victim.exitValue() != KILLED || Files.notExists(fired)) {
        throw new Violation("the runtime ended with " + victim.exitValue() + ", not by the fault");
      }
      kills.merge(operation, 1, Integer::sum);
    }
  }

  @Override
  public String figures() {
    return "killed at " + kills;
  }
}
