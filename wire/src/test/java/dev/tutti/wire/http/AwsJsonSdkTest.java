package dev.tutti.wire.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tutti.core.json.Json;
import dev.tutti.wire.ServiceError;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;

final class AwsJsonSdkTest {
  private Rig rig;
  private SfnClient sfn;
  private EventBridgeClient events;

  @BeforeEach
  void start() throws IOException {
    rig = new Rig();
    sfn = rig.client(SfnClient.builder());
    events = rig.client(EventBridgeClient.builder());
  }

  @AfterEach
  void stop() {
    sfn.close();
    events.close();
    rig.close();
  }

  @Test
  void startsAnExecution() {
    rig.answers("{'executionArn':'arn:x','startDate':1700000000.123}");

    var started = sfn.startExecution(r -> r.stateMachineArn("arn:m").name("n").input("{}"));

    assertThat(started.executionArn()).isEqualTo("arn:x");
    assertThat(started.startDate()).isEqualTo(Instant.parse("2023-11-14T22:13:20.123Z"));
    assertThat(rig.call().context()).isEqualTo(Rig.ACCOUNT);
    assertThat(rig.call().region()).isEqualTo("eu-central-1");
    assertThat(rig.call().service()).isEqualTo("states");
    assertThat(rig.call().operation()).isEqualTo("StartExecution");
    assertThat(rig.call().input())
        .isEqualTo(
            Json.parse(
                """
                {"stateMachineArn":"arn:m","name":"n","input":"{}"}\
                """));
    assertThat(rig.call().id()).isEqualTo(started.responseMetadata().requestId());
  }

  @Test
  void readsNestedMembersAndTimes() {
    rig.answers("{'FailedEntryCount':0,'Entries':[{'EventId':'e1'}]}");

    var put =
        events.putEvents(r ->
            r.entries(
                PutEventsRequestEntry.builder()
                    .source("shop")
                    .detailType("Ordered")
                    .detail("{\"a\":1}")
                    .time(Instant.ofEpochSecond(1_700_000_000))
                    .build()));

    assertThat(put.entries().getFirst().eventId()).isEqualTo("e1");
    assertThat(rig.call().input().at("/Entries/0/Source").textValue()).isEqualTo("shop");
    assertThat(rig.call().input().at("/Entries/0/Time").decimalValue())
        .isEqualByComparingTo("1700000000");
  }

  @Test
  void modelledErrorsArriveAsTheirTypes() {
    rig.answers(call -> {
      throw new ServiceError("StateMachineDoesNotExist", "State Machine Does Not Exist: 'x'");
    });

    var thrown =
        catchThrowableOfType(
            StateMachineDoesNotExistException.class,
            () -> sfn.describeStateMachine(r -> r.stateMachineArn("x")));

    assertThat(thrown.statusCode()).isEqualTo(400);
    assertThat(thrown.awsErrorDetails().errorMessage())
        .isEqualTo("State Machine Does Not Exist: 'x'");
  }

  @Test
  void constraintsAreCheckedBeforeTheDoor() {
    var thrown =
        catchThrowableOfType(
            SfnException.class,
            () ->
                sfn.listExecutions(
                    r -> r.stateMachineArn("x").maxResults(1001).statusFilter("succeeded")));

    assertThat(thrown.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
    assertThat(thrown.awsErrorDetails().errorMessage())
        .startsWith("2 validation errors detected: ")
        .contains(
            "Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value less"
                + " than or equal to 1000");
    assertThat(rig.calls).isEmpty();
  }

  @Test
  void listsAreValidatedByElement() {
    var thrown =
        catchThrowableOfType(
            EventBridgeException.class,
            () ->
                events.putTargets(r ->
                    r.rule("r").targets(Target.builder().id("!@#$@!#$").arn("arn:a").build())));

    assertThat(thrown.awsErrorDetails().errorMessage())
        .isEqualTo(
            "1 validation error detected: Value '!@#$@!#$' at 'targets.1.member.id' failed to"
                + " satisfy constraint: Member must satisfy regular expression pattern:"
                + " [\\.\\-_A-Za-z0-9]+");
  }

  @Test
  void operationsThatAreNotServedAreRefusedByName() {
    assertThatThrownBy(() -> sfn.stopExecution(r -> r.executionArn("x")))
        .isInstanceOfSatisfying(
            SfnException.class,
            e -> {
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("UnknownOperationException");
              assertThat(e.awsErrorDetails().errorMessage()).contains("StopExecution");
            });
    assertThat(rig.calls).isEmpty();
  }

  @Test
  void anOutputThatTheModelLacksIsAnInternalError() {
    rig.answers("{'executionArn':'x','startDate':1,'surprise':true}");

    var thrown =
        catchThrowableOfType(
            SfnException.class, () -> sfn.startExecution(r -> r.stateMachineArn("x")));

    assertThat(thrown.statusCode()).isEqualTo(500);
    assertThat(thrown.awsErrorDetails().errorMessage())
        .contains(thrown.requestId())
        .doesNotContain("surprise");
  }

  @Test
  void readsAnEnumInAnOutput() {
    rig.answers(
        "{'executionArn':'a','stateMachineArn':'m','status':'RUNNING','startDate':1.5,"
            + "'input':'{}'}");

    assertThat(sfn.describeExecution(r -> r.executionArn("a")).status())
        .isEqualTo(ExecutionStatus.RUNNING);
  }
}
