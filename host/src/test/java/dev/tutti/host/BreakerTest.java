package dev.tutti.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BreakerTest {
  private final Breaker breaker = new Breaker();
  private long now = 1000;

  private Breaker.Change learn(Health health) {
    assertThat(breaker.admits(now)).isTrue();
    breaker.begin();
    return breaker.learn(health, now);
  }

  private void open() {
    for (int i = 1; i < Breaker.FAILURES; i++) {
      assertThat(learn(Health.DOWN)).isEqualTo(Breaker.Change.NONE);
    }
    assertThat(learn(Health.DOWN)).isEqualTo(Breaker.Change.OPENED);
  }

  @Test
  void opensAfterFailuresInARowOnly() {
    for (int i = 0; i < 100; i++) {
      learn(i % Breaker.FAILURES == 0 ? Health.BUSY : Health.DOWN);
    }
    assertThat(breaker.isOpen()).isFalse();
  }

  @Test
  void letsOneProbeThroughWhenItsTimeHasCome() {
    open();
    assertThat(breaker.admits(now)).isFalse();
    now += Breaker.FIRST_MILLIS;
    assertThat(breaker.admits(now)).isTrue();
    breaker.begin();
    assertThat(breaker.admits(now)).isFalse();
    assertThat(breaker.learn(Health.WELL, now)).isEqualTo(Breaker.Change.CLOSED);
    assertThat(breaker.admits(now)).isTrue();
  }

  @Test
  void waitsTwiceAsLongAfterEveryFailedProbe() {
    open();
    long expected = Breaker.FIRST_MILLIS;
    for (int i = 0; i < 10; i++) {
      assertThat(breaker.probeMillis() - now).isEqualTo(expected);
      now = breaker.probeMillis();
      learn(Health.DOWN);
      expected = Math.min(Breaker.LONGEST_MILLIS, 2 * expected);
    }
  }

  @Test
  void aProbeThatWasNotPerformedSaysNothing() {
    open();
    now += Breaker.FIRST_MILLIS;
    breaker.begin();
    breaker.forget();
    assertThat(breaker.isOpen()).isTrue();
    assertThat(breaker.admits(now)).isTrue();
  }

  @Test
  void aClockThatIsSetBackPutsTheProbeOffByNoMoreThanItsWait() {
    open();
    now -= 900;
    assertThat(breaker.admits(now)).isFalse();
    assertThat(breaker.probeMillis()).isEqualTo(now + Breaker.FIRST_MILLIS);
  }
}
