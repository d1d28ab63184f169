package dev.tutti.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.runner.log.LogLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Node client, by functions that a real node runs. */
final class NodeTest {
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
  void anAsyncHandlerAnswers() throws IOException {
    Function f = bench.node("f", "exports.handler = async (e) => ({got: e, text: 'ünï'});");
    assertThat(bench.succeed(f, "{\"a\":[1,2]}").toString())
        .isEqualTo("{\"got\":{\"a\":[1,2]},\"text\":\"ünï\"}");
  }

  @Test
  void aModuleInAFolderAnswers() throws IOException {
    Function f =
        bench.function(
            "f",
            "nodejs20.x",
            "src/app.a.b",
            "src/app.mjs",
            "export const a = {b: async () => import.meta.url.slice(-7)};");
    assertThat(bench.succeed(f, "1").asText()).isEqualTo("app.mjs");
  }

  @Test
  void aModuleByItsPackageAnswers() throws IOException {
    Function f = bench.node("f", "export const handler = async () => 'esm';");
    Files.writeString(f.code().resolve("package.json"), "{\"type\":\"module\"}");
    assertThat(bench.succeed(f, "1").asText()).isEqualTo("esm");
  }

  @Test
  void aCallbackAnswersWhenTheLoopIsEmpty() throws IOException {
    Function f =
        bench.node(
            "f",
            """
            let later = 0;
            exports.handler = (e, c, done) => {
              if (e.wait === false) c.callbackWaitsForEmptyEventLoop = false;
              setTimeout(() => { later++; }, 20);
              done(null, {get later() { return later; }});
            };
            """);
    assertThat(bench.succeed(f, "{}").path("later").asInt()).isEqualTo(1);
    assertThat(bench.succeed(f, "{\"wait\":false}").path("later").asInt()).isEqualTo(1);
  }

  @Test
  void nothingAnsweredIsNull() throws IOException {
    Function f = bench.node("f", "exports.handler = () => {};");
    assertThat(bench.succeed(f, "1").isNull()).isTrue();
  }

  @Test
  void anErrorHasNameMessageAndTrace() throws IOException {
    Function f =
        bench.node(
            "f",
            """
            class Sold extends Error { constructor(m) { super(m); this.name = 'Sold'; } }
            exports.handler = async (e) => { if (e.text) throw 'plain'; throw new Sold('out'); };
            """);
    JsonNode error = Bench.error(bench.invoke(f, "{}"), Outcome.Cause.HANDLER);
    assertThat(error.path("errorType").asText()).isEqualTo("Sold");
    assertThat(error.path("errorMessage").asText()).isEqualTo("out");
    assertThat(error.path("trace").get(0).asText()).contains("out");
    assertThat(error.path("trace").get(1).asText()).contains("app.js:2");
    JsonNode text = Bench.error(bench.invoke(f, "{\"text\":1}"), Outcome.Cause.HANDLER);
    assertThat(text.path("errorType").asText()).isEqualTo("string");
    assertThat(text.path("errorMessage").asText()).isEqualTo("plain");
  }

  @Test
  void anUnhandledRejectionEndsTheProcess() throws IOException {
    Function f =
        bench.node(
            "f",
            """
            exports.handler = (e) => e.ok ? Promise.resolve(process.pid)
                : new Promise(() => { Promise.reject(new Error('lost')); });
            """);
    int before = bench.succeed(f, "{\"ok\":true}").asInt();
    JsonNode error = Bench.error(bench.invoke(f, "{}"), Outcome.Cause.HANDLER);
    assertThat(error.path("errorType").asText()).isEqualTo("Runtime.UnhandledPromiseRejection");
    assertThat(error.path("errorMessage").asText()).isEqualTo("Error: lost");
    assertThat(bench.succeed(f, "{\"ok\":true}").asInt()).isNotEqualTo(before);
  }

  @Test
  void codeThatCantBeLoadedSaysWhy() throws IOException {
    Function missing = bench.node("missing", "require('no-such-thing'); exports.handler = 1;");
    JsonNode error = Bench.error(bench.invoke(missing, "{}"), Outcome.Cause.INIT);
    assertThat(error.path("errorType").asText()).isEqualTo("Runtime.ImportModuleError");
    assertThat(error.path("errorMessage").asText())
        .startsWith("Error: Cannot find module 'no-such-thing'");
    Function syntax = bench.node("syntax", "exports.handler = (;");
    assertThat(
            Bench.error(bench.invoke(syntax, "{}"), Outcome.Cause.INIT).path("errorType").asText())
        .isEqualTo("Runtime.UserCodeSyntaxError");
    Function none = bench.node("none", "exports.other = 1;");
    error = Bench.error(bench.invoke(none, "{}"), Outcome.Cause.INIT);
    assertThat(error.path("errorType").asText()).isEqualTo("Runtime.HandlerNotFound");
    assertThat(error.path("errorMessage").asText())
        .isEqualTo("app.handler is undefined or not exported");
    Function thrown = bench.node("thrown", "throw new RangeError('top');");
    error = Bench.error(bench.invoke(thrown, "{}"), Outcome.Cause.INIT);
    assertThat(error.path("errorType").asText()).isEqualTo("RangeError");
  }

  @Test
  void theContextAndTheConsoleKnowTheInvocation() throws Exception {
    Function f =
        bench.node(
            "f",
            """
            exports.handler = async (e, c) => {
              console.log('seen', {a: 1});
              return {...c, left: c.getRemainingTimeInMillis(), trace: process.env._X_AMZN_TRACE_ID};
            };
            """);
    Invocation invocation =
        new Invocation(
            "id-1",
            "{}".getBytes(StandardCharsets.UTF_8),
            "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1",
            "{\"custom\":{\"k\":\"v\"}}",
            Instant.now().plusSeconds(5),
            true);
    Outcome outcome = bench.runner.invoke(f, invocation);
    JsonNode context = Bench.success(outcome);
    assertThat(context.path("awsRequestId").asText()).isEqualTo("id-1");
    assertThat(context.path("functionName").asText()).isEqualTo("f");
    assertThat(context.path("invokedFunctionArn").asText()).isEqualTo(f.arn());
    assertThat(context.path("memoryLimitInMB").asText()).isEqualTo("256");
    assertThat(context.path("clientContext").path("custom").path("k").asText()).isEqualTo("v");
    assertThat(context.path("left").asInt()).isBetween(1, 5000);
    assertThat(context.path("trace").asText()).startsWith("Root=1-5759e988");
    assertThat(Bench.tail(outcome)).contains("\tid-1\tINFO\tseen { a: 1 }\n");
  }

  @Test
  void anAnswerDoesNotWaitForALogThatNobodyWants() throws Exception {
    Function f =
        bench.node("f", "exports.handler = async () => { console.log('said'); return 1; };");
    byte[] payload = "{}".getBytes(StandardCharsets.UTF_8);
    Outcome outcome =
        bench.runner.invoke(f, new Invocation("id-1", payload, null, null, null, false));
    assertThat(Bench.success(outcome).asInt()).isEqualTo(1);
    assertThat(Bench.tail(outcome)).isEmpty();
    await()
        .untilAsserted(() ->
            assertThat(bench.runner.logs(f, "id-1"))
                .extracting(LogLine::message)
                .anyMatch(line -> line.contains("said"))
                .anyMatch(line -> line.startsWith("REPORT RequestId: id-1")));
    Outcome next = bench.runner.invoke(f, Invocation.of("id-2", payload));
    assertThat(Bench.tail(next)).contains("said").doesNotContain("id-1");
  }
}
