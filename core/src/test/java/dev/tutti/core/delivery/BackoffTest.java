package dev.tutti.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class BackoffTest {
  private static List<Long> delays(Backoff backoff, int retries) {
    SplittableRandom random = new SplittableRandom(7);
    return IntStream.rangeClosed(1, retries)
        .mapToObj(retry -> backoff.delayMillis(retry, random))
        .toList();
  }

  @Test
  void jittersBelowADoublingBoundUpToACap() {
    Backoff backoff = new Backoff.Exponential(1000, 8000);
    SplittableRandom random = new SplittableRandom(7);

    for (int retry = 1; retry <= 100; retry++) {
      int number = retry;
      long bound = Math.min(8000, 1000L << Math.min(20, retry - 1));
      LongStream delays =
          IntStream.range(0, 1000).mapToLong(i -> backoff.delayMillis(number, random));
      var seen = delays.summaryStatistics();
      assertThat(seen.getMax()).isBetween(bound * 9 / 10, bound);
      assertThat(seen.getMin()).isBetween(0L, bound / 10);
    }
  }

  @Test
  void spreadsEventBridgesDefaultOverJustUnderADay() {
    long total =
        delays(RetryPolicy.events().backoff(), RetryPolicy.EVENTS_RETRIES).stream()
            .mapToLong(Long::longValue)
            .sum();

    assertThat(total).isBetween(20 * 3_600_000L, 24 * 3_600_000L);
  }

  @Test
  void triesHttpThreeTimesTwentySecondsApart() {
    assertThat(delays(RetryPolicy.http().backoff(), 3)).containsExactly(20_000L, 20_000L, 20_000L);
  }

  @Test
  void passesThroughThePhasesOfSns() {
    Backoff backoff = new Backoff.Phased(2, 1, 5, 2, 1000, 5000, Backoff.Curve.LINEAR);

    assertThat(delays(backoff, 11))
        .containsExactly(0L, 0L, 1000L, 1000L, 2000L, 3000L, 4000L, 5000L, 5000L, 5000L, 5000L);
  }

  @Test
  void risesByEveryCurveFromTheLeastToTheGreatest() {
    for (Backoff.Curve curve : Backoff.Curve.values()) {
      List<Long> delays = delays(new Backoff.Phased(0, 0, 10, 0, 100, 900, curve), 10);

      assertThat(delays).as(curve.name()).isSorted().startsWith(100L).endsWith(900L);
    }
  }
}
