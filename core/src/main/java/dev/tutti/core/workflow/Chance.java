package dev.tutti.core.workflow;

import dev.tutti.core.asl.data.Entropy;
import dev.tutti.core.kernel.Moment;
import java.util.SplittableRandom;
import java.util.UUID;

/** A decision's chance. */
final class Chance implements Entropy {
  private final SplittableRandom random;
  private final long millis;

  Chance(Moment moment, long step) {
    this.millis = moment.millis();
    this.random = new SplittableRandom(moment.seed() ^ (step * 0x9E3779B97F4A7C15L));
  }

  @Override
  public double fraction() {
    return random.nextDouble();
  }

  @Override
  public String uuid() {
    long high = (random.nextLong() & ~0xf000L) | 0x4000L;
    long low = (random.nextLong() >>> 2) | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }

  @Override
  public long millis() {
    return millis;
  }

  /** Sixteen hex digits. */
  String nonce() {
    return "%016x".formatted(random.nextLong());
  }
}
