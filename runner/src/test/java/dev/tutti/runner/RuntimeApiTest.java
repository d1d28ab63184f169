package dev.tutti.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Runtime API, by bootstraps in shell that ask it by curl. */
final class RuntimeApiTest {
  @TempDir Path directory;
  private Bench bench;

  @BeforeEach
  void open() throws IOException {
    assertThat(
            Files.isExecutable(Path.of("/usr/bin/curl"))
                || Files.isExecutable(Path.of("/bin/curl")))
        .as("install curl, which these tests need")
        .isTrue();
    bench = Bench.ofOne(directory);
  }

  @AfterEach
  void close() throws IOException {
    bench.close();
  }

  @Test
  void aBootstrapAnswers() throws IOException {
    Function f =
        bench.shell("f", "while next; do answer $id \"{\\\"got\\\":$body}\" >/dev/null; done");
    assertThat(bench.succeed(f, "1").path("got").asInt()).isEqualTo(1);
    assertThat(bench.succeed(f, "2").path("got").asInt()).isEqualTo(2);
    assertThat(bench.runner.processes()).isEqualTo(1);
  }

  @Test
  void aSecondALateAndAnUnknownAnswerAreRefusedAndChangeNothing() throws IOException {
    Function f =
        bench.shell(
            "f",
            """
            next; first=$id
            a=$(answer $first '"one"')
            b=$(answer $first '"two"')
            next
            c=$(answer $first '"late"')
            d=$(answer no-such-id '"unknown"')
            e=$(curl -sS -o /dev/null -w '%{http_code}' "$api/invocation/next")
            f=$(curl -sS -o /dev/null -w '%{http_code}' -d '{}' "$api/init/error")
            g=$(curl -sS -o /dev/null -w '%{http_code}' "$api/invocation/$id/response")
            h=$(curl -sS -o /dev/null -w '%{http_code}' "$api/other")
            answer $id "\\"$a $b $c $d $e $f $g $h\\"" > /dev/null
            next
            """);
    assertThat(bench.succeed(f, "1").asText()).isEqualTo("one");
    assertThat(bench.succeed(f, "2").asText()).isEqualTo("202 403 400 400 403 403 405 404");
  }

  @Test
  void aRequestThatIsNotHttpIsRefused() throws IOException {
    Function f =
        bench.python(
            "f",
            """
            import os, socket
            def say(text):
                host, port = os.environ['AWS_LAMBDA_RUNTIME_API'].split(':')
                with socket.create_connection((host, int(port))) as s:
                    s.sendall(text)
                    return s.recv(100).decode()[:12]
            def handler(event, context):
                path = b'POST /2018-06-01/runtime/invocation/' + context.aws_request_id.encode()
                return [say(b'nonsense\\r\\n\\r\\n'),
                        say(path + b'/response HTTP/1.1\\r\\nContent-Length: -5\\r\\n\\r\\n'),
                        say(path + b'/response HTTP/1.1\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nzz\\r\\n'),
                        say(path + b'/response HTTP/1.1\\r\\n' + b'x' * 70000 + b'\\r\\n\\r\\n')]
            """);
    JsonNode answers = bench.succeed(f, "{}");
    assertThat(answers).hasSize(4).allMatch(text -> text.asText().equals("HTTP/1.1 400"));
  }

  @Test
  void aChunkedAnswerIsTaken() throws IOException {
    Function f =
        bench.shell(
            "f",
            """
            next
            printf '"%s"' "$body" | tr -d '{}' | curl -sS -o /dev/null -H 'Transfer-Encoding: chunked' \
                -d @- "$api/invocation/$id/response"
            next
            """);
    assertThat(bench.succeed(f, "{}").asText()).isEmpty();
  }

  @Test
  void anAnswerOverTheLimitIsAnErrorAndTheProcessGoesOn() throws IOException {
    Function f =
        bench.python(
            "f",
            """
            import os
            def handler(event, context):
                return os.getpid() if event == 0 else 'x' * (event - 2)
            """);
    int pid = bench.succeed(f, "0").asInt();
    assertThat(bench.succeed(f, "6291556").asText()).hasSize(6291554);
    JsonNode error = Bench.error(bench.invoke(f, "6291557"), Outcome.Cause.RESPONSE_TOO_LARGE);
    assertThat(error.path("errorType").asText()).isEqualTo("Function.ResponseSizeTooLarge");
    assertThat(error.path("errorMessage").asText())
        .isEqualTo("Response payload size exceeded maximum allowed payload size (6291556 bytes).");
    assertThat(bench.succeed(f, "0").asInt()).isEqualTo(pid);
  }

  @Test
  void anInitErrorIsTheAnswer() throws IOException {
    Function f =
        bench.shell(
            "f",
            "curl -sS -d '{\"errorType\":\"My.Init\",\"errorMessage\":\"no\"}'"
                + " \"$api/init/error\"\n"
                + "exit 7");
    JsonNode error = Bench.error(bench.invoke(f, "{}"), Outcome.Cause.INIT);
    assertThat(error.path("errorType").asText()).isEqualTo("My.Init");
  }

  @Test
  void aBootstrapThatEndsIsAnInitError() throws IOException {
    Function f = bench.shell("f", "echo going; exit 3");
    Outcome outcome = bench.invoke(f, "id-1", "{}");
    JsonNode error = Bench.error(outcome, Outcome.Cause.INIT);
    assertThat(error.path("errorMessage").asText())
        .isEqualTo("RequestId: id-1 Error: Runtime exited with error: exit status 3");
    assertThat(Bench.tail(outcome)).contains("going\n");
  }

  @Test
  void aBootstrapMustBeThereAndExecutable() throws IOException {
    Function f = bench.function("f", "provided.al2023", "x", "other", "");
    JsonNode error = Bench.error(bench.invoke(f, "{}"), Outcome.Cause.INIT);
    assertThat(error.path("errorType").asText()).isEqualTo("Runtime.InvalidEntrypoint");
    Function g = bench.shell("g", "next");
    Files.setPosixFilePermissions(
        g.code().resolve("bootstrap"), PosixFilePermissions.fromString("rw-r--r--"));
    error = Bench.error(bench.invoke(g, "{}"), Outcome.Cause.INIT);
    assertThat(error.path("errorMessage").asText()).endsWith("bootstrap: permission denied");
    assertThat(bench.runner.processes()).isZero();
  }
}
