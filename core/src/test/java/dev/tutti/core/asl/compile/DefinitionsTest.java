package dev.tutti.core.asl.compile;

import static dev.tutti.core.asl.Samples.json;
import static dev.tutti.core.asl.Samples.scope;
import static dev.tutti.core.asl.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.tutti.core.asl.Catcher;
import dev.tutti.core.asl.ChoiceState;
import dev.tutti.core.asl.FailState;
import dev.tutti.core.asl.MapState;
import dev.tutti.core.asl.ParallelState;
import dev.tutti.core.asl.QueryLanguage;
import dev.tutti.core.asl.Resource;
import dev.tutti.core.asl.Retrier;
import dev.tutti.core.asl.State;
import dev.tutti.core.asl.StateMachine;
import dev.tutti.core.asl.TaskState;
import dev.tutti.core.asl.Transition;
import dev.tutti.core.asl.data.Amount;
import dev.tutti.core.asl.data.Scope;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionsTest {
  private static final String ORDER =
      """
      { "Comment": "Ships an order", "Version": "1.0", "TimeoutSeconds": 3600, "QueryLanguage": "JSONPath",
        "StartAt": "Reserve",
        "States": {
          "Reserve": {
            "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
            "Parameters": { "FunctionName": "reserve", "Payload.$": "$" },
            "ResultSelector": { "ok.$": "$.Payload.ok" }, "ResultPath": "$.reserved",
            "TimeoutSeconds": 30, "HeartbeatSecondsPath": "$.beat",
            "Retry": [
              { "ErrorEquals": ["Lambda.TooManyRequestsException"], "IntervalSeconds": 2, "MaxAttempts": 6,
                "BackoffRate": 1.5, "MaxDelaySeconds": 60, "JitterStrategy": "FULL" },
              { "ErrorEquals": ["States.ALL"] } ],
            "Catch": [ { "ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Sorry" } ],
            "Next": "Enough?" },
          "Enough?": {
            "Type": "Choice",
            "Choices": [
              { "Variable": "$.reserved.ok", "BooleanEquals": true, "Next": "Both" },
              { "And": [ { "Variable": "$.n", "IsPresent": true }, { "Variable": "$.n", "NumericGreaterThan": 1 } ],
                "Next": "Later" } ],
            "Default": "Sorry" },
          "Later": { "Type": "Wait", "Seconds": 10, "Next": "Reserve" },
          "Both": {
            "Type": "Parallel", "ResultPath": null, "Next": "Each",
            "Branches": [
              { "StartAt": "Pack", "States": { "Pack": { "Type": "Pass", "Result": { "x.$": "literal" }, "End": true } } },
              { "StartAt": "Bill", "States": {
                  "Bill": { "Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:bill:live", "End": true } } } ] },
          "Each": {
            "Type": "Map", "ItemsPath": "$.lines", "MaxConcurrency": 5, "ToleratedFailurePercentage": 10,
            "ItemSelector": { "line.$": "$$.Map.Item.Value", "order.$": "$.id" },
            "ItemProcessor": {
              "ProcessorConfig": { "Mode": "INLINE" }, "StartAt": "Ship",
              "States": { "Ship": { "Type": "Task", "Resource": "arn:aws:states:::events:putEvents", "Parameters": { "Entries": [] }, "End": true } } },
            "Next": "Done" },
          "Done": { "Type": "Succeed", "OutputPath": "$.id" },
          "Sorry": { "Type": "Fail", "Error": "OutOfStock", "CausePath": "States.Format('no {}', $.item)" } } }
      """;

  @Test
  void compilesAMachineOfEveryKindOfState() {
    StateMachine machine = Definitions.compile(ORDER);
    assertThat(machine.startAt()).isEqualTo("Reserve");
    assertThat(machine.comment()).isEqualTo("Ships an order");
    assertThat(machine.timeoutSeconds()).isEqualTo(3600);
    assertThat(machine.queryLanguage()).isEqualTo(QueryLanguage.JSON_PATH);
    assertThat(machine.states().values())
        .extracting(State::type)
        .containsExactly("Task", "Choice", "Wait", "Parallel", "Map", "Succeed", "Fail");
    assertThat(machine.flow().first().name()).isEqualTo("Reserve");
  }

  @Test
  void compilesATask() {
    TaskState task = (TaskState) Definitions.compile(ORDER).flow().state("Reserve");
    assertThat(task.resource())
        .isEqualTo(
            new Resource.Optimised(
                "arn:aws:states:::lambda:invoke",
                "lambda",
                "invoke",
                Resource.Pattern.REQUEST_RESPONSE));
    assertThat(task.timeoutSeconds()).isEqualTo(new Amount.Fixed(30));
    assertThat(Objects.requireNonNull(task.heartbeatSeconds()).value(scope(json("{'beat':7}"))))
        .isEqualTo(7);
    assertThat(task.retriers())
        .extracting(Retrier::maxAttempts, Retrier::backoffRate, Retrier::jitter)
        .containsExactly(tuple(6L, 1.5, Retrier.Jitter.FULL), tuple(3L, 2.0, Retrier.Jitter.NONE));
    assertThat(
            task.catchers()
                .getFirst()
                .output(scope(json("{'id':1}")), Catcher.errorOutput("E", "C")))
        .hasToString("{\"id\":1,\"error\":{\"Error\":\"E\",\"Cause\":\"C\"}}");
    assertThat(task.transition()).isEqualTo(new Transition.Next("Enough?"));
    assertThat(task.data().arguments(scope(json("{'id':1}"))))
        .hasToString("{\"FunctionName\":\"reserve\",\"Payload\":{\"id\":1}}");
    assertThat(task.data().output(scope(json("{'id':1}")), json("{'Payload':{'ok':true}}")))
        .hasToString("{\"id\":1,\"reserved\":{\"ok\":true}}");
  }

  @Test
  void compilesWhatContainsFlows() {
    var flow = Definitions.compile(ORDER).flow();
    ParallelState both = (ParallelState) flow.state("Both");
    assertThat(both.branches())
        .extracting(branch -> branch.first().name())
        .containsExactly("Pack", "Bill");
    MapState each = (MapState) flow.state("Each");
    assertThat(each.processor().first().name()).isEqualTo("Ship");
    assertThat(each.maxConcurrency()).isEqualTo(new Amount.Fixed(5));
    var scope = scope(json("{'lines':[10,20],'id':'o1'}"));
    assertThat(each.items().items(scope)).hasSize(2);
    var inItem =
        Scope.of(scope.input(), json("{'Map':{'Item':{'Index':0,'Value':10}}}"), scope.entropy());
    assertThat(each.items().iterationInput(inItem, json("10")))
        .hasToString("{\"line\":10,\"order\":\"o1\"}");
    assertThatThrownBy(() -> each.items().items(scope(json("{'lines':{}}"))))
        .hasMessageContaining("States.Runtime");
    assertThat(((ChoiceState) flow.state("Enough?")).otherwise()).isEqualTo("Sorry");
    FailState sorry = (FailState) flow.state("Sorry");
    assertThat(Objects.requireNonNull(sorry.error()).value(scope)).isEqualTo("OutOfStock");
    assertThat(Objects.requireNonNull(sorry.cause()).value(scope(json("{'item':'tea'}"))))
        .isEqualTo("no tea");
    assertThatThrownBy(() -> Objects.requireNonNull(sorry.cause()).value(scope(json("{}"))))
        .hasMessageContaining("The JsonPath argument for the field '$.item' could not be found");
  }

  @Test
  void takesTheOlderFormOfMaps() {
    MapState map =
        (MapState)
            Definitions.compileState(
                "M",
                text(
                    "{'Type':'Map','End':true,'Iterator':{'StartAt':'I','States':{'I':{'Type':"
                        + "'Pass','End':true}}},'Parameters':{'v.$':'$$.Map.Item.Value'}}"));
    assertThat(map.processor().startAt()).isEqualTo("I");
    assertThat(map.items().selector()).isNotNull();
    assertThat(map.data().arguments(scope(json("[1]")))).hasToString("[1]");
  }

  @Test
  void saysWhichAmountIsNoWholeNumber() {
    MapState map =
        (MapState)
            Definitions.compileState(
                "M",
                text(
                    "{'Type':'Map','End':true,'MaxConcurrencyPath':'$.n','Iterator':{'StartAt':'I',"
                        + "'States':{'I':{'Type':'Succeed'}}}}"));
    var most = Objects.requireNonNull(map.maxConcurrency());
    assertThatThrownBy(() -> most.value(scope(json("{'n':'NoNumber'}"))))
        .hasMessage(
            "States.Runtime: The MaxConcurrencyPath field refers to value \"NoNumber\" which is not"
                + " a valid integer: $.n");
    assertThatThrownBy(() -> most.value(scope(json("{'n':{}}"))))
        .hasMessageContaining("refers to value \"{}\" which is not a valid integer");
    assertThatThrownBy(() -> most.value(scope(json("{}"))))
        .hasMessage("States.Runtime: Invalid path '$.n' : No results for path: $['n']");
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:states:::sqs:sendMessage.waitForTaskToken, Optimised, sqs, sendMessage,"
        + " WAIT_FOR_TASK_TOKEN",
    "arn:aws:states:::states:startExecution.sync, Optimised, states, startExecution, SYNC",
    "arn:aws:states:::states:startExecution.sync:2, Optimised, states, startExecution, SYNC_2",
    "arn:aws:states:::aws-sdk:dynamodb:getItem, AwsSdk, dynamodb, getItem, REQUEST_RESPONSE",
    "arn:aws:states:::http:invoke, Optimised, http, invoke, REQUEST_RESPONSE",
  })
  void readsIntegrations(
      String arn, String kind, String service, String action, Resource.Pattern pattern) {
    Resource expected =
        kind.equals("AwsSdk")
            ? new Resource.AwsSdk(arn, service, action, pattern)
            : new Resource.Optimised(arn, service, action, pattern);
    assertThat(resource(arn)).isEqualTo(expected);
  }

  @Test
  void readsFunctionsActivitiesAndOthers() {
    String function = "arn:aws:lambda:eu-west-1:123456789012:function:f";
    assertThat(resource(function)).isEqualTo(new Resource.Function(function));
    assertThat(resource(function + ":$LATEST")).isInstanceOf(Resource.Function.class);
    String activity = "arn:aws:states:eu-west-1:123456789012:activity:pack";
    assertThat(resource(activity)).isEqualTo(new Resource.Activity(activity));
    assertThat(resource("arn:aws:swf:us-east-1:123456789012:task:X"))
        .isInstanceOf(Resource.Other.class);
  }

  private static Resource resource(String arn) {
    State state =
        Definitions.compileState("T", text("{'Type':'Task','End':true,'Resource':'" + arn + "'}"));
    return ((TaskState) state).resource();
  }
}
