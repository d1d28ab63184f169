package dev.tutti.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Python client, by functions that a real python3 runs. */
final class PythonTest {
  @TempDir Path directory;
  private Bench bench;

  @BeforeEach
  void open() throws IOException {
    bench = new Bench(directory);
  }

  @AfterEach
  void close() throws IOException {
    bench.close();
  }

  @Test
  void aHandlerInAPackageAnswersByEitherName() throws IOException {
    String text = "def handler(event, context):\n  return {'got': event, 'text': 'ünï'}\n";
    Function f = bench.function("f", "python3.12", "pkg/app.handler", "pkg/app.py", text);
    String expected = "{\"got\":{\"a\":[1,2]},\"text\":\"ünï\"}";
    assertThat(bench.succeed(f, "{\"a\":[1,2]}").toString()).isEqualTo(expected);
    Function dots = Bench.revision(Bench.handler(f, "pkg.app.handler"), "2");
    assertThat(bench.succeed(dots, "{\"a\":[1,2]}").toString()).isEqualTo(expected);
  }

  @Test
  void anErrorHasTypeMessageAndStack() throws IOException {
    Function f =
        bench.python(
            "f",
            """
            class Sold(Exception):
                pass
            def sell():
                raise Sold('out')
            def handler(event, context):
                return {1, 2} if event else sell()
            """);
    JsonNode error = Bench.error(bench.invoke(f, "id-1", "{}"), Outcome.Cause.HANDLER);
    assertThat(error.path("errorType").asText()).isEqualTo("Sold");
    assertThat(error.path("errorMessage").asText()).isEqualTo("out");
    assertThat(error.path("requestId").asText()).isEqualTo("id-1");
    assertThat(error.path("stackTrace")).hasSize(2);
    assertThat(error.path("stackTrace").get(0).asText())
        .startsWith("  File \"/var/task/app.py\", line 6, in handler\n");
    error = Bench.error(bench.invoke(f, "true"), Outcome.Cause.HANDLER);
    assertThat(error.path("errorType").asText()).isEqualTo("Runtime.MarshalError");
    assertThat(error.path("errorMessage").asText())
        .isEqualTo("Unable to marshal response: Object of type set is not JSON serializable");
  }

  @Test
  void bytesAreAnsweredAsText() throws IOException {
    Function f =
        bench.python("bytes", "def handler(event, context):\n    return {'b': 'ä'.encode()}\n");
    assertThat(Bench.success(bench.invoke(f, "{}")).path("b").asText()).isEqualTo("ä");
  }

  @Test
  void codeThatCantBeLoadedSaysWhy() throws IOException {
    Function missing = bench.python("missing", "import no_such_thing\n");
    JsonNode error = Bench.error(bench.invoke(missing, "{}"), Outcome.Cause.INIT);
    assertThat(error.path("errorType").asText()).isEqualTo("Runtime.ImportModuleError");
    assertThat(error.path("errorMessage").asText())
        .isEqualTo("Unable to import module 'app': No module named 'no_such_thing'");
    Function syntax = bench.python("syntax", "def handler(:\n");
    assertThat(
            Bench.error(bench.invoke(syntax, "{}"), Outcome.Cause.INIT).path("errorType").asText())
        .isEqualTo("Runtime.UserCodeSyntaxError");
    Function none = bench.python("none", "x = 1\n");
    error = Bench.error(bench.invoke(none, "{}"), Outcome.Cause.INIT);
    assertThat(error.path("errorType").asText()).isEqualTo("Runtime.HandlerNotFound");
    assertThat(error.path("errorMessage").asText())
        .isEqualTo("Handler 'handler' missing on module 'app'");
    error =
        Bench.error(
            bench.invoke(Bench.handler(Bench.revision(none, "2"), "app"), "{}"),
            Outcome.Cause.INIT);
    assertThat(error.path("errorType").asText()).isEqualTo("Runtime.MalformedHandlerName");
  }

  @Test
  void anExitIsAnError() throws IOException {
    Function f = bench.python("f", "import os\ndef handler(event, context):\n  os._exit(event)\n");
    JsonNode error = Bench.error(bench.invoke(f, "id-1", "1"), Outcome.Cause.EXIT);
    assertThat(error.path("errorType").asText()).isEqualTo("Runtime.ExitError");
    assertThat(error.path("errorMessage").asText())
        .isEqualTo("RequestId: id-1 Error: Runtime exited with error: exit status 1");
    error = Bench.error(bench.invoke(f, "id-2", "0"), Outcome.Cause.EXIT);
    assertThat(error.path("errorMessage").asText())
        .isEqualTo("RequestId: id-2 Error: Runtime exited without providing a reason");
  }

  @Test
  void theContextAndTheLogKnowTheInvocation() throws Exception {
    Function f =
        bench.python(
            "f",
            """
            import logging, os
            def handler(event, context):
                logging.getLogger().warning('seen')
                print('printed')
                return [context.aws_request_id, context.function_name,
                        context.client_context.custom['k'],
                        context.get_remaining_time_in_millis() <= 20000,
                        os.environ['_X_AMZN_TRACE_ID']]
            """);
    Invocation invocation =
        new Invocation(
            "id-1",
            "{}".getBytes(StandardCharsets.UTF_8),
            "Root=1",
            "{\"custom\":{\"k\":\"v\"}}",
            null,
            true);
    Outcome outcome = bench.runner.invoke(f, invocation);
    assertThat(Bench.success(outcome).toString())
        .isEqualTo("[\"id-1\",\"f\",\"v\",true,\"Root=1\"]");
    assertThat(Bench.tail(outcome)).contains("[WARNING]\t").contains("Z\tid-1\tseen\nprinted\n");
  }
}
