package dev.tutti.core.asl.choice;

import static dev.tutti.core.asl.Samples.json;
import static dev.tutti.core.asl.Samples.scope;
import static dev.tutti.core.asl.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.core.asl.ChoiceState;
import dev.tutti.core.asl.compile.Definitions;
import dev.tutti.core.pattern.Glob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {
  private static final String DATA =
      "{'s':'m','n':5,'d':5.0,'t':true,'f':false,'nil':null,'o':{},'a':[1],"
          + "'time':'2026-11-21T10:00:00Z','same':'2026-11-21T12:00:00.000+02:00','other':'z'}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          $.s    | 'StringEquals':'m'                                 | true
          $.s    | 'StringEquals':'M'                                 | false
          $.n    | 'StringEquals':'5'                                 | false
          $.s    | 'StringLessThan':'n'                               | true
          $.s    | 'StringGreaterThan':'m'                            | false
          $.s    | 'StringGreaterThanEquals':'m'                      | true
          $.s    | 'StringLessThanEqualsPath':'$.other'               | true
          $.s    | 'StringEqualsPath':'$.n'                           | false
          $.n    | 'NumericEquals':5.0                                | true
          $.d    | 'NumericEqualsPath':'$.n'                          | true
          $.n    | 'NumericLessThan':5                                | false
          $.n    | 'NumericLessThanEquals':5                          | true
          $.n    | 'NumericGreaterThan':4.99                          | true
          $.s    | 'NumericGreaterThanEquals':0                       | false
          $.t    | 'BooleanEquals':true                               | true
          $.f    | 'BooleanEqualsPath':'$.t'                          | false
          $.nil  | 'BooleanEquals':false                              | false
          $.time | 'TimestampEquals':'2026-11-21T10:00:00.000Z'       | true
          $.time | 'TimestampEqualsPath':'$.same'                     | true
          $.time | 'TimestampLessThan':'2026-11-21T10:00:01Z'         | true
          $.time | 'TimestampGreaterThanPath':'$.same'                | false
          $.s    | 'TimestampGreaterThan':'2026-11-21T10:00:01Z'      | false
          $.nil  | 'IsNull':true                                      | true
          $.s    | 'IsNull':false                                     | true
          $.s    | 'IsPresent':true                                   | true
          $.none | 'IsPresent':true                                   | false
          $.none | 'IsPresent':false                                  | true
          $.n    | 'IsNumeric':true                                   | true
          $.s    | 'IsNumeric':true                                   | false
          $.s    | 'IsString':true                                    | true
          $.t    | 'IsBoolean':true                                   | true
          $.time | 'IsTimestamp':true                                 | true
          $.s    | 'IsTimestamp':false                                | true
          $.o    | 'IsString':false                                   | true
          $.s    | 'StringMatches':'*'                                | true
          $.time | 'StringMatches':'2026-*:*Z'                        | true
          $.n    | 'StringMatches':'*'                                | false
          $$.Execution.Name | 'StringEquals':'run'                    | true
          """)
  void tests(String variable, String operator, boolean expected) {
    assertThat(condition("{'Variable':'" + variable + "'," + operator).holds(scope(json(DATA))))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'And':[{'Variable':'$.t','BooleanEquals':true},{'Variable':'$.n','NumericEquals':5}]     | true
          {'And':[{'Variable':'$.t','BooleanEquals':true},{'Variable':'$.n','NumericEquals':6}]     | false
          {'Or':[{'Variable':'$.t','BooleanEquals':false},{'Variable':'$.n','NumericEquals':5}]     | true
          {'Not':{'Variable':'$.s','NumericEquals':5}                                               | true
          {'And':[{'Variable':'$.none','IsPresent':true},{'Variable':'$.none','IsNull':true}]       | false
          {'Not':{'Or':[{'Not':{'Variable':'$.t','BooleanEquals':true}}]}                           | true
          """)
  void combines(String rule, boolean expected) {
    assertThat(condition(rule).holds(scope(json(DATA)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'Variable':'$.none','StringEquals':'a'       | $.none
          {'Variable':'$.none','IsNull':true            | $.none
          {'Variable':'$.s','StringEqualsPath':'$.gone' | $.gone
          """)
  void failsOnAPlaceThatIsMissing(String rule, String path) {
    assertThatThrownBy(() -> condition(rule).holds(scope(json(DATA))))
        .hasMessage(
            "States.Runtime: Invalid path '"
                + path
                + "': The choice state's condition path references an invalid value.");
  }

  @Test
  void choosesTheFirstRuleThatHoldsThenTheDefault() {
    ChoiceState choice =
        choice(
            "{'Type':'Choice','Default':'Else','Choices':["
                + "{'Variable':'$.n','NumericGreaterThan':10,'Next':'Ten'},"
                + "{'Variable':'$.n','NumericGreaterThan':5,'Next':'Five'}]}");
    assertThat(choice.choose(scope(json("{'n':20}"))).next()).isEqualTo("Ten");
    assertThat(choice.choose(scope(json("{'n':6}"))).next()).isEqualTo("Five");
    assertThat(choice.choose(scope(json("{'n':5}"))).next()).isEqualTo("Else");
  }

  @Test
  void failsWhereNoRuleHoldsAndThereIsNoDefault() {
    ChoiceState choice =
        choice("{'Type':'Choice','Choices':[{'Variable':'$.n','NumericEquals':1,'Next':'One'}]}");
    assertThatThrownBy(() -> choice.choose(scope(json("{'n':2}"))))
        .hasMessage(
            "States.Runtime: Failed to transition out of the state. The state does not point to a"
                + " next state.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          abc       | abc        | true
          abc       | abcd       | false
          *.log     | a.log      | true
          *.log     | a.log.gz   | false
          foo*.log  | foo.log    | true
          a*b*c     | a-b-b-c    | true
          a*b*c     | acb        | false
          a*a       | a          | false
          **        | anything   | true
          \\*       | *          | true
          \\*       | a          | false
          a\\\\*    | a\\x       | true
          \\n       | \\n        | true
          """)
  void matchesGlobs(String pattern, String value, boolean expected) {
    assertThat(Glob.compile(pattern).matches(value)).isEqualTo(expected);
  }

  private static Condition condition(String openRule) {
    String state = "{'Type':'Choice','Choices':[" + openRule + ",'Next':'N'}]}";
    return choice(state).rules().getFirst().condition();
  }

  private static ChoiceState choice(String singleQuoted) {
    return (ChoiceState) Definitions.compileState("C", text(singleQuoted));
  }
}
