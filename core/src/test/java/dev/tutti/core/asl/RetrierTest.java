package dev.tutti.core.asl;

import static dev.tutti.core.asl.Samples.entropy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetrierTest {
  @ParameterizedTest
  @CsvSource({
    "1, 2.0, 0, 1000",
    "1, 2.0, 3, 8000",
    "3, 1.5, 0, 3000",
    "3, 1.5, 1, 4500",
    "3, 1.5, 2, 6750",
    "5, 1.0, 9, 5000",
    "0, 2.0, 5, 0",
    "1, 2.0, 5000, 31622400000",
  })
  void growsByTheRate(long interval, double rate, long retriesSoFar, long millis) {
    var retrier = retrier(interval, rate, null, Retrier.Jitter.NONE);
    assertThat(retrier.delayMillis(retriesSoFar, entropy(0.9))).isEqualTo(millis);
  }

  @Test
  void isBoundedByTheMaximumDelay() {
    var retrier = retrier(3, 2.0, 10L, Retrier.Jitter.NONE);
    assertThat(List.of(0L, 1L, 2L, 60L))
        .extracting(n -> retrier.delayMillis(n, entropy(0.5)))
        .containsExactly(3000L, 6000L, 10_000L, 10_000L);
  }

  @Test
  void fullJitterTakesAShareOfTheWholeDelay() {
    var retrier = retrier(4, 2.0, 6L, Retrier.Jitter.FULL);
    assertThat(retrier.delayMillis(0, entropy(0.0))).isZero();
    assertThat(retrier.delayMillis(0, entropy(0.25))).isEqualTo(1000);
    assertThat(retrier.delayMillis(1, entropy(0.5))).isEqualTo(3000);
  }

  @Test
  void allowsAsManyRetriesAsItHasAttempts() {
    var retrier = retrier(1, 2.0, null, Retrier.Jitter.NONE);
    assertThat(retrier.allows(2)).isTrue();
    assertThat(retrier.allows(3)).isFalse();
  }

  @Test
  void theFirstThatMatchesIsTaken() {
    var first = retrier(List.of("A"), 1, 2.0, null, Retrier.Jitter.NONE);
    var second = retrier(List.of("States.ALL"), 1, 2.0, null, Retrier.Jitter.NONE);
    var both = List.of(first, second);
    assertThat(Retrier.matching(both, "A", ErrorMatch.Source.TASK)).isZero();
    assertThat(Retrier.matching(both, "B", ErrorMatch.Source.TASK)).isEqualTo(1);
    assertThat(Retrier.matching(both, "States.Runtime", ErrorMatch.Source.STATE)).isEqualTo(-1);
  }

  private static Retrier retrier(
      long interval, double rate, @Nullable Long most, Retrier.Jitter j) {
    return retrier(List.of("States.ALL"), interval, rate, most, j);
  }

  private static Retrier retrier(
      List<String> errors, long interval, double rate, @Nullable Long most, Retrier.Jitter jitter) {
    return new Retrier(new ErrorMatch(errors), interval, 3, rate, most, jitter);
  }
}
