package dev.tutti.core.asl.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileExpressionsTest {
  private static final Entropy NO_CHANCE =
      new Entropy() {
        @Override
        public double fraction() {
          return 0;
        }

        @Override
        public String uuid() {
          return "";
        }

        @Override
        public long millis() {
          return 0;
        }
      };

  private static JsonNode evaluate(String expression, String input) {
    Scope scope = Scope.of(Json.parse(input), Json.object(), NO_CHANCE);
    return Objects.requireNonNull(Jsonata.parse("{% " + expression + " %}"))
        .evaluate(scope, "Output");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$pad('x', 100000000)",
        "[1..10000000]",
        "($f := function($n) { $f($n + 1) }; $f(0))",
        "($f := function($n) { 1 + $f($n + 1) }; $f(0))",
        "$reduce([1..60], function($a, $x) { {'a': $a, 'b': $a} }, {})",
        "$string($reduce([1..60], function($a, $x) { {'a': $a, 'b': $a} }, {}))",
        "$reduce([1..60], function($a, $x) { $a & $a }, 'x')",
        "$join($map([1..1000], function($x) { $pad('x', 1000) }), $pad('-', 100000))",
        "$replace($pad('x', 100000, 'x'), 'x', $pad('y', 100000))",
        "$map([1..1000], function($i) { $map([1..1000], function($j) { $i * $j }) })",
        "($f := function($n) { $n < 2 ? 1 : $f($n - 1) + $f($n - 2) }; $f(60))",
        "$map([1..1000], function($i) { $pad('x', 250000) })",
        "$map([1..1000], function($i) { $split($pad('x', 100000, 'x'), '') })",
        "$map([1..1000], function($i) { $range(1, 100000, 1) })",
        "($big := [1..100000]; $map([1..1000], function($i) { $string($big) }))",
        "($big := [1..100000]; $map([1..1000], function($i) { $zip($big, $big) }))",
        "($big := [1..100000]; $map([1..1000], function($i) { $sum($big) }))",
        "($big := [1..100000]; $map([1..1000], function($i) { $distinct($big) }))",
        "($big := [1..100000]; $map([1..1000], function($i) { $sort($big) }))",
        "($t := $pad('a', 250000, 'ab '); $map([1..1000], function($i) { $encodeUrlComponent($t)"
            + " }))",
        "($t := $pad('a', 250000, 'a'); $map([1..1000], function($i) { $contains($t, /^(a+)+b$/)"
            + " }))",
        "$match($pad('a', 250000, 'a'), /a/)",
        "$count([1..1000].[1..1000].[1..1000])",
        "$sort([1..100000], function($a, $b) { $a < $b })",
        "$fromMillis(0, '[Y,999999999-999999999]')",
        "$match('aaa', /(a)\\\\1/)",
        "$contains('aaa', /a(?=b)/)",
        "$contains('aaa', /((a{100}){100}){100}/)",
      })
  void costsAnErrorAndNoMore(String expression) {
    assertThatThrownBy(() -> evaluate(expression.replace("\\\\", "\\"), "{}"))
        .isInstanceOfSatisfying(
            StatesError.class,
            e -> {
              assertThat(e.error()).isEqualTo(StatesError.QUERY_EVALUATION_ERROR);
              assertThat(e.cause()).doesNotContain(": D3", ": T0", ": T1");
            });
  }

  @Test
  void whatIsWithinThePayloadOfAStateIsWithinTheBounds() {
    assertThat(evaluate("$sum($map([1..30000], function($i) { $i }))", "{}").intValue())
        .isEqualTo(450_015_000);
    assertThat(evaluate("$length($pad('x', 262144))", "{}").intValue()).isEqualTo(262_144);
    assertThat(evaluate("$count($split($pad('a,', 200000, 'a,'), ','))", "{}").intValue())
        .isEqualTo(100_001);
  }

  @Test
  void aStatesErrorHasTheBoundInItsCause() {
    assertThatThrownBy(() -> evaluate("($f := function($n) { $f($n + 1) }; $f(0))", "{}"))
        .isInstanceOfSatisfying(
            StatesError.class,
            e -> assertThat(e.cause()).contains("evaluation: Expression evaluation timeout"));
    assertThatThrownBy(() -> evaluate("[1..10000000]", "{}"))
        .isInstanceOfSatisfying(
            StatesError.class,
            e -> assertThat(e.cause()).contains("evaluation: Expression evaluation memory limit"));
  }

  @Test
  void anExpressionThatBacktracksForEverDoesNotHere() {
    String text = "\"" + "a".repeat(5_000) + "!\"";
    assertThat(evaluate("$contains($states.input, /^(a+)+$/)", text).booleanValue()).isFalse();
    assertThat(evaluate("$type($states.input ~> /(a|aa)+$/) = 'null'", text).isBoolean()).isTrue();
  }

  @Test
  void aPathThatBacktracksForEverDoesNotHere() {
    JsonNode input = Json.parse("[{\"t\":\"" + "a".repeat(5_000) + "!\"},{\"t\":\"aaa\",\"n\":1}]");
    Path path = Objects.requireNonNull(Paths.parse("$[?(@.t =~ /(a+)+/ && @.n == 1)].t"));
    assertThat(path.find(Scope.of(input, Json.object(), NO_CHANCE)))
        .isEqualTo(Json.parse("[\"aaa\"]"));
    assertThat(Paths.parse("$[?(@.t =~ /(a)\\1/)]")).isNull();
  }

  @Test
  void regularExpressionsMatchAsJavaScripts() {
    assertThat(evaluate("$match('ab12', /([a-z]+)(\\d+)/).groups", "{}"))
        .isEqualTo(Json.parse("[\"ab\",\"12\"]"));
    assertThat(evaluate("$replace('John Smith', /(\\w+)\\s(\\w+)/, '$2, $1')", "{}").asText())
        .isEqualTo("Smith, John");
    assertThat(evaluate("$split('a1b22c', /\\d+/)", "{}"))
        .isEqualTo(Json.parse("[\"a\",\"b\",\"c\"]"));
    assertThat(
            evaluate("$replace('abc', /b/i, function($m) { $uppercase($m.match) })", "{}").asText())
        .isEqualTo("aBc");
    assertThat(evaluate("6 / 2 / 3", "{}").intValue()).isEqualTo(1);
  }

  @Test
  void aTextTooDeeplyNestedIsNoExpression() {
    assertThat(Jsonata.parse("{%" + "(".repeat(100_000) + "%}")).isNull();
  }
}
