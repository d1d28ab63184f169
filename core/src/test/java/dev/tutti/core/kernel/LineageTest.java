package dev.tutti.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineageTest {
  @Test
  void aPassIsCountedAndStandsFirst() {
    Lineage once = Lineage.of(null).passing("a").passing("b");

    Lineage twice = once.passing("a");

    assertThat(twice.times("a")).isEqualTo(2);
    assertThat(twice.times("b")).isEqualTo(1);
    assertThat(twice.times("c")).isZero();
    assertThat(twice.text()).startsWith(Lineage.hash("a") + ":2|" + Lineage.hash("b"));
    assertThat(Lineage.of(twice.text())).isEqualTo(twice);
  }

  @Test
  void whatWasPassedLongestAgoIsForgotten() {
    Lineage lineage = Lineage.of(null);
    for (int i = 0; i < 100; i++) {
      lineage = lineage.passing("round").passing("other-" + i);
    }

    assertThat(lineage.times("round")).isEqualTo(100);
    assertThat(lineage.times("other-0")).isZero();
    assertThat(lineage.passes()).hasSizeLessThan(30);
  }

  @Test
  void aCauseKeepsItFromFactToFact() {
    Cause cause = new Cause("r", "", "o").passing("rule");

    assertThat(cause.then(new Key("k", "i"), 1).lineage()).isEqualTo(cause.lineage());
    assertThat(Lineage.of("no lineage; 12").passes()).isEmpty();
  }
}
