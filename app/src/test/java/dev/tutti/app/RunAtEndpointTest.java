package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run --endpoint} against a runtime that is up. */
final class RunAtEndpointTest {
  private static final String ACCOUNT = "111122223333";

  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  private static Path folder;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static Assembly runtime;

  @BeforeAll
  static void start() throws IOException {
    written("shop/tutti.yaml", "contexts:\n  shop:\n    account: \"" + ACCOUNT + "\"\n");
    written(
        "shop/contexts/shop/template.yaml",
        """
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Orders: {Type: AWS::SQS::Queue, Properties: {QueueName: orders}}
          Twice:
            Type: AWS::Serverless::Function
            Properties:
              FunctionName: twice
              Runtime: python3.11
              Handler: index.handler
              InlineCode: |
                def handler(event, context):
                    return {"twice": 2 * event["n"]}
        """);
    written("buckets/" + ACCOUNT + "/data/items.jsonl", "{\"n\": 1}\n{\"n\": 21}\n");
    runtime =
        Assembly.open(
            RuntimeSettings.of(folder.resolve("data"), 0).withObjects(folder.resolve("buckets")));
    var _ = runtime.deploying().deploy(folder.resolve("shop"), Map.of());
  }

  @AfterAll
  static void stop() {
    runtime.close();
  }

  private static String written(String name, String text) {
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(file.resolveSibling(".").normalize());
      return Files.writeString(file, text).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Typed run(int port, String states) {
    String file = written("machine.asl.json", "{\"StartAt\": \"A\", \"States\": " + states + "}");
    return Typed.type(
        "run",
        file,
        "--endpoint",
        "http://127.0.0.1:" + port,
        "--account",
        ACCOUNT,
        "--input",
        "{\"n\": 21}",
        "--full");
  }

  private static Typed run(String states) {
    return run(runtime.port(), states);
  }

  @Test
  void functionsAndQueuesAreThoseOfTheRuntime() {
    Typed typed =
        run(
            """
            {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
               "Parameters": {"FunctionName": "twice", "Payload.$": "$"},
               "OutputPath": "$.Payload", "Next": "B"},
             "B": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:sqs:getQueueUrl",
               "Parameters": {"QueueName": "orders"}, "ResultPath": "$.queue", "Next": "C"},
             "C": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage",
               "Parameters": {"QueueUrl.$": "$.queue.QueueUrl", "MessageBody.$": "$.twice"},
               "ResultPath": "$.sent", "Next": "D"},
             "D": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:sqs:receiveMessage",
               "Parameters": {"QueueUrl.$": "$.queue.QueueUrl"},
               "OutputPath": "$.Messages[0].Body", "End": true}}
            """);
    assertThat(typed.err()).isEmpty();
    assertThat(typed.out()).contains("SUCCEEDED  \"42\"");
    assertThat(typed.code()).isZero();
  }

  @Test
  void itemsAreReadThereAndTheirChildrensTasksGoThereToo() {
    Typed typed =
        run(
            """
            {"A": {"Type": "Map", "Label": "L", "End": true,
              "ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
                "ReaderConfig": {"InputType": "JSONL"},
                "Parameters": {"Bucket": "data", "Key": "items.jsonl"}},
              "ItemProcessor": {
                "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
                "StartAt": "F", "States": {"F": {"Type": "Task", "End": true,
                  "Resource": "arn:aws:lambda:us-east-1:111122223333:function:twice"}}}}}
            """);
    assertThat(typed.out()).contains("SUCCEEDED  [{\"twice\":2},{\"twice\":42}]");
    assertThat(typed.err()).isEmpty();
  }

  @Test
  void errorsAreTheServicesOwn() {
    Typed missing =
        run(
            """
            {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true,
               "Parameters": {"FunctionName": "nosuch"}}}
            """);
    assertThat(missing.code()).isOne();
    assertThat(missing.out())
        .contains("FAILED  Lambda.ResourceNotFoundException: Function not found: ")
        .contains(ACCOUNT + ":function:nosuch");

    Typed failing =
        run(
            """
            {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
               "Parameters": {"FunctionName": "twice", "Payload": {}}, "End": true,
               "Catch": [{"ErrorEquals": ["KeyError"], "Next": "B"}]},
             "B": {"Type": "Succeed"}}
            """);
    assertThat(failing.out()).contains("caught KeyError");
    assertThat(failing.code()).isZero();
  }

  @Test
  void anEndpointThatIsDownIsNamed() throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Typed typed =
        run(
            port,
            """
            {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true,
               "Parameters": {"FunctionName": "twice"}}}
            """);
    assertThat(typed.code()).isOne();
    assertThat(typed.out())
        .contains(
            "FAILED  Lambda.SdkClientException: Unable to execute HTTP request to"
                + " http://127.0.0.1:"
                + port
                + ": ConnectException");
  }

  @Test
  void whatAnEndpointCantDoIsRefusedBeforeAnythingRuns() {
    Typed typed =
        run(
            """
            {"A": {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync",
               "Parameters": {"StateMachineArn": "a"}, "Next": "B"},
             "B": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish",
               "Parameters": {"TopicArn": "t", "Message": "m"}, "Next": "C"},
             "C": {"Type": "Task", "End": true,
               "Resource": "arn:aws:states:us-east-1:111122223333:activity:a"}}
            """);
    assertThat(typed.code()).isOne();
    assertThat(typed.out()).isEmpty();
    assertThat(typed.err())
        .contains("the endpoint can't tell it when its work (.sync) is done")
        .contains("sns speaks the protocol query, in which nothing is sent from here")
        .contains("nobody polls for activities here");
  }
}
