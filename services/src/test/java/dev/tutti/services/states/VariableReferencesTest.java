package dev.tutti.services.states;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.json.Json;
import org.junit.jupiter.api.Test;

class VariableReferencesTest {
  private static String of(String states) {
    return Json.write(VariableReferences.of("{\"StartAt\": \"A\", \"States\": " + states + "}"));
  }

  @Test
  void ofPathsTemplatesAndIntrinsics() {
    assertThat(
            of(
                """
                {"A": {"Type": "Pass", "InputPath": "$data.x", "Parameters": {
                    "one.$": "States.Format('{} $no', $name)", "two": "$static", "three.$": "$$.Map.Item.Value",
                    "four.$": "$.plain[?(@.a == $limit)]"}}}
                """))
        .isEqualTo("{\"A\":[\"data\",\"limit\",\"name\"]}");
  }

  @Test
  void ofExpressionsButNotTheirOwnVariablesNorFunctions() {
    assertThat(
            of(
                """
                {"A": {"Type": "Pass", "QueryLanguage": "JSONata", "Output": {
                    "x": "{% ($local := $outer + 1; $map($states.input, function($v) { $v * $local })) %}",
                    "y": "{% '$text' & $sum($list) /* $comment */ %}", "z": "$plain"}}}
                """))
        .isEqualTo("{\"A\":[\"list\",\"outer\"]}");
  }

  @Test
  void ofNestedStatesByTheirOwnNames() {
    assertThat(
            of(
                """
                {"Each": {"Type": "Map", "MaxConcurrencyPath": "$width", "ItemProcessor": {"StartAt": "Inner",
                    "States": {"Inner": {"Type": "Pass", "OutputPath": "$answer"}}}},
                 "None": {"Type": "Pass", "InputPath": "$.x"}}
                """))
        .isEqualTo("{\"Each\":[\"width\"],\"Inner\":[\"answer\"]}");
  }
}
