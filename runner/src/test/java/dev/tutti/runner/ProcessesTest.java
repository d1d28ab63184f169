package dev.tutti.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How processes come, are shared, and go. */
final class ProcessesTest {
  private static final String PID =
      """
      import os, time
      def handler(event, context):
          time.sleep(event.get('sleep', 0))
          open(os.environ['TMPDIR'] + '/mine', 'w').close()
          return {'pid': os.getpid(), 'tmp': os.environ['TMPDIR']}
      """;

  @TempDir Path directory;

  @Test
  void oneAfterTheOtherMeetsTheSameProcess() throws IOException {
    try (Bench bench = Bench.ofOne(directory)) {
      Function f = bench.python("f", PID);
      Outcome first = bench.invoke(f, "{}");
      long pid = pid(Bench.success(first));
      assertThat(Bench.report(first).init()).isNotNull();
      for (int i = 0; i < 20; i++) {
        Outcome next = bench.invoke(f, "{}");
        assertThat(pid(Bench.success(next))).isEqualTo(pid);
        assertThat(Bench.report(next).init()).isNull();
      }
    }
  }

  @Test
  void manyAtOnceHaveAProcessEachAndTheBoundHolds() throws Exception {
    try (Bench bench =
        new Bench(
            directory,
            Bench.options(directory)
                .withProcesses(Bench.processes(3, 100, Duration.ofSeconds(60))))) {
      Function f = bench.python("f", PID);
      List<JsonNode> answers =
          together(12, () -> Bench.success(bench.invoke(f, "{\"sleep\":0.2}")));
      // Where the machine is busy with something else, the third may not be worth its start.
      assertThat(answers.stream().map(ProcessesTest::pid).distinct().count()).isBetween(2L, 3L);
      assertThat(bench.runner.processes()).isBetween(2, 3);
    }
  }

  @Test
  void shortInvocationsWaitForAWarmProcessRatherThanStartOneEach() throws Exception {
    try (Bench bench = new Bench(directory)) {
      Function f = bench.python("f", PID);
      bench.succeed(f, "{}");
      List<JsonNode> answers =
          together(24, () -> Bench.success(bench.invoke(f, "{\"sleep\":0.001}")));
      assertThat(answers.stream().map(ProcessesTest::pid).distinct().count()).isLessThan(24);
    }
  }

  @Test
  void longInvocationsRunSideBySide() throws Exception {
    try (Bench bench = new Bench(directory)) {
      Function f = bench.python("f", PID);
      List<JsonNode> answers = together(4, () -> Bench.success(bench.invoke(f, "{\"sleep\":6}")));
      assertThat(answers.stream().map(ProcessesTest::pid).distinct().count()).isEqualTo(4);
    }
  }

  @Test
  void overTheBoundsOneIsThrottled() throws Exception {
    try (Bench bench =
        new Bench(
            directory,
            Bench.options(directory)
                .withProcesses(Bench.processes(1, 1, Duration.ofSeconds(60))))) {
      Function f = bench.python("f", PID);
      List<Outcome> outcomes = together(4, () -> bench.invoke(f, "{\"sleep\":1}"));
      assertThat(outcomes).filteredOn(o -> o instanceof Outcome.Success).hasSize(2);
      assertThat(outcomes).filteredOn(o -> o instanceof Outcome.Throttled).hasSize(2);
    }
  }

  @Test
  void whoWaitsTooLongIsThrottled() throws Exception {
    try (Bench bench =
        new Bench(
            directory,
            Bench.options(directory)
                .withProcesses(Bench.processes(1, 10, Duration.ofMillis(100))))) {
      Function f = bench.python("f", PID);
      List<Outcome> outcomes = together(2, () -> bench.invoke(f, "{\"sleep\":2}"));
      assertThat(outcomes).filteredOn(o -> o instanceof Outcome.Throttled).hasSize(1);
    }
  }

  @Test
  void anIdleProcessGivesItsPlaceToAnotherFunction() throws IOException {
    try (Bench bench =
        new Bench(
            directory,
            Bench.options(directory)
                .withProcesses(Bench.processes(1, 10, Duration.ofSeconds(60))))) {
      long first = pid(bench.succeed(bench.python("f", PID), "{}"));
      long second = pid(bench.succeed(bench.python("g", PID), "{}"));
      assertThat(Bench.isAlive(first)).isFalse();
      assertThat(Bench.isAlive(second)).isTrue();
    }
  }

  @Test
  void anotherRevisionReplacesTheProcess() throws IOException {
    try (Bench bench = new Bench(directory)) {
      Function f = bench.python("f", PID);
      JsonNode first = bench.succeed(f, "{}");
      JsonNode second = bench.succeed(Bench.revision(f, "2"), "{}");
      assertThat(pid(second)).isNotEqualTo(pid(first));
      assertThat(Bench.isAlive(pid(first))).isFalse();
      assertThat(Path.of(first.path("tmp").asText())).doesNotExist();
      assertThat(Path.of(second.path("tmp").asText())).isDirectory();
    }
  }

  @Test
  void idleProcessesEnd() throws IOException {
    try (Bench bench =
        new Bench(
            directory,
            Bench.options(directory)
                .withProcesses(
                    new ProcessBounds(32, 100, Duration.ofSeconds(60), Duration.ofMillis(200))))) {
      JsonNode answer = bench.succeed(bench.python("f", PID), "{}");
      await().until(() -> bench.runner.processes() == 0);
      assertThat(Bench.isAlive(pid(answer))).isFalse();
      assertThat(Path.of(answer.path("tmp").asText())).doesNotExist();
    }
  }

