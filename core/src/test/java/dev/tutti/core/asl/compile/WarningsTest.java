package dev.tutti.core.asl.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WarningsTest {
  private static List<String> warnings(String state) {
    return Definitions.warnings("{\"StartAt\": \"A\", \"States\": {\"A\": " + state + "}}").stream()
        .map(found -> found.severity() + " " + found.code() + " " + found.location())
        .toList();
  }

  @Test
  void aPathOrIntrinsicNeedsADollarInTheNameOfItsField() {
    assertThat(
            warnings(
                """
                {"Type": "Pass", "Parameters": {"a": "$.x", "b": [{"c": "States.UUID()"}], "d.$": "$.x",
                 "e": "$5"}}
                """))
        .containsExactly(
            "WARNING NO_DOLLAR /States/A/Parameters/a",
            "WARNING NO_DOLLAR /States/A/Parameters/b[0]/c");
  }

  @Test
  void aPathNeedsPathInTheNameOfItsField() {
    assertThat(
            warnings(
                """
                {"Type": "Choice", "Choices": [{"And": [{"Variable": "$.a", "StringEquals": "$.b"}],
                 "Next": "A"}]}
                """))
        .containsExactly("WARNING NO_PATH /States/A/Choices[0]/And[0]/StringEquals");
  }

  @Test
  void theResultOfAPassStateIsStatic() {
    assertThat(warnings("{\"Type\": \"Pass\", \"Result\": {\"a\": [\"$.x\"]}, \"End\": true}"))
        .containsExactly("WARNING PASS_RESULT_IS_STATIC /States/A/Result");
  }

  @Test
  void statesInJsonataHaveNoSuchFields() {
    assertThat(warnings("{\"Type\": \"Fail\", \"QueryLanguage\": \"JSONata\", \"Error\": \"$.x\"}"))
        .isEmpty();
  }
}
