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
        "$random(42) | 0.7275636800328681",
        "$random(0.9) = $random(0) | true",
        "$partition([1,2,3]) | [[1,2,3]]",
        "$partition([1,2,3], 2.9) | [[1,2],[3]]",
        "$range(-1.7, 2, 1) | [-1,0,1,2]",
        "$range(5, 1, -1.5) | [5,4,3,2,1]",
        "$range(3, 3, 1) | 3",
        "1/0 | 'Infinity'",
        "-1/0 | '-Infinity'",
        "[$parseInteger('abc', '0')] | ['NaN']",
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
  @ValueSource(
      strings = {
        "$missing",
        "$states.result",
        "$states.input.nothing",
        "$[0]",
        "$partition([], 2)",
        "$partition([1,2,3], 0)",
        "$range(5, 1, 1)",
        "$range(1, 5, 0)",
        "$range(1, 5)",
        "$hash('Hello')",
        "$parse()",
      })
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

  /** Texts that AWS has been seen to give, but for those of its own that name what it lacks. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "$sum(['a']) | . T0412: Argument 1 of function \"sum\" must be an array of \"numbers\"",
        "['a'] ~> $sum | . T0412: Argument 1 of function \"sum\" must be an array of \"numbers\"",
        "$each('x', $sum) | . T0410: Argument 1 of function \"each\" does not match function"
            + " signature",
        "$round(1.5, 'a') | . T0410: Argument 2 of function \"round\" does not match function"
            + " signature",
        "$uuid('seed') | . T0410: Argument 1 of function \"uuid\" does not match function"
            + " signature",
        "$range(1) | . T0410: Argument 2 of function \"range\" does not match function signature",
        "$hash('a', 'MD5', 1) | . T0410: Argument 3 of function \"hash\" does not match function"
            + " signature",
        "$parse(null) | . T0410: Argument 1 of function \"parse\" does not match function"
            + " signature",
        "$parse('1 2') | . D3137: Invalid JSON",
        "$partition(null, 2) | . T0412: Argument 1 of function \"partition\" must be an array of"
            + " undefined",
        "$partition([1], -1) | . D3137: Second argument must be zero or greater",
        "$hash('a', 'md5') | . D3137: Hash algorithm 'md5' must be one of SHA-1, SHA-384, SHA-256,"
            + " SHA-512, MD5",
        "$split('a','b',-1) | . D3020: Third argument of split function must evaluate to a positive"
            + " number",
        "$reduce([1,2], function($a){$a}) | . D3050: The second argument of reduce function must be"
            + " a function with at least two arguments",
        "$sqrt(-1) | . D3060: The sqrt function cannot be applied to a negative number: -1",
        "1 + {} | . T2002: The right side of the \"+\" operator must evaluate to a number",
        "'a' < 1 | . T2009: The values \"a\" and 1 either side of operator \"<\" must be of the"
            + " same data type",
        "-'a' | . D1002: Cannot negate a non-numeric value: \"a\"",
        "$power(10, 1000) | . D3061: The power function has resulted in a value that cannot be"
            + " represented as a JSON number: base=10, exponent=1000",
        "$eval('1') | . T1006: Attempted to invoke a non-function",
        "$number('abc') | . D3030: Unable to cast value to a number: \"abc\"",
        "$toMillis('x') | . D3110: The argument of the toMillis function must be an ISO 8601"
            + " formatted timestamp. Given \"x\"",
        "$replace('a', '', 'b') | . D3010: Second argument of replace function cannot be an empty"
            + " string",
        "$formatBase(10, 1) | . D3100: The radix of the formatBase function must be between 2 and"
            + " 36.  It was given 1",
        "$error('own') | . D3137: own",
        "$number('10e500') | . D3030: Unable to cast value to a number: \"10e500\"",
        "$lowercase({}) | . T0410: Argument 1 of function \"lowercase\" does not match function"
            + " signature",
        "$assert(null) | . T0410: Argument 1 of function \"assert\" does not match function"
            + " signature",
        "[1..900000] | : Expression evaluation memory limit exceeded: Check for excessive memory"
            + " usage",
        "($f := function($n) { 1 + $f($n + 1) }; $f(0)) | : Stack overflow error: Check for"
            + " non-terminating recursive function. Consider rewriting as tail-recursive",
      })
  void saysWhatIsWrong(String expression, String expected) {
    assertThatThrownBy(() -> value(expression))
        .hasMessageEndingWith(
            "The JSONata expression '"
                + expression
                + "' specified for the field 'Output' threw an error during evaluation"
                + expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "#;#;# | D3080",
        "0.0.0 | D3081",
        "#0%% | D3082",
        "0\u2030\u2030 | D3083",
        "#0%\u2030 | D3084",
        ". | D3085",
        "x | D3086",
        "0x0 | D3086",
        "0,.0 | D3087",
        "0, | D3088",
        "0,,0 | D3089",
        "0#.e0 | D3090",
        "#0.#0e0 | D3091",
        "#0.0e0% | D3092",
        "#0e# | D3093",
      })
  void refusesAPictureByTheRuleThatItBreaks(String picture, String code) {
    assertThatThrownBy(() -> value("$formatNumber(20, '" + picture + "')"))
        .hasMessageContaining("threw an error during evaluation. " + code + ": ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "$formatNumber(1234.5, '#,##0.00') | 1,234.50",
        "$formatNumber(0.25, '01%') | 25%",
        "$formatNumber(-7, 'about 0 pieces;(0)') | (7)",
        "$formatNumber(7, '0,0', {'decimal-separator': ',', 'grouping-separator': '.'}) | 7,0",
        "$formatNumber(1234, '0.0e0') | 1.2e3",
      })
  void formatsByAPicture(String expression, String expected) {
    assertThat(value(expression).asText()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "$states.input.a[1,2) | Expected \"]\", got \",\"",
        "\"unterminated | String literal must be terminated by a matching quote",
        "1 + | Unexpected end of expression",
        "{\"a\":} | The symbol \"}\" cannot be used as a unary operator",
        "$match(\"a\", /abc | No terminating / in regular expression",
      })
  void saysWhyItIsNone(String expression, String expected) {
    assertThat(Jsonata.fault("{% " + expression + " %}")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "phone | phone",
        "phone[0].number | phone",
        "-phone | phone",
        "phone ? 1 : 2 | phone",
        "$states.input.a ? phone : 2 | phone",
        "phone & 'x' | phone",
        "phone in $states.input.b | phone",
        "$sum(phone) | phone",
        "phone(1) | phone",
        "phone ~> $string() | phone",
        "[1..phone] | phone",
        "(phone).other | phone",
        "{phone: 1} | phone",
        "($x := phone; $x) | phone",
        "$map($states.input.a, function($y){ phone }) | phone",
        "$count(phone[inner]) | phone",
        "phone.**.deeper | phone",
        "[bbb, aaa, bbb] | bbb aaa",
        "$states.input.a.b + c | c",
        "$states.input.a^(b) & c | c",
        "$ | $",
        "$[0] | $",
        "$$.phone | $$",
        "[$states.errorOutput] | $states.errorOutput",
        "$states.errorOutput.Cause | $states.errorOutput",
        "$states.input.phone | ``",
        "$states.input.items[phone > 3] | ``",
        "$states.input.a^(>phone, <other) | ``",
        "$states.input.a{'k': phone} | ``",
        "$states.input.a.(phone) | ``",
        "$states.input.a.$phone | ``",
        "`$states.input ~> |phone|{'b': c}, ['d']|` | ``",
        "**.phone | ``",
        "{'k': 1}.phone | ``",
        "function($x)<s:s>{ $x.phone } | ``",
        "$states.input.a[$ > 1] | ``",
        "$states.input.`a b` | ``",
        "$replace('a', /b/, 'c') /* phone */ | ``",
        "$states.input.a@$x.$x.b | ``",
        "$states.input.errorOutput | ``",
        "$match($states.input.a, /x y/i)[0].match | ``",
        "true and null = false | ``",
      })
  void knowsWhatItRefersTo(String expression, String expected) {
    assertThat(String.join(" ", JsonataReferences.of(RegexLiterals.of(expression).expression())))
        .isEqualTo(expected);
  }
}
