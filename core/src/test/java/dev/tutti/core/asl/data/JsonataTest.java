package dev.tutti.core.asl.data;

import static dev.tutti.core.asl.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.asl.Samples;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonataTest {
  private static JsonNode value(String expression) {
    Scope scope =
        new Scope(
            json("{'n':1,'none':null,'list':[1,2,3],'big':0.1}"),
            json("{'Execution':{'Id':'e'}}"),
            (ObjectNode) json("{'x':42,'nil':null,'max':5,'sort':7}"),
            Samples.entropy(0.25));
    return Objects.requireNonNull(Jsonata.parse("{% " + expression + " %}"))
        .evaluate(scope, "Output");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "$states.input.n + $x | 43",
        "$states.context.Execution.Id | 'e'",
        "$states.input.none | null",
        "$nil | null",
        "[$states.input.list, 4] | [1,2,3,4]",
        "$states.input.big | 0.1",
        "7 / 2 | 3.5",
        "6 / 2 | 3",
        "{'a': $states.input.list[$ > 1]} | {'a':[2,3]}",
        "$partition([1,2,3], 2) | [[1,2],[3]]",
        "$range(0, 4, 2) | [0,2,4]",
        "$hash('a', 'MD5') | '0cc175b9c0f1b6a831c399e269772661'",
        "$parse('{\"a\":null}') | {'a':null}",
        "$pad('x', -3, '#') | '##x'",
        "$random() | 0.25",
        "$random(7) = $random(7) | true",
        "$millis() | 1700000000000",
        "$now() | '2023-11-14T22:13:20.000Z'",
        "$shuffle([1,2,3])[0] | 2",
        "($has := $contains(?, 'b'); [$has('abc'), $has('ac')]) | [true,false]",
        "($two := $substring(?, 0, 2); $two('abc')) | 'ab'",
        "$map([1,4], $sqrt) | [1,2]",
        "$max + $sort | 12",
      })
  void hasAValue(String expression, String expected) {
    assertThat(value(expression)).isEqualTo(json(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"$missing", "$states.result", "$states.input.nothing", "$[0]"})
  void saysWhatIsUndefined(String expression) {
    assertThatThrownBy(() -> value(expression))
        .isInstanceOf(StatesError.class)
        .hasMessageContaining("returned nothing (undefined).");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$pad('x', 100000000)",
        "($f := function($n) { $f($n + 1) }; $f(0))",
        "($f := function($n) { 1 + $f($n + 1) }; $f(0))",
        "$reduce([1..100], function($a, $b) { $a & $a }, 'x')",
        "$count([1..9000000])",
        "$range(0, 1e12, 1)",
        "$eval('1')",
        "$sum",
      })
  void boundsWhatAnExpressionMayDo(String expression) {
    assertThatThrownBy(() -> value(expression))
        .isInstanceOf(StatesError.class)
        .hasMessageContaining(StatesError.QUERY_EVALUATION_ERROR);
  }

  @Test
  void asksForAType() {
    Jsonata expression = Objects.requireNonNull(Jsonata.parse("{% 'a' %}"));
    Scope scope = Samples.scope(json("{}"));
    assertThatThrownBy(() -> expression.typed(scope, "Items", Jsonata.Type.ARRAY))
        .hasMessageContaining(
            "The JSONata expression ''a'' specified for the field 'Items' returned an unexpected"
                + " result type. Expected 'array', but was 'string' for value: \"a\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{% 1 +", "1 %}", "{% 1 + %}", "{% ( %}", "{%}"})
  void isNoExpression(String written) {
    assertThat(Jsonata.parse(written)).isNull();
  }
}
