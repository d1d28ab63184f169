package dev.tutti.core.asl.compile;

import static dev.tutti.core.asl.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosticsTest {
  private static final String TASK = "'Type':'Task','Resource':'arn:aws:x:y','End':true,";
  private static final String MAP =
      "'Type':'Map','End':true,'ItemProcessor':{'StartAt':'I','States':{'I':{'Type':'Succeed'}}},";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                             | SCHEMA_VALIDATION_FAILED: These fields are required: [States, StartAt] at /
          {'StartAt':'A'}                                | SCHEMA_VALIDATION_FAILED: These fields are required: [States] at /
          {'StartAt':'A','States':{}}                    | SCHEMA_VALIDATION_FAILED: Value cannot be empty at /States
          {'StartAt':1,'States':{'A':{'Type':'Fail'}}}   | SCHEMA_VALIDATION_FAILED: Expected value of type String at /StartAt
          {'StartAt':'A','States':[]}                    | SCHEMA_VALIDATION_FAILED: Expected value of type Object at /States
          {'StartAt':'A','States':{'A':{'Type':'Fail'}},'X':1}              | SCHEMA_VALIDATION_FAILED: Field 'X' is not supported at /
          {'StartAt':'A','States':{'A':{'Type':'Fail'}},'Version':'2.0'}    | SCHEMA_VALIDATION_FAILED: Value should be one of the following: [1.0] at /Version
          {'StartAt':'A','States':{'A':{'Type':'Fail'}},'TimeoutSeconds':-1}| SCHEMA_VALIDATION_FAILED: Minimum value is 0 at /TimeoutSeconds
          {'StartAt':'A','States':{'A':{'Type':'Fail','CausePath':'$.c'}},'QueryLanguage':'JSONata'} | SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONata', but field 'CausePath' is only supported for the 'JSONPath' QueryLanguage at /States/A
          {'StartAt':'A','States':{'A':{'Type':'Fail'}},'QueryLanguage':'SQL'} | SCHEMA_VALIDATION_FAILED: Value should be one of the following: [JSONPath, JSONata] at /QueryLanguage
          {'StartAt':'A','States':{'A':{'Type':'Pass','End':true,'Output':'{% ( %}'}},'QueryLanguage':'JSONata'} | INVALID_JSONATA_EXPRESSION: Expected ")" before end of expression at /States/A/Output
          {'StartAt':'A','States':{'A':{'Type':'Pass','End':true,'Output':{'v':['{% phone %}']}}},'QueryLanguage':'JSONata'} | UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'phone' at the top level is not supported. at /States/A/Output/v[0]
          {'StartAt':'A','States':{'A':{'Type':'Wait','End':true,'Seconds':'{% $$.a %}'}},'QueryLanguage':'JSONata'} | UNSUPPORTED_JSONATA_EXPRESSION: Reference to '$$' is not supported. at /States/A/Seconds
          {'StartAt':'A','States':{'A':{'Type':'Pass','End':true,'Assign':{'states':1}}}} | RESERVED_VARIABLE_NAME: Cannot assign to reserved variable '$states'. at /States/A/Assign
          {'StartAt':'A','States':{'A':{'Type':'Pass','End':true,'Assign':{'a b':1}}}} | INVALID_VARIABLE_NAME: Invalid variable name 'a b': the variable name contains invalid characters. at /States/A/Assign
          {'StartAt':'A','States':{'A':{'Type':'Pass','End':true,'Output':'{% $states.errorOutput.Cause %}'}},'QueryLanguage':'JSONata'} | UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.errorOutput' does not exist. at /States/A/Output
          {'StartAt':'B','States':{'A':{'Type':'Fail'}}} | MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /StartAt, MISSING_TRANSITION_TARGET: State "A" is not reachable. at /States/A
          {'StartAt':'A','States':{'A':{'Type':'Pass','Next':'C'},'B':{'Type':'Pass','End':true}}} | MISSING_TRANSITION_TARGET: Missing 'Next' target: C at /States/A/Next, MISSING_TRANSITION_TARGET: State "B" is not reachable. at /States/B
          {'StartAt':'A','States':{'A':{'Type':'Pass','Next':'B'},'B':{'Type':'Pass','Next':'A'}}} | MISSING_END_STATE: Workflow has no terminal state at null
          {'StartAt':'A','States':{'A':{'Type':'Pass','Next':'X'}}} | MISSING_TRANSITION_TARGET: Missing 'Next' target: X at /States/A/Next, MISSING_END_STATE: Workflow has no terminal state at null
          {'StartAt':'A','States':{'A':{'Type':'Parallel','End':true,'Branches':[{'StartAt':'A','States':{'A':{'Type':'Succeed'}}}]}}} | DUPLICATE_STATE_NAME: Duplicate State name: A at /States/A/Branches[0]/States/A
          {'StartAt':'A','States':{'A':{'Type':'Parallel','Next':'B','Branches':[{'StartAt':'I','States':{'I':{'Type':'Pass','Next':'B'},'J':{'Type':'Succeed'}}}]},'B':{'Type':'Succeed'}}} | MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /States/A/Branches[0]/States/I/Next, MISSING_TRANSITION_TARGET: State "J" is not reachable. at /States/A/Branches[0]/States/J
          """)
  void ofMachines(String definition, String expected) {
    assertThatThrownBy(() -> Definitions.compile(text(definition)))
        .isInstanceOf(InvalidDefinition.class)
        .hasMessage("Invalid State Machine Definition: '" + expected + "'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'End':true}                                     | The field 'Type' is required but was missing at /States/S
          {'Type':'X'}                                     | The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map] at /States/S/Type
          {'Type':'Pass'}                                  | This object should have only one of the following fields: [Next, End] at /States/S
          {'Type':'Pass','Next':'S','End':true}            | There should only be one of the following fields: [Next, End] at /States/S
          {'Type':'Pass','End':'yes'}                      | Expected value of type Boolean at /States/S/End, SCHEMA_VALIDATION_FAILED: This object should have only one of the following fields: [Next, End] at /States/S
          {'Type':'Pass','End':true,'inputPath':'$'}       | Field 'inputPath' is not supported at /States/S
          {'Type':'Pass','End':true,'Catch':[]}            | Field 'Catch' is not supported at /States/S
          {'Type':'Wait','Seconds':1,'End':true,'ResultPath':null} | Field 'ResultPath' is not supported at /States/S
          {'Type':'Succeed','End':true}                    | Field 'End' is not supported at /States/S
          {'Type':'Pass','End':true,'InputPath':'x.y'}     | Value must be a valid JSONPath. at /States/S/InputPath
          {'Type':'Pass','End':true,'OutputPath':'States.UUID()'} | Value must be a valid JSONPath. at /States/S/OutputPath
          {'Type':'Pass','End':true,'ResultPath':'.a'}     | Value is not a Reference Path: Reference path didn't start with '$' at /States/S/ResultPath
          {'Type':'Pass','End':true,'ResultPath':'$.a[*]'} | Value is not a Reference Path at /States/S/ResultPath
          {'Type':'Pass','End':true,'ResultPath':'$$.a'}   | Value is not a Reference Path at /States/S/ResultPath
          {'Type':'Pass','End':true,'Parameters':{'a.$':23}}          | The value for the field 'a.$' must be a valid JSONPath or a valid intrinsic function call at /States/S/Parameters
          {'Type':'Pass','End':true,'Parameters':{'x':[{'a.$':'no'}]}}| The value for the field 'a.$' must be a valid JSONPath or a valid intrinsic function call at /States/S/Parameters/x[0]
          {'Type':'Pass','End':true,'Parameters':{'a.$':'States.No()'}} | The value for the field 'a.$' must be a valid JSONPath or a valid intrinsic function call at /States/S/Parameters
          {'Type':'Pass','End':true,'Output':1}            | The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage at /States/S
          {'Type':'Pass','End':true,'QueryLanguage':'JSONata','Output':'{% 1'} | JSONata string must start with {% and end with %} at /States/S/Output
          {'Type':'Fail','Error':'E','ErrorPath':'$.e'}    | There should only be one of the following fields: [Error, ErrorPath] at /States/S
          {'Type':'Wait','End':true}                       | This object should have only one of the following fields: [SecondsPath, Seconds, TimestampPath, Timestamp] at /States/S
          {'Type':'Wait','End':true,'Seconds':1,'SecondsPath':'$.s'} | There should only be one of the following fields: [SecondsPath, Seconds, TimestampPath, Timestamp] at /States/S
          {'Type':'Wait','End':true,'Seconds':'1'}         | Expected value of type Integer at /States/S/Seconds
          {'Type':'Wait','End':true,'Seconds':100000000}   | Maximum value is 99999999 at /States/S/Seconds
          {'Type':'Wait','End':true,'Timestamp':'2016-12-05 21:29:29Z'} | String does not match RFC3339 timestamp at /States/S/Timestamp
          {'Type':'Parallel','End':true}                   | These fields are required: [Branches] at /States/S
          {'Type':'Parallel','End':true,'Branches':[]}     | Value cannot be empty at /States/S/Branches
          {'Type':'Parallel','End':true,'Branches':[1]}    | Expected value of type Object at /States/S/Branches[0]
          {'Type':'Choice','Choices':[]}                   | Value cannot be empty at /States/S/Choices
          {'Type':'Choice','Choices':[{'Variable':'$','IsNull':true}]} | These fields are required: [Next] at /States/S/Choices[0]
          {'Type':'Choice','Choices':[{'Next':'N'}]}       | The object must have only one of the following fields, [And, Or, Not, Variable, Condition] at /States/S/Choices[0]
          {'Type':'Choice','Choices':[{'Variable':'x','IsNull':true,'Next':'N'}]} | Value is not a Reference Path: Reference path didn't start with '$' at /States/S/Choices[0]/Variable
          {'Type':'Choice','Choices':[{'Variable':'$','IsNull':true,'IsString':true,'Next':'N'}]} | There should only be one of the following fields: [IsNull, IsString] at /States/S/Choices[0]
          {'Type':'Choice','Choices':[{'Variable':'$','NumericEquals':'1','Next':'N'}]} | Expected value of type Number at /States/S/Choices[0]/NumericEquals
          {'Type':'Choice','Choices':[{'Not':{'Variable':'$','IsNull':true,'Next':'N'},'Next':'N'}]} | Field 'Next' is not supported at /States/S/Choices[0]/Not
          {'Type':'Task','End':true}                       | These fields are required: [Resource] at /States/S
          {'Type':'Task','End':true,'Resource':'lambda'}   | Value is not a valid resource ARN at /States/S/Resource
          {'Type':'Task','End':true,'Resource':'arn:aws:lambda:r:1:function:f:'} | Value is not a valid resource ARN at /States/S/Resource
          """)
  void ofStates(String state, String expected) {
    assertThatThrownBy(() -> Definitions.compileState("S", text(state)))
        .isInstanceOf(InvalidDefinition.class)
        .hasMessage(
            "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: " + expected + "'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'TimeoutSeconds':0                                | Minimum value is 1 at /States/S/TimeoutSeconds
          'TimeoutSeconds':5,'TimeoutSecondsPath':'$.t'     | There should only be one of the following fields: [TimeoutSeconds, TimeoutSecondsPath] at /States/S
          'HeartbeatSeconds':5,'HeartbeatSecondsPath':'$.t' | There should only be one of the following fields: [HeartbeatSeconds, HeartbeatSecondsPath] at /States/S
          'TimeoutSeconds':5,'HeartbeatSeconds':5           | The value of HeartbeatSeconds must be smaller than the value of TimeoutSeconds at /States/S
          'TimeoutSecondsPath':'$$.t'                       | Value is not a Reference Path at /States/S/TimeoutSecondsPath
          'Credentials':{}                                  | The field 'RoleArn' is required but was missing at /States/S/Credentials
          'Credentials':'x'                                 | Expected value of type Object at /States/S/Credentials
          'Retry':{}                                        | Expected value of type Array at /States/S/Retry
          'Retry':[{}]                                      | These fields are required: [ErrorEquals] at /States/S/Retry[0]
          'Retry':[{'ErrorEquals':[]}]                      | Value cannot be empty at /States/S/Retry[0]/ErrorEquals
          'Retry':[{'ErrorEquals':[1]}]                     | Expected value of type String at /States/S/Retry[0]/ErrorEquals[0]
          'Retry':[{'ErrorEquals':['States.ALL','A']}]      | States.ALL must appear alone and at end of list at /States/S/Retry[0]/ErrorEquals
          'Catch':[{'ErrorEquals':['States.ALL'],'Next':'N'},{'ErrorEquals':['A'],'Next':'N'}] | States.ALL must appear alone and at end of list at /States/S/Catch[0]/ErrorEquals
          'Catch':[{'ErrorEquals':['A']}]                   | These fields are required: [Next] at /States/S/Catch[0]
          'Catch':[{'ErrorEquals':['A'],'Next':'N','X':1}]  | Field 'X' is not supported at /States/S/Catch[0]
          'Retry':[{'ErrorEquals':['A'],'MaxAttempts':-1}]  | Minimum value is 0 at /States/S/Retry[0]/MaxAttempts
          'Retry':[{'ErrorEquals':['A'],'BackoffRate':0.5}] | Minimum value is 1.0 at /States/S/Retry[0]/BackoffRate
          'Retry':[{'ErrorEquals':['A'],'MaxDelaySeconds':0}] | Minimum value is 1 at /States/S/Retry[0]/MaxDelaySeconds
          'Retry':[{'ErrorEquals':['A'],'JitterStrategy':'HALF'}] | Value should be one of the following: [NONE, FULL] at /States/S/Retry[0]/JitterStrategy
          """)
  void ofTasks(String fields, String expected) {
    ofStates("{" + TASK + fields + "}", expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'Iterator':{'StartAt':'I','States':{'J':{'Type':'Succeed'}}} | There should only be one of the following fields: [ItemProcessor, Iterator] at /States/S
          'MaxConcurrency':-1                              | Minimum value is 0 at /States/S/MaxConcurrency
          'MaxConcurrencyPath':'$$.n'                      | Value is not a Reference Path at /States/S/MaxConcurrencyPath
          'ToleratedFailurePercentage':101                 | Value must be between 0 and 100 at /States/S/ToleratedFailurePercentage
          'ToleratedFailurePercentage':1,'ToleratedFailurePercentagePath':'$.p' | There should only be one of the following fields: [ToleratedFailurePercentage, ToleratedFailurePercentagePath] at /States/S
          'ItemsPath':'items'                              | Value is not a Reference Path: Reference path didn't start with '$' at /States/S/ItemsPath
          'ItemSelector':{},'Parameters':{}                | There should only be one of the following fields: [ItemSelector, Parameters] at /States/S
          """)
  void ofMaps(String fields, String expected) {
    ofStates("{" + MAP + fields + "}", expected);
  }

  @Test
  void takesTheDistributedModeAsAwsDoes() {
    String definition =
        """
        {"StartAt":"S","States":{"S":{"Type":"Map","End":true,"ItemReader":{},"ResultWriter":{},
         "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"EXPRESS"},
          "StartAt":"I","States":{"I":{"Type":"Succeed"}}}}}}
        """;
    assertThat(Definitions.check(definition)).isEmpty();
  }

  @Test
  void ofTextsThatAreNoJson() {
    assertThat(Definitions.check("not a definition"))
        .singleElement()
        .isEqualTo(
            new Diagnostic(
                "INVALID_JSON_DESCRIPTION",
                "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or"
                    + " token 'null', 'true' or 'false')\n"
                    + " at [Source: (String)\"not a definition\"; line: 1, column: 4]",
                "[Source: (String)\"not a definition\"; line: 1, column: 4]"));
    assertThat(Definitions.check(" "))
        .isEqualTo(Definitions.check("[]"))
        .singleElement()
        .isEqualTo(
            new Diagnostic(
                "SCHEMA_VALIDATION_FAILED", "Definition must be a valid JSON object", null));
  }

  @Test
  void findsEveryFaultAtOnce() {
    var found =
        Definitions.check(
            text(
                "{'StartAt':'A','X':1,'States':{'A':{'Type':'Pass','Y':1},'B':{'Type':'Wait',"
                    + "'Seconds':-1,'End':true}}}"));
    assertThat(found)
        .extracting(Diagnostic::location)
        .containsExactly("/", "/States/A", "/States/A", "/States/B/Seconds");
    assertThat(found).extracting(Diagnostic::severity).containsOnly("ERROR");
  }

  @Test
  void bounds() {
    String name = "n".repeat(81);
    ofOne(
        "{'StartAt':'" + name + "','States':{'" + name + "':{'Type':'Fail'}}}",
        "INVALID_STATE_NAME");
    ofOne("{'StartAt':'A','Comment':'" + "c".repeat(1 << 20) + "'}", "SCHEMA_VALIDATION_FAILED");
    ofOne("{'a':".repeat(1100) + "1" + "}".repeat(1100), "INVALID_JSON_DESCRIPTION");
    var nested = new StringBuilder("{'Type':'Succeed'}");
    for (int i = 0; i < 60; i++) {
      nested.insert(
          0,
          "{'Type':'Parallel','End':true,'Branches':[{'StartAt':'"
              + i
              + "','States':{'"
              + i
              + "':");
      nested.append("}}]}");
    }
    ofOne("{'StartAt':'A','States':{'A':" + nested + "}}", "TOO_DEEPLY_NESTED");
    assertThat(Definitions.check("{\"States\":{" + manyFaults() + "}}")).hasSize(100);
  }

  private static String manyFaults() {
    var states = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      states.append(i == 0 ? "" : ",").append("\"s").append(i).append("\":1");
    }
    return states.toString();
  }

  private static void ofOne(String definition, String code) {
    assertThat(Definitions.check(text(definition))).extracting(Diagnostic::code).contains(code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `"Mode":"DISTRIBUTED"` | {} | These fields are required: [ExecutionType] at /States/S/ItemProcessor/ProcessorConfig
          `"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"` | {"InputType":"CSV"} | The field 'CSVHeaderLocation' is required at /States/S/ItemReader/ReaderConfig
          `"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"` | {"InputType":"JSON","CSVHeaderLocation":"FIRST_ROW"} | Field 'CSVHeaderLocation' is not supported at /States/S/ItemReader/ReaderConfig
          `"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"` | {"InputType":"CSV","CSVHeaderLocation":"GIVEN"} | These fields are required: [CSVHeaders] at /States/S/ItemReader/ReaderConfig
          """)
  void ofDistributedMaps(String mode, String reader, String expected) {
    String definition =
        """
        {"StartAt":"S","States":{"S":{"Type":"Map","End":true,
          "ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":%s},
          "ItemProcessor":{"ProcessorConfig":{%s},
            "StartAt":"I","States":{"I":{"Type":"Succeed"}}}}}}\
        """
            .formatted(reader, mode);
    assertThat(Definitions.check(definition))
        .extracting(each -> each.message() + " at " + each.location())
        .containsExactly(expected);
  }

  @Test
  void labelsAreNotGivenTwice() {
    String map =
        """
        {"Type":"Map","Label":"l",%s,"ItemProcessor":{"StartAt":"%s","States":{"%s":
          {"Type":"Succeed"}}}}\
        """;
    String definition =
        "{\"StartAt\":\"A\",\"States\":{\"A\":"
            + map.formatted("\"Next\":\"B\"", "I", "I")
            + ",\"B\":"
            + map.formatted("\"End\":true", "J", "J")
            + "}}";
    assertThat(Definitions.check(definition))
        .containsExactly(
            new Diagnostic(
                Diagnostic.DUPLICATE_LABEL_NAME, "Duplicate Label name: l", "/States/B/Label"));
  }

  @Test
  void aCatcherMayReferToTheError() {
    String catching =
        """
        {'QueryLanguage':'JSONata','StartAt':'A','States':{'A':{'Type':'Parallel','End':true,
          'Branches':[{'StartAt':'B','States':{'B':{'Type':'Pass','End':true}}}],
          'Catch':[{'ErrorEquals':['States.ALL'],'Next':'C',
            'Output':'{% $states.errorOutput.Cause %}',
            'Assign':{'why':'{% $states.errorOutput.Error %}'}}]},
          'C':{'Type':'Succeed'}}}\
        """;
    assertThat(Definitions.check(text(catching))).isEmpty();
  }
}
