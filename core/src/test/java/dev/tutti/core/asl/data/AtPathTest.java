package dev.tutti.core.asl.data;

import static dev.tutti.core.asl.Samples.json;
import static dev.tutti.core.asl.Samples.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers of a definition that stand in the data, as numbers or as texts. */
class AtPathTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          0     | 0
          0.5   | 0.5
          100   | 100
          '1'   | 1
          '1.5' | 1.5
          """)
  void aShareIsRead(String found, BigDecimal value) {
    assertThat(percentage().value(scope(json("{'x':" + found + "}")))).isEqualByComparingTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          -1      | ToleratedFailurePercentage must be between 0 and 100.
          100.1   | ToleratedFailurePercentage must be between 0 and 100.
          '100.1' | ToleratedFailurePercentage must be between 0 and 100.
          'all'   | The ToleratedFailurePercentagePath field refers to value "all" which is not a valid float: $.x
          '1.'    | The ToleratedFailurePercentagePath field refers to value "1." which is not a valid float: $.x
          {}      | The ToleratedFailurePercentagePath field refers to value "{}" which is not a valid float: $.x
          """)
  void aShareIsRefused(String found, String cause) {
    assertThatThrownBy(() -> percentage().value(scope(json("{'x':" + found + "}"))))
        .hasMessage("States.Runtime: " + cause);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          7   | 7
          '7' | 7
          """)
  void aWholeNumberIsRead(String found, long value) {
    assertThat(amount().value(scope(json("{'x':" + found + "}")))).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          1.5   | The MaxConcurrencyPath field refers to value "1.5" which is not a valid integer: $.x
          'few' | The MaxConcurrencyPath field refers to value "few" which is not a valid integer: $.x
          """)
  void aWholeNumberIsRefused(String found, String cause) {
    assertThatThrownBy(() -> amount().value(scope(json("{'x':" + found + "}"))))
        .hasMessage("States.Runtime: " + cause);
  }

  private static Percentage percentage() {
    return new Percentage("ToleratedFailurePercentage", null, path(), null);
  }

  private static Amount amount() {
    return new Amount.AtPath("MaxConcurrencyPath", path());
  }

  private static Path path() {
    return Objects.requireNonNull(Paths.parse("$.x"));
  }
}
