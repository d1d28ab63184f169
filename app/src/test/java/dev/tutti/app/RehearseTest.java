package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
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

  private record Typed(int code, String out, String err) {}

  private static Typed type(String... words) {
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    try (PrintStream captured = new PrintStream(out, true, StandardCharsets.UTF_8)) {
      System.setOut(captured);
      int code = Main.commandLine().setErr(new PrintWriter(err, true)).execute(words);
      return new Typed(code, out.toString(StandardCharsets.UTF_8), err.toString());
    } finally {
      System.setOut(before);
    }
  }

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
        type("run", written("order.asl.json", ORDER), "--input", "{\"id\": 7}", "--mock", mocks);
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
    Typed typed = type("run", written("order.asl.json", ORDER), "--mock", mocks);
    assertThat(typed.code()).isOne();
    assertThat(typed.out()).contains("caught NoMoney").contains("FAILED  Refused");
  }

  @Test
  void aTaskWithoutAMockIsRefusedBeforeAnythingRuns() {
    Typed typed = type("run", written("order.asl.json", ORDER));
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
    Typed typed = type("run", machine, "--mock", mocks);
    assertThat(typed.code()).isOne();
    assertThat(typed.err()).contains("Field 'MessageId' must be a string");
  }

  @Test
  void anInvalidDefinitionIsToldWithItsLine() {
    Typed typed =
        type(
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
        type(
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
        type(
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
    Typed typed = type("rehearse", GALLERY.toString());
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
    Typed typed = type("rehearse", folder.toString());
    assertThat(typed.code()).isOne();
    assertThat(typed.out())
        .contains("FAIL  nobody is refused")
        .contains("/expect/executions/0: status: expected SUCCEEDED, got FAILED")
        .contains("expected an event on accounts/accounts-milestones, got none")
        .contains("accounts/accounts-signups  event gallery.website Sign-up Requested, 1 matches")
        .contains("✗ InvalidAddress");
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