  @Test
  void aForgottenFunctionsProcessEnds() throws IOException {
    try (Bench bench = new Bench(directory)) {
      Function f = bench.python("f", PID);
      long pid = pid(bench.succeed(f, "{}"));
      bench.runner.forget(f.arn());
      assertThat(Bench.isAlive(pid)).isFalse();
    }
  }

  @Test
  void aProcessThatDiedWhileIdleIsReplaced() throws IOException {
    try (Bench bench = new Bench(directory)) {
      Function f = bench.python("f", PID);
      long pid = pid(bench.succeed(f, "{}"));
      assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
      await().until(() -> bench.runner.processes() == 0);
      assertThat(pid(bench.succeed(f, "{}"))).isNotEqualTo(pid);
    }
  }

  @Test
  void closingEndsEverythingAndLeavesNothing() throws IOException {
    long pid;
    try (Bench bench = new Bench(directory)) {
      pid = pid(bench.succeed(bench.python("f", PID), "{}"));
    }
    assertThat(Bench.isAlive(pid)).isFalse();
    try (var left = Files.list(directory.resolve("runner").resolve("tmp"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aStartThatFailsLeavesNothing() throws IOException {
    try (Bench bench = new Bench(directory)) {
      Function f = bench.python("f", PID);
      Files.writeString(directory.resolve("runner").resolve("logs"), "no folder");
      assertThatThrownBy(() -> bench.invoke(f, "{}")).hasRootCauseInstanceOf(IOException.class);
      assertThat(bench.temporaryFolders()).isZero();
      assertThat(bench.runner.processes()).isZero();
    }
  }

  @Test
  void whatAnEarlierRunShutDoesNotKeepTheNextFromStarting() throws IOException {
    Path shut = Files.createDirectories(directory.resolve("runner/tmp/earlier/shut"));
    Files.writeString(shut.resolve("file"), "x");
    Files.setPosixFilePermissions(shut, Set.of());
    try (Bench bench = new Bench(directory)) {
      assertThat(directory.resolve("runner/tmp/earlier")).doesNotExist();
      assertThat(Bench.isAlive(pid(bench.succeed(bench.python("f", PID), "{}")))).isTrue();
    }
  }

  @Test
  void theEnvironmentIsLambdasAndTheFunctionsOwn() throws IOException {
    try (Bench bench = new Bench(directory)) {
      Function f =
          bench.python("f", "import os\ndef handler(event, context):\n  return dict(os.environ)\n");
      Map<String, String> own =
          Map.of("TABLE", "orders", "AWS_REGION", "not-mine", "TZ", "Europe/Oslo");
      JsonNode environment = bench.succeed(Bench.environment(f, own), "{}");
      List<String> names = new ArrayList<>();
      environment.fieldNames().forEachRemaining(names::add);
      names.removeAll(List.of("PWD", "OLDPWD", "SHLVL", "_", "LC_CTYPE"));
      assertThat(names)
          .containsExactlyInAnyOrder(
              "AWS_ACCESS_KEY_ID",
              "AWS_DEFAULT_REGION",
              "AWS_ENDPOINT_URL",
              "AWS_EXECUTION_ENV",
              "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
              "AWS_LAMBDA_FUNCTION_NAME",
              "AWS_LAMBDA_FUNCTION_VERSION",
              "AWS_LAMBDA_INITIALIZATION_TYPE",
              "AWS_LAMBDA_LOG_GROUP_NAME",
              "AWS_LAMBDA_LOG_STREAM_NAME",
              "AWS_LAMBDA_RUNTIME_API",
              "AWS_REGION",
              "AWS_SECRET_ACCESS_KEY",
              "HOME",
              "LAMBDA_RUNTIME_DIR",
              "LAMBDA_TASK_ROOT",
              "LANG",
              "PATH",
              "TABLE",
              "TMPDIR",
              "TZ",
              "_HANDLER");
      assertThat(environment.path("AWS_REGION").asText()).isEqualTo("eu-west-1");
      assertThat(environment.path("AWS_ACCESS_KEY_ID").asText()).isEqualTo(Bench.ACCOUNT);
      assertThat(environment.path("TZ").asText()).isEqualTo("Europe/Oslo");
      assertThat(environment.path("AWS_LAMBDA_FUNCTION_NAME").asText()).isEqualTo("f");
    }
  }

  @Test
  void aRuntimeThatIsntThereIsNamed() throws IOException {
    RunnerOptions options =
        Bench.options(directory)
            .withExecutables(Map.of("nodejs", directory.resolve("no-such-node")));
    try (Bench bench = new Bench(directory, options)) {
      assertThat(bench.invoke(bench.node("f", ""), "{}"))
          .isInstanceOfSatisfying(
              Outcome.RuntimeMissing.class,
              missing ->
                  assertThat(missing.message())
                      .startsWith("node isn't installed on this machine")
                      .contains("nodejs22.x"));
      assertThat(bench.invoke(bench.function("g", "ruby3.4", "x", "x", ""), "{}"))
          .isInstanceOf(Outcome.RuntimeMissing.class);
    }
  }

  private static long pid(JsonNode answer) {
    return answer.path("pid").asLong();
  }

  private static <T> List<T> together(int count, Callable<T> task)
      throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        futures.add(threads.submit(task));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    }
  }
}
