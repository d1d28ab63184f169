package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run} and {@code rehearse} as they are typed. */
class RehearseTest {
  private static final Path GALLERY = Path.of("../examples/gallery");
  private static final String ORDER =
      """
      {
        "StartAt": "Pay",
        "States": {
          "Pay": {
            "Type": "Task",
            "Resource": "arn:aws:states:::lambda:invoke",
            "Parameters": {"FunctionName": "pay", "Payload.$": "$"},
            "OutputPath": "$.Payload",
            "Retry": [{"ErrorEquals": ["Busy"], "IntervalSeconds": 3600, "MaxAttempts": 2}],
            "Catch": [{"ErrorEquals": ["NoMoney"], "Next": "Refuse"}],
            "Next": "Pack"
          },
          "Pack": {
            "Type": "Map",
            "ItemsPath": "$.items",
            "ItemProcessor": {
              "StartAt": "Fetch",
              "States": {
                "Fetch": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:s3:getObject",
                          "Parameters": {"Bucket": "b", "Key.$": "$"}, "End": true}
              }
            },
            "End": true
          },
          "Refuse": {"Type": "Fail", "Error": "Refused"}
        }
      }
      """;

  @TempDir private Path folder;

  private String written(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text).toString();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aMachineIsTriedInVirtualTimeAndTold() {
    String mocks =
        written(
            "mocks.json",
            """
            {"Pay": {"0": {"Throw": {"Error": "Busy", "Cause": "wait"}},
                     "1": {"Return": {"StatusCode": 200, "Payload": {"items": ["a", "b"]}}}},
             "Fetch": {"Return": {"ContentLength": 1}}}
            """);
    Typed typed =
        Typed.type(
            "run", written("order.asl.json", ORDER), "--input", "{\"id\": 7}", "--mock", mocks);
    assertThat(typed.err()).isEmpty();
    assertThat(typed.code()).isZero();
    assertThat(typed.out())
        .contains("0.000    Pay (Task)  {\"id\":7}")
        .contains("✗ Busy: wait")
        .contains("retry 1 in 3600.000 s, Retry[0]")
        .contains("3600.000      ← {\"StatusCode\":200")
        .contains("3600.000      item 1  \"b\"")
        .contains("3600.000      Fetch (Task)  \"b\"")
        .contains("SUCCEEDED  [{\"ContentLength\":1},{\"ContentLength\":1}]");
  }

  @Test
  void aCaughtErrorLeadsOnAndAFailureIsTheExitCode() {
    String mocks =
        written(
            "mocks.json",
            """
            {"Pay": {"0": {"Throw": {"Error": "NoMoney", "Cause": ""}}}, "Fetch": {"Return": {}}}
            """);
    Typed typed = Typed.type("run", written("order.asl.json", ORDER), "--mock", mocks);
    assertThat(typed.code()).isOne();
    assertThat(typed.out()).contains("caught NoMoney").contains("FAILED  Refused");
  }

  @Test
  void aTaskWithoutAMockIsRefusedBeforeAnythingRuns() {
    Typed typed = Typed.type("run", written("order.asl.json", ORDER));
    assertThat(typed.code()).isOne();
    assertThat(typed.out()).isEmpty();
    assertThat(typed.err())
        .contains("Pay (arn:aws:states:::lambda:invoke at ")
        .contains("order.asl.json:4) has no mock")
        .contains("Fetch (arn:aws:states:::aws-sdk:s3:getObject at ");
  }

  @Test
  void aMockThatCantBeTheServicesAnswerIsRefused() {
    String machine =
        written(
            "send.yaml",
            """
            StartAt: Send
            States:
              Send:
                Type: Task
                Resource: arn:aws:states:::sqs:sendMessage
                Parameters: {QueueUrl: q, MessageBody: m}
                End: true
            """);
    String mocks = written("mocks.json", "{\"Send\": {\"Return\": {\"MessageId\": 7}}}");
    Typed typed = Typed.type("run", machine, "--mock", mocks);
    assertThat(typed.code()).isOne();
    assertThat(typed.err()).contains("Field 'MessageId' must be a string");
  }

  @Test
  void anInvalidDefinitionIsToldWithItsLine() {
    Typed typed =
        Typed.type(
            "run",
            written("order.asl.json", ORDER.replace("\"Next\": \"Pack\"", "\"Next\": \"Pakc\"")));
    assertThat(typed.code()).isOne();
    assertThat(typed.err()).contains("order.asl.json:11: ERROR MISSING_TRANSITION_TARGET");
  }

