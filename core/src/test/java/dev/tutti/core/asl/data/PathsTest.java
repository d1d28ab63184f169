package dev.tutti.core.asl.data;

import static dev.tutti.core.asl.Samples.json;
import static dev.tutti.core.asl.Samples.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathsTest {
  private static final JsonNode DATA =
      json(
          "{'a':{'b c':[10,20,{'d':null}],'e-f':true},'s':'text','list':[{'id':1,'on':true},"
              + "{'id':2,'on':false}],'0':'zero'}");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          $                     | {"a":{"b c":[10,20,{"d":null}],"e-f":true},"s":"text","list":[{"id":1,"on":true},{"id":2,"on":false}],"0":"zero"}
          $.s                   | "text"
          $['s']                | "text"
          $["s"]                | "text"
          $.a['b c'][1]         | 20
          $.a['b c'][-2]        | 20
          $.a['b c'][2].d       | null
          $.a.e-f               | true
          $.0                   | "zero"
          $$.Execution.Name     | "run"
          $$                    | {"Execution":{"Name":"run","Input":{"n":1}}}
          $.list[*].id          | [1,2]
          $.list[0:1].id        | [1]
          $.list[?(@.on)].id    | [1,2]
          $.list[?(@.on == true)].id | [1]
          $.a['b c'][?(@ == 20)] | [20]
          $.list[?(@.id > 5)]   | []
          $..id                 | [1,2]
          $.none[*]             | []
          $.none.more[1:5].id   | []
          $.list.length()       | 2
          """)
  void leadsSomewhere(String text, String expected) {
    assertThat(path(text).find(scope(DATA))).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          $.none            | No results for path: $['none']
          $.none.deep       | Missing property in path $['none']
          $.a.x             | No results for path: $['a']['x']
          $.a['b c'][7]     | No results for path: $['a']['b c'][7]
          $.a['b c'][-4]    | No results for path: $['a']['b c'][-4]
          $.s[0]            | Filter: [0] can only be applied to arrays. Current context is: text
          $.a['b c'][2].d[0]| The path $['a']['b c'][2]['d'] is null
          """)
  void saysWhyItLeadsNowhere(String text, String reason) {
    assertThatThrownBy(() -> path(text).read(scope(DATA)))
        .isInstanceOfSatisfying(
            StatesError.class,
            e -> {
              assertThat(e.error()).isEqualTo("States.Runtime");
              assertThat(e.cause()).isEqualTo("Invalid path '" + text + "' : " + reason);
            });
  }

  @Test
  void namesTheTypeThatIsNoObject() {
    assertThat(path("$.s.x").whyMissing(scope(DATA)))
        .startsWith("Expected to find an object with property ['x'] in path $['s'] but found")
        .contains("java.lang.String");
  }

  @Test
  void namesFieldAndInputWhereATemplateFieldIsMissing() {
    assertThatThrownBy(() -> path("$.x").evaluate(scope(json("{'a':1}")), "value.$"))
        .hasMessage(
            "States.Runtime: The JSONPath '$.x' specified for the field 'value.$' could not be"
                + " found in the input '{\"a\":1}'");
  }

  @Test
  void readsVariables() {
    var scope = scope(DATA);
    scope.variables().set("v", json("{'w':[7]}"));
    assertThat(path("$v.w[0]").find(scope)).hasToString("7");
    assertThat(path("$v.w[*]").find(scope)).hasToString("[7]");
    assertThat(path("$none.w").find(scope).isMissingNode()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", ".a", "..a", "()", "$...", "$[", "$['a", "$.a[", "States.UUID()"})
  void refusesWhatIsNoPath(String text) {
    assertThat(Paths.parse(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"$.a[*]", "$..a", "$.a[?(@.b)]", "$.a[0:2]", "$.a.length()"})
  void tellsReferencePathsFromOthers(String text) {
    assertThat(Paths.parse(text)).isInstanceOf(QueryPath.class);
    assertThat(Paths.parseReference(text)).isNull();
  }

  @Test
  void keepsBackslashesInQuotedNamesExceptBeforeTheQuote() {
    JsonNode data = json("{}");
    ((ObjectNode) data).put("a\\\"b", 1).put("it's", 2);
    assertThat(path("$['a\\\"b']").find(scope(data))).hasToString("1");
    assertThat(path("$['it\\'s']").find(scope(data))).hasToString("2");
  }

  private static Path path(String text) {
    return Objects.requireNonNull(Paths.parse(text));
  }
}
