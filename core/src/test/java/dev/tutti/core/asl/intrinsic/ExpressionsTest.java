package dev.tutti.core.asl.intrinsic;

import static dev.tutti.core.asl.Samples.UUID;
import static dev.tutti.core.asl.Samples.json;
import static dev.tutti.core.asl.Samples.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.data.Expression;
import dev.tutti.core.asl.data.StatesError;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionsTest {
  private static final JsonNode DATA =
      json(
          "{'name':'Ada','n':3,'nil':null,'list':[1,2,2,'x',[1],[1]],'o':{'a':1,'b':{'c':2}},"
              + "'p':{'b':{'d':3}},'js':'{\\\"k\\\":[true]}','blank':' ','t':'Hi {}, \\\\{\\\\}'}");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          $.name                                                 | "Ada"
          States.Format('no places')                             | "no places"
          States.Format('Hi {}, you are {}', $.name, $.n)        | "Hi Ada, you are 3"
          States.Format('{} {} {}', true, null, -1.50)           | "true null -1.50"
          States.Format('it\\'s \\{{}\\} \\\\', 1)               | "it's {1} \\\\"
          States.Format($.t, $.name)                             | "Hi Ada, {}"
          States.Format('{}', $.o)                               | "{a=1, b={c=2}}"
          States.Format('{}', $.list)                            | "[1, 2, 2, x, [1], [1]]"
          States.StringToJson($.js)                              | {"k":[true]}
          States.StringToJson($.blank)                           | null
          States.JsonToString($.o)                               | "{\\"a\\":1,\\"b\\":{\\"c\\":2}}"
          States.Array()                                         | []
          States.Array( 'a' , $.n,null ,States.Array(1.0) )      | ["a",3,null,[1.0]]
          States.ArrayPartition($.list, 4)                       | [[1,2,2,"x"],[[1],[1]]]
          States.ArrayPartition(States.Array(1,2,3), 2.9)        | [[1,2],[3]]
          States.ArrayPartition(States.Array(), 1)               | []
          States.ArrayContains($.list, 'x')                      | true
          States.ArrayContains($.list, 7)                        | false
          States.ArrayContains($.list, States.Array(1))          | true
          States.ArrayContains(States.Array('true'), true)       | true
          States.ArrayRange(1, 9, 2)                             | [1,3,5,7,9]
          States.ArrayRange(5, 1, -2)                            | [5,3,1]
          States.ArrayRange(3, 3, -1)                            | [3]
          States.ArrayRange(5, 1, 1)                             | []
          States.ArrayRange(1, 2, -5)                            | []
          States.ArrayRange(5.4, -0.6, -2.4)                     | [5,3,1]
          States.ArrayGetItem($.list, 3)                         | "x"
          States.ArrayLength($.list)                             | 6
          States.ArrayUnique($.list)                             | [1,2,"x",[1]]
          States.Base64Encode('Data to encode')                  | "RGF0YSB0byBlbmNvZGU="
          States.Base64Decode('RGF0YSB0byBlbmNvZGU=')            | "Data to encode"
          States.Base64Decode('')                                | ""
          States.Base64Decode(' YWJj ZA')                        | "abcd"
          States.Hash('input', 'SHA-1')                          | "140f86aae51ab9e1cda9b4254fe98a74eb54c1a1"
          States.Hash('', 'MD5')                                 | "d41d8cd98f00b204e9800998ecf8427e"
          States.JsonMerge($.o, $.p, false)                      | {"a":1,"b":{"d":3}}
          States.MathAdd(1, -1)                                  | 0
          States.MathAdd(1.49, 1.5)                              | 3
          States.MathAdd(-1.5, -1.51)                            | -3
          States.MathAdd(2147483647, 1)                          | 2147483648
          States.MathRandom(0, 10)                               | 5
          States.MathRandom(-3, -1)                              | -2
          States.StringSplit('1+2,3.4', '.+,')                   | ["1","2","3","4"]
          States.StringSplit(',a,,b,', ',')                      | ["a","b"]
          States.StringSplit('abc', '')                          | ["abc"]
          States.ArrayGetItem(States.StringSplit('a-b', '-'), States.MathAdd(0, 1)) | "b"
          States.Array($.list[?(@ == 'x')], $['name'], $.o.b.c)  | [["x"],"Ada",2]
          """)
  void hasAValue(String text, String expected) {
    assertThat(expression(text).evaluate(scope(DATA), "f.$")).hasToString(expected);
  }

  @Test
  void drawsFromTheGivenChance() {
    assertThat(expression("States.UUID()").evaluate(scope(DATA), "f.$").textValue())
        .isEqualTo(UUID);
  }

  @Test
  void aSeedAlwaysDrawsTheSame() {
    Expression seeded = expression("States.MathRandom(1, 1000, 42)");
    assertThat(seeded.evaluate(scope(DATA), "f.$"))
        .isEqualTo(seeded.evaluate(scope(json("{}")), "f.$"))
        .hasToString("727");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          States.Format('{} {}', 1)               | Invalid arguments in States.Format: number of arguments do not match the occurrences of {}.
          States.Format('{}', 1, 2)               | Invalid arguments in States.Format: number of arguments do not match the occurrences of {}.
          States.Format('a {', 1)                 | Invalid template in States.Format: matching '}' not found for '{'.
          States.Format('}')                      | Invalid template in States.Format: matching '{' not found for '}'.
          States.Format($.n)                      | Invalid arguments in States.Format
          States.StringToJson($.name)             | Invalid arguments in States.StringToJson
          States.StringToJson($.n)                | Invalid arguments in States.StringToJson
          States.ArrayPartition($.list, 0)        | Invalid arguments in States.ArrayPartition
          States.ArrayPartition($.name, 1)        | Invalid arguments in States.ArrayPartition
          States.ArrayPartition($.list)           | Invalid arguments in States.ArrayPartition
          States.ArrayContains('x', 'x')          | Invalid arguments in States.ArrayContains
          States.ArrayRange(1, 1001, 1)           | Invalid arguments in States.ArrayRange
          States.ArrayRange(1, 5, 0.4)            | Invalid arguments in States.ArrayRange
          States.ArrayGetItem($.list, 6)          | Invalid arguments in States.ArrayGetItem
          States.ArrayGetItem($.list, -1)         | Invalid arguments in States.ArrayGetItem
          States.ArrayLength($.o)                 | Invalid arguments in States.ArrayLength
          States.Base64Encode(1)                  | Invalid arguments in States.Base64Encode
          States.Hash('a', 'SHA-3')               | Invalid arguments in States.Hash
          States.Hash($.o, 'MD5')                 | Invalid arguments in States.Hash
          States.JsonMerge($.o, $.p, true)        | Invalid arguments in States.JsonMerge: deep merge is not supported.
          States.JsonMerge($.o, 1, false)         | Invalid arguments in States.JsonMerge
          States.MathRandom(3, 3)                 | Invalid arguments in States.MathRandom
          States.MathAdd('1', 1)                  | Invalid arguments in States.MathAdd
          States.MathAdd(1e30, 1)                 | Invalid arguments in States.MathAdd
          States.StringSplit($.n, ',')            | Invalid arguments in States.StringSplit
          States.UUID(1)                          | Invalid arguments in States.UUID
          States.Array(States.ArrayLength(1))     | Invalid arguments in States.ArrayLength
          """)
  void saysWhyItHasNoValue(String text, String reason) {
    assertThatThrownBy(() -> expression(text).evaluate(scope(DATA), "f.$"))
        .isInstanceOfSatisfying(
            StatesError.class,
            e -> {
              assertThat(e.error()).isEqualTo("States.Runtime");
              assertThat(e.cause())
                  .isEqualTo("The function '" + text + "' had the following error: " + reason);
            });
  }

  @Test
  void namesTheArgumentThatIsMissing() {
    assertThatThrownBy(() ->
            expression("States.Format('{}', States.ArrayLength($.nope))")
                .evaluate(scope(json("{'other':1}")), "f.$"))
        .hasMessage(
            "States.Runtime: The function 'States.Format('{}', States.ArrayLength($.nope))' had the"
                + " following error: The JsonPath argument for the field '$.nope' could not be"
                + " found in the input '{\"other\":1}'");
  }

  @Test
  void namesAPathIntoTheContextWithoutItsRoot() {
    assertThatThrownBy(() ->
            expression("States.Format('{}', $$.Nope.Deep)")
                .evaluate(scope(json("{'other':1}")), "f.$"))
        .hasMessageEndingWith(
            "The JsonPath argument for the field '$.Nope.Deep' could not be found in the input"
                + " '{\"other\":1}'");
  }

  @Test
  void encodesNoMoreThanTenThousandCharacters() {
    JsonNode data = json("{'s':'" + "é".repeat(10_000) + "','t':'" + "a".repeat(10_001) + "'}");
    assertThat(expression("States.Hash($.s, 'SHA-256')").evaluate(scope(data), "f.$").textValue())
        .hasSize(64);
    for (String call :
        new String[] {
          "States.Base64Encode($.t)", "States.Base64Decode($.t)", "States.Hash($.t, 'MD5')"
        }) {
      assertThatThrownBy(() -> expression(call).evaluate(scope(data), "f.$"))
          .hasMessageContaining("Invalid arguments in States.");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text",
        "23",
        " States.UUID()",
        "States.UUID",
        "States.UUID(",
        "States.UUID() x",
        "States.Leftpad('a')",
        "States.Array(1,)",
        "States.Array(1 2)",
        "States.Array('a)",
        "States.Array(\"a\")",
        "States.Array(01)",
        "States.Array(word)",
        "States.Array($.a[)",
        "States.Format('a \\\" b')",
        "States.Format('a \n b')",
        "States.StringSplit('a', 'b')[0]",
        "$.a[",
      })
  void refusesWhatIsNoExpression(String text) {
    assertThat(Expressions.parse(text)).isNull();
  }

  @Test
  void callsStandTenDeepInCalls() {
    assertThat(Expressions.parse("States.Array(".repeat(10) + ")".repeat(10))).isNotNull();
    assertThat(Expressions.parse("States.Array(".repeat(11) + ")".repeat(11))).isNull();
  }

  private static Expression expression(String text) {
    return Objects.requireNonNull(Expressions.parse(text), text);
  }
}