  @Test
  void variablesAreSetBeforeTheFirstState() {
    String machine =
        written(
            "vars.asl.json",
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass",
             "Output": "{% $greeting & ' ' & $states.input.name %}", "End": true}}}
            """);
    Typed typed =
        Typed.type(
            "run",
            machine,
            "--input",
            "{\"name\": \"Ada\"}",
            "--variables",
            "{\"greeting\": \"Hello\"}");
    assertThat(typed.code()).isZero();
    assertThat(typed.out()).contains("SUCCEEDED  \"Hello Ada\"");
  }

  @Test
  void aTemplatesMachineIsTriedWithATestCaseOfAMockFile() {
    Typed typed =
        Typed.type(
            "run",
            GALLERY.resolve("contexts/media/template.yaml").toString(),
            "--parameter",
            "OutreachAccount=777788889999",
            "--input",
            "{\"detail\": {\"object\": {\"key\": \"moon.png\"}}}",
            "--mock",
            GALLERY.resolve("scenarios/mocks.json").toString(),
            "--test-case",
            "NoPlace",
            "--json");
    assertThat(typed.err()).isEmpty();
    assertThat(typed.code()).isZero();
    assertThat(typed.out()).contains("\"type\":\"ExecutionSucceeded\"").contains("unknown place");
  }

  @Test
  void theGallerysScenariosPass() {
    Typed typed = Typed.type("rehearse", GALLERY.toString());
    assertThat(typed.out()).doesNotContain("FAIL").endsWith("5 passed, 0 failed\n");
    assertThat(typed.code()).isZero();
  }

  @Test
  void aScenarioThatFailsSaysWhatWasExpectedAndWhatHappened() throws IOException {
    copy(GALLERY.resolve("contexts"), folder.resolve("contexts"));
    Files.copy(GALLERY.resolve("tutti.yaml"), folder.resolve("tutti.yaml"));
    Files.createDirectories(folder.resolve("pictures"));
    Files.createDirectories(folder.resolve("scenarios"));
    written(
        "scenarios/wrong.yaml",
        """
        scenarios:
          - name: nobody is refused
            functions:
              accounts/store-user: {Throw: {Error: InvalidAddress, Cause: no}}
            given:
              - event: {bus: accounts/accounts-signups, source: gallery.website,
                        detailType: Sign-up Requested, detail: {email: x, name: X, newsletter: true}}
            expect:
              executions:
                - {machine: accounts/WelcomeUser, status: SUCCEEDED}
              events:
                - {bus: accounts/accounts-milestones, detailType: UserSignedUp}
        """);
    Typed typed = Typed.type("rehearse", folder.toString());
    assertThat(typed.code()).isOne();
    assertThat(typed.out())
        .contains("FAIL  nobody is refused")
        .contains("/expect/executions/0: status: expected SUCCEEDED, got FAILED")
        .contains("expected an event on accounts/accounts-milestones, got none")
        .contains("accounts/accounts-signups  event gallery.website Sign-up Requested, 1 matches")
        .contains("✗ InvalidAddress");
  }

  /** A context with an express machine, one that calls it, and one that is started every hour. */
  private void shop(String scenarios) {
    String task = "{Type: Task, Resource: !GetAtt Pay.Arn, Next: Pause}";
    folders("contexts/shop", "scenarios");
    written(
        "contexts/shop/template.yaml",
        """
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Bus: {Type: AWS::Events::EventBus, Properties: {Name: orders}}
          Pay:
            Type: AWS::Serverless::Function
            Properties:
              {FunctionName: pay, Runtime: python3.11, Handler: index.handler, InlineCode: "no"}
          Quick:
            Type: AWS::Serverless::StateMachine
            Properties:
              Name: Quick
              Type: EXPRESS
              Definition:
                StartAt: Pay
                States: {Pay: %s, Pause: {Type: Wait, Seconds: 5, End: true}}
              Events:
                Ordered:
                  Type: EventBridgeRule
                  Properties:
                    {RuleName: ordered, EventBusName: !Ref Bus, Pattern: {source: [shop]}}
          Outer:
            Type: AWS::Serverless::StateMachine
            Properties:
              Name: Outer
              Definition:
                StartAt: Call
                States:
                  Call:
                    Type: Task
                    Resource: arn:aws:states:::aws-sdk:sfn:startSyncExecution
                    Parameters: {StateMachineArn: !Ref Quick, Input: {id: 8}}
                    OutputPath: $.Status
                    End: true
          Tick:
            Type: AWS::Serverless::StateMachine
            Properties:
              Name: Tick
              Definition: {StartAt: P, States: {P: {Type: Pass, End: true}}}
              Events:
                Hourly: {Type: Schedule, Properties: {Name: hourly, Schedule: rate(1 hour)}}
        """
            .formatted(task));
    written("scenarios/all.yaml", scenarios);
  }

  private void folders(String... names) {
    try {
      for (String name : names) {
        Files.createDirectories(folder.resolve(name));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void expressExecutionsAreSeenAndExpectedAsAnyOther() {
    shop(
        """
        scenarios:
          - name: a rule starts one, and it fails
            functions: {shop/pay: {Throw: {Error: NoMoney, Cause: poor}}}
            given:
              - event: {bus: shop/orders, source: shop, detailType: Ordered, detail: {id: 7}}
            expect:
              executions:
                - {machine: shop/Quick, status: FAILED, error: NoMoney,
                   input: {detail: {id: 7}}, path: [Pay]}
              deliveries:
                - {rule: shop/ordered, target: "stateMachine:Quick", status: delivered}
          - name: one is started by name, one is waited for
            functions: {shop/pay: {Return: {paid: true}}}
            given:
              - start: {machine: shop/Quick, name: mine, input: {id: 1}}
              - start: {machine: shop/Outer}
            expect:
              executions:
                - {machine: shop/Quick, status: SUCCEEDED, input: {id: 1}, output: {paid: true},
                   path: [Pay, Pause]}
                - {machine: shop/Quick, status: SUCCEEDED, input: {id: 8}}
                - {machine: shop/Outer, status: SUCCEEDED, output: SUCCEEDED}
          - name: its Tasks are played by a mock file
            mocks: mocks.json
            testCases: {shop/Quick: Rich}
            given: [{start: {machine: shop/Quick}}]
            expect:
              executions: [{machine: shop/Quick, status: SUCCEEDED, output: {from: mock}}]
          - name: nobody expected it
            functions: {shop/pay: {Return: 1}}
            given: [{start: {machine: shop/Quick, name: mine}}]
            expect: {executions: []}
        """);
    written(
        "scenarios/mocks.json",
        """
        {"StateMachines": {"Quick": {"TestCases": {"Rich": {"Pay": "Rich"}}}},
         "MockedResponses": {"Rich": {"0": {"Return": {"from": "mock"}}}}}
        """);
    Typed typed = Typed.type("rehearse", folder.toString());
    assertThat(typed.err()).isEmpty();
    assertThat(typed.out())
        .contains("FAIL  nobody expected it")
        .contains("nobody expected the execution mine of shop/Quick, which is SUCCEEDED")
        .contains("shop/Quick    Pay (Task)")
        .endsWith("3 passed, 1 failed\n");
  }

  @Test
  void whatRecursIsNotWaitedForUnlessAScenarioSaysHowLongItPlays() {
    shop(
        """
        scenarios:
          - name: nothing is left but the hourly rule
            given: [{start: {machine: shop/Tick, name: mine}}]
            expect: {executions: [{machine: shop/Tick}]}
          - name: three hours
            for: PT3H
            given: []
            expect:
              executions: [{machine: shop/Tick}, {machine: shop/Tick}, {machine: shop/Tick}]
              deliveries: [{rule: shop/hourly, status: delivered}]
          - name: a schedule that comes once is waited for
            given:
              - call:
                  context: shop
                  service: scheduler
                  operation: CreateSchedule
                  input:
                    Name: once
                    ScheduleExpression: at(2026-01-01T00:30:00)
                    FlexibleTimeWindow: {Mode: "OFF"}
                    Target: {Arn: "arn:aws:states:us-east-1:%1$s:stateMachine:Tick",
                             RoleArn: "arn:aws:iam::%1$s:role/r"}
            expect:
              executions: [{machine: shop/Tick, status: SUCCEEDED}]
              deliveries: [{rule: shop/once, status: delivered}]
        """
            .formatted("111122223333"));
    written("tutti.yaml", "contexts:\n  shop:\n    account: \"111122223333\"\n");
    Typed typed = Typed.type("rehearse", folder.toString());
    assertThat(typed.err()).isEmpty();
    assertThat(typed.out())
        .contains("ok    nothing is left but the hourly rule  (0.000 s")
        .contains("ok    three hours  (10800.000 s")
        .contains("once is waited for  (1800.000 s")
        .endsWith("3 passed, 0 failed\n");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
