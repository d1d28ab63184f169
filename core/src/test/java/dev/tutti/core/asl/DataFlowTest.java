package dev.tutti.core.asl;

import static dev.tutti.core.asl.Samples.json;
import static dev.tutti.core.asl.Samples.scope;
import static dev.tutti.core.asl.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.core.asl.compile.Definitions;
import dev.tutti.core.asl.data.StatesError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataFlowTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'InputPath':'$.a'                                    | {"b":1}
          'InputPath':null                                     | {}
          'InputPath':'$$.Execution.Name'                      | "run"
          'Parameters':{'x.$':'$.a.b','k':[1,{'y.$':'$.s'}]}   | {"x":1,"k":[1,{"y":"t"}]}
          'Parameters':{'n.$':'$$.Execution.Input.n'}          | {"n":1}
          'InputPath':'$.a','Parameters':{'x.$':'$.b'}         | {"x":1}
          'Parameters':{'f.$':'States.Format('{}!', $.s)'}     | {"f":"t!"}
          'Parameters':'plain'                                 | "plain"
          'Parameters':{'x.$':'$'}                             | {"x":{"a":{"b":1},"s":"t"}}
          """)
  void makesArguments(String fields, String expected) {
    // Quotes inside of an expression are single ones already.
    String definition =
        text("{'Type':'Pass','End':true," + fields + "}").replace("\"{}!\"", "'{}!'");
    State state = Definitions.compileState("S", definition);
    assertThat(state.data().arguments(scope(json("{'a':{'b':1},'s':'t'}")))).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'Comment':''                                              | {"v":[1,2]}
          'ResultPath':null                                         | {"a":1}
          'ResultPath':'$.r'                                        | {"a":1,"r":{"v":[1,2]}}
          'ResultSelector':{'first.$':'$.v[0]'}                     | {"first":1}
          'ResultSelector':{'x.$':'$.v'},'ResultPath':'$.r'         | {"a":1,"r":{"x":[1,2]}}
          'OutputPath':'$.v'                                        | [1,2]
          'OutputPath':null                                         | {}
          'ResultPath':'$.r','OutputPath':'$.r.v[1]'                | 2
          'InputPath':'$.a','ResultPath':'$.r','OutputPath':'$.a'   | 1
          """)
  void makesTheOutputOfRawInputAndResult(String fields, String expected) {
    State state =
        Definitions.compileState(
            "S", text("{'Type':'Task','Resource':'arn:aws:x:y','End':true," + fields + "}"));
    assertThat(state.data().output(scope(json("{'a':1}")), json("{'v':[1,2]}")))
        .hasToString(expected);
  }

  @Test
  void failsWhereThePathsLeadNowhere() {
    State state =
        Definitions.compileState(
            "S",
            text(
                "{'Type':'Pass','InputPath':'$.a','Parameters':{'x.$':'$.no'},"
                    + "'OutputPath':'$.no.such','End':true}"));
    assertThatThrownBy(() -> state.data().input(scope(json("{}"))))
        .isInstanceOfSatisfying(
            StatesError.class,
            e ->
                assertThat(e.causeIn("S", 2))
                    .isEqualTo(
                        "An error occurred while executing the state 'S' (entered at the event id"
                            + " #2). Invalid path '$.a' : No results for path: $['a']"));
    assertThatThrownBy(() -> state.data().arguments(scope(json("{'a':{}}"))))
        .hasMessageEndingWith(
            "The JSONPath '$.no' specified for the field 'x.$' could not be found in the input"
                + " '{}'");
    assertThatThrownBy(() -> state.data().output(scope(json("{}")), json("{}")))
        .hasMessageEndingWith("Invalid path '$.no.such' : Missing property in path $['no']");
  }
}
