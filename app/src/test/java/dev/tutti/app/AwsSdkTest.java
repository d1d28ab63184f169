package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;
import software.amazon.awssdk.services.sfn.model.InvalidDefinitionException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sts.StsClient;

/** An unmodified AWS SDK for Java against a running runtime. */
final class AwsSdkTest {
  private static final String ACCOUNT = "123456789012";
  private static final String ROLE = "arn:aws:iam::" + ACCOUNT + ":role/any";
  private static final String DEFINITION =
      """
      {"StartAt": "Greet", "States": {
        "Greet": {"Type": "Pass", "Parameters": {"greeting.$": "States.Format('Hello {}', $.name)"},
                  "End": true}}}
      """;

  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  private static Path data;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static Assembly runtime;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static SfnClient states;

  @BeforeAll
  static void start() {
    runtime = Assembly.open(RuntimeSettings.of(data, 0));
    states =
        SfnClient.builder()
            .endpointOverride(endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(credentials())
            .httpClient(Apache5HttpClient.create())
            .build();
  }

  private static URI endpoint() {
    return URI.create("http://127.0.0.1:" + runtime.port());
  }

  private static StaticCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCOUNT, "any"));
  }

  @AfterAll
  static void stop() {
    states.close();
    runtime.close();
  }

  @Test
  void createsStartsDescribesAndReadsHistory() {
    String machine =
        states
            .createStateMachine(r -> r.name("greeter").definition(DEFINITION).roleArn(ROLE))
            .stateMachineArn();
    assertThat(machine).isEqualTo("arn:aws:states:us-east-1:" + ACCOUNT + ":stateMachine:greeter");

    String execution =
        states
            .startExecution(r -> r.stateMachineArn(machine).name("one").input("{\"name\":\"Ada\"}"))
            .executionArn();
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() ->
            states.describeExecution(r -> r.executionArn(execution)).status()
                == ExecutionStatus.SUCCEEDED);
    assertThat(states.describeExecution(r -> r.executionArn(execution)).output())
        .isEqualTo("{\"greeting\":\"Hello Ada\"}");
    assertThat(states.getExecutionHistory(r -> r.executionArn(execution)).events())
        .extracting(event -> event.type())
        .containsExactly(
            HistoryEventType.EXECUTION_STARTED,
            HistoryEventType.PASS_STATE_ENTERED,
            HistoryEventType.PASS_STATE_EXITED,
            HistoryEventType.EXECUTION_SUCCEEDED);
  }

  @Test
  void errorsAreTheSdksOwnTypes() {
    assertThatThrownBy(
            () -> states.createStateMachine(r -> r.name("bad").definition("{").roleArn(ROLE)))
        .isInstanceOf(InvalidDefinitionException.class);
    assertThatThrownBy(() ->
            states.startExecution(r ->
                r.stateMachineArn("arn:aws:states:us-east-1:" + ACCOUNT + ":stateMachine:none")))
        .isInstanceOf(StateMachineDoesNotExistException.class);
  }

  @Test
  void theAccessKeyIsTheContext() {
    try (StsClient sts =
        StsClient.builder()
            .endpointOverride(endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(credentials())
            .httpClient(Apache5HttpClient.create())
            .build()) {
      assertThat(sts.getCallerIdentity().account()).isEqualTo(ACCOUNT);
    }
  }
}
