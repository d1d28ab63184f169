package dev.tutti.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CauseTest {
  private static final Key SCHEDULE = new Key("schedule", "nightly");

  @Test
  void eachTimeThatComesIsATraceOfItsOwn() {
    Cause first = Cause.beginning(SCHEDULE, 1_767_225_600_000L);

    assertThat(first.root()).matches("1-[0-9a-f]{8}-[0-9a-f]{24}");
    assertThat(first.parent()).isEmpty();
    assertThat(first.origin()).isEqualTo("schedule/nightly");
    assertThat(Cause.beginning(SCHEDULE, 1_767_225_600_000L)).isEqualTo(first);
    assertThat(Cause.beginning(SCHEDULE, 1_767_225_660_000L).root()).isNotEqualTo(first.root());
  }
}
