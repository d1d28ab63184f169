package dev.tutti.core.asl.data;

import static dev.tutti.core.asl.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultPathTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          $.r        | {"a":1}           | {"a":1,"r":"R"}
          $.a        | {"a":1,"b":2}     | {"a":"R","b":2}
          $.x.y.z    | {"a":1}           | {"a":1,"x":{"y":{"z":"R"}}}
          $.a.b      | {"a":{"c":1}}     | {"a":{"c":1,"b":"R"}}
          $.a[1]     | {"a":[1,2,3]}     | {"a":[1,"R",3]}
          $.a[0].b   | {"a":[{"c":1}]}   | {"a":[{"c":1,"b":"R"}]}
          $['x y']   | {}                | {"x y":"R"}
          """)
  void putsTheResultInItsPlace(String path, String input, String expected) {
    JsonNode raw = json(input);
    assertThat(at(path).apply(raw, json("'R'"))).hasToString(expected);
    assertThat(raw).as("the input is unchanged").hasToString(input);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          $.r      | [1]
          $.r      | "text"
          $.a.b    | {"a":1}
          $.a[3]   | {"a":[1]}
          $.a[0]   | {}
          """)
  void failsWhereTheInputHasNoSuchPlace(String path, String input) {
    assertThatThrownBy(() -> at(path).apply(json(input), json("1")))
        .isInstanceOfSatisfying(
            StatesError.class,
            e -> {
              assertThat(e.error()).isEqualTo("States.ResultPathMatchFailure");
              assertThat(e.cause())
                  .isEqualTo("Unable to apply ReferencePath " + path + " to input " + input);
            });
  }

  @Test
  void wholeReplacesAndNowhereDrops() {
    assertThat(ResultPath.WHOLE.apply(json("{}"), json("1"))).hasToString("1");
    assertThat(new ResultPath.Nowhere().apply(json("{}"), json("1"))).hasToString("{}");
  }

  private static ResultPath at(String text) {
    return new ResultPath.At(text, Objects.requireNonNull(Paths.parseReference(text)).steps());
  }
}
