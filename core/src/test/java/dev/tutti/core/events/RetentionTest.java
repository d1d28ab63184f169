package dev.tutti.core.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionTest {
  @Test
  void anAgeASizeOrBoth() {
    assertThat(Retention.parse("30m")).contains(new Retention(1_800_000, 0));
    assertThat(Retention.parse("2d 500MB")).contains(new Retention(172_800_000, 500L << 20));
    assertThat(Retention.parse(" 1TB  36h ")).contains(new Retention(129_600_000, 1L << 40));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7", "0d", "7 d", "7d 8d", "1GB 2GB", "7d,2GB", "-1d", "1w"})
  void nothingElse(String value) {
    assertThat(Retention.parse(value)).isEmpty();
  }
}
