package dev.tutti.torture;

import java.util.Map;
import java.util.SplittableRandom;

/** {@code kill -9} at a random moment: mostly under load, now and then while it starts. */
final class Kill implements Fault {
  private static final int LONGEST_LIFE_MILLIS = 1_500;
  private static final int LONGEST_START_MILLIS = 1_500;

  private int starting;
  private int working;

  @Override
  public void strike(Ordeal ordeal, SplittableRandom random) throws InterruptedException {
    try (Victim victim = ordeal.start(Map.of())) {
      if (random.nextInt(8) == 0) {
        Thread.sleep(random.nextInt(LONGEST_START_MILLIS));
        starting++;
      } else {
        if (!victim.awaitReady()) {
          throw new Violation(
              "I25: the runtime doesn't start: it ended with " + victim.exitValue());
        }
        ordeal.load().start();
        ordeal.load().awaitMore(victim);
        Thread.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
        working++;
      }
      if (!victim.isAlive()) {
        throw new Violation("the runtime ended by itself with " + victim.exitValue());
      }
      victim.kill();
      ordeal.load().stop();
    }
  }

  @Override
  public String figures() {
    return working + " killed under load, " + starting + " while starting";
  }
}
