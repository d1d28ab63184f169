package dev.tutti.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LimitTest {
  private final Limit limit = new Limit();

  private void answers(Health health, int times, long tookMillis) {
    for (int i = 0; i < times; i++) {
      limit.learn(health, limit.round(), true, tookMillis);
    }
  }

  @Test
  void growsToItsMostWhileAllOfItIsUsed() {
    answers(Health.WELL, 1000, 10);
    assertThat(limit.now()).isEqualTo(Limit.MOST);
  }

  @Test
  void doesNotGrowWhileItIsNotUsed() {
    limit.learn(Health.WELL, limit.round(), false, 10);
    assertThat(limit.now()).isEqualTo(Limit.START);
  }

  @Test
  void isCutOnceARoundByATargetThatAsksForLess() {
    int round = limit.round();
    for (int i = 0; i < Limit.START; i++) {
      limit.learn(Health.BUSY, round, true, 10);
    }
    assertThat(limit.now()).isEqualTo(11);

    answers(Health.BUSY, 100, 10);
    assertThat(limit.now()).isEqualTo(Limit.LEAST);
  }

  @Test
  void growsByOneARoundAfterACut() {
    answers(Health.BUSY, 1, 10);
    int before = limit.now();
    answers(Health.WELL, before + 1, 10);
    assertThat(limit.now()).isEqualTo(before + 1);
  }

  @Test
  void shrinksToItsStartWhereAnswersBecomeSlow() {
    answers(Health.WELL, 1000, 10);
    answers(Health.WELL, 1000, 5000);
    assertThat(limit.now()).isEqualTo(Limit.START);
  }
}
