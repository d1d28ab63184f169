package dev.tutti.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.runner.log.LogBounds;
import dev.tutti.runner.log.LogLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions that don't behave: each is stopped, says why, and leaves nothing behind. */
final class HostileTest {
  private static final Duration GRACE = Duration.ofMillis(500);

  @TempDir Path directory;

  @Test
  void silenceEndsAtTheTimeoutWithAllThatWasStarted() throws IOException {
    try (Bench bench = new Bench(directory)) {
      Function f =
          bench.function(
              "f",
              "python3.12",
              "app.handler",
              "app.py",
              """
              import os, subprocess, time
              def handler(event, context):
                  a = subprocess.Popen(['sleep', '1000'])
                  b = subprocess.Popen(['sleep', '1000'], start_new_session=True)
                  c = subprocess.Popen(['env', '-i', 'sleep', '1000'])
                  with open(event, 'w') as file:
                      file.write('%d %d %d %d' % (os.getpid(), a.pid, b.pid, c.pid))
                  print('started', flush=True)
                  while True: pass
              """);
      Path pids = directory.resolve("pids");
      Outcome outcome = bench.invoke(Bench.timeout(f, 1), "id-1", "\"" + pids + "\"");
      JsonNode error = Bench.error(outcome, Outcome.Cause.TIMEOUT);
      assertThat(error.path("errorType").asText()).isEqualTo("Sandbox.Timedout");
      assertThat(error.path("errorMessage").asText())
          .isEqualTo("RequestId: id-1 Error: Task timed out after 1.00 seconds");
      assertThat(Bench.report(outcome).duration())
          .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(1).plus(GRACE));
      assertThat(Bench.tail(outcome))
          .contains("started\n", "id-1 Task timed out after 1.00 seconds");
      String[] started = Files.readString(pids).split(" ");
      assertThat(started).hasSize(4);
      await()
          .atMost(Duration.ofSeconds(2))
          .untilAsserted(
              () -> assertThat(Stream.of(started).map(Long::valueOf)).noneMatch(Bench::isAlive));
      assertThat(bench.runner.processes()).isZero();
    }
  }

  @Test
  void aProcessThatNeverAsksForWorkEnds() throws IOException {
    RunnerOptions options = Bench.options(directory).withInitTimeout(Duration.ofMillis(500));
    try (Bench bench = new Bench(directory, options)) {
      Function f = Bench.timeout(bench.shell("f", "exec sleep 1000"), 1);
      Outcome outcome = bench.invoke(f, "id-1", "{}");
      JsonNode error = Bench.error(outcome, Outcome.Cause.TIMEOUT);
      assertThat(error.path("errorMessage").asText())
          .isEqualTo("RequestId: id-1 Error: Task timed out after 1.50 seconds");
      assertThat(bench.runner.processes()).isZero();
    }
  }

  @Test
  void aFloodOfOutputIsBoundedAndTheTailIsTheEnd() throws IOException {
    RunnerOptions options =
        Bench.options(directory).withLogs(new LogBounds(1 << 20, 4 << 20, 2_000));
    try (Bench bench = new Bench(directory, options)) {
      Function f =
          bench.python(
              "f",
              """
              import sys
              def handler(event, context):
                  for i in range(1024):
                      sys.stdout.write('x' * 1023 * 1024 + '\\n')
                  sys.stdout.write('no line end ' * 100)
                  return 'done'
              """);
      Outcome outcome = bench.invoke(Bench.timeout(f, 120), "id-1", "{}");
      assertThat(Bench.success(outcome).asText()).isEqualTo("done");
      assertThat(Bench.report(outcome).logTail().length).isEqualTo(4096);
      assertThat(Bench.tail(outcome)).contains("no line end \nEND RequestId: id-1\nREPORT");
      assertThat(size(directory.resolve("runner").resolve("logs"))).isBetween(1L << 19, 3L << 20);
      assertThat(bench.runner.logs(f, "id-1"))
          .last()
          .satisfies(line -> assertThat(line.message()).startsWith("REPORT RequestId: id-1"));
    }
  }

  @Test
  void memoryIsBounded() throws IOException {
    try (Bench bench = new Bench(directory)) {
      Function f =
          bench.python(
              "f",
              """
              def handler(event, context):
                  held = []
                  while True: held.append(bytearray(b'x' * (1 << 20)))
              """);
      JsonNode error =
          Bench.error(bench.invoke(Bench.memory(f, 64), "id-1", "{}"), Outcome.Cause.EXIT);
      assertThat(error.path("errorMessage").asText())
          .isEqualTo("RequestId: id-1 Error: Runtime exited with error: signal: killed");
    }
  }

  @Test
  void nodesHeapIsBounded() throws IOException {
    try (Bench bench = new Bench(directory)) {
      Function f =
          bench.node("f", "const a = []; exports.handler = async () => { for (;;) a.push({}); };");
      JsonNode error = Bench.error(bench.invoke(Bench.memory(f, 64), "{}"), Outcome.Cause.EXIT);
      assertThat(error.path("errorType").asText()).isEqualTo("Runtime.ExitError");
    }
  }

  @Test
  void workAfterTheAnswerDelaysNobodyAndEnds() throws IOException {
    try (Bench bench = new Bench(directory)) {
      Function f =
          bench.shell(
              "f",
              "while next; do answer $id \"$$\" >/dev/null; [ \"$body\" = 0 ] || sleep 1000; done");
      Function short1 = Bench.timeout(f, 1);
      long pid = bench.succeed(short1, "1").asLong();
      assertThat(bench.succeed(short1, "0").asLong()).isNotEqualTo(pid);
      await().untilAsserted(() -> assertThat(Bench.isAlive(pid)).isFalse());
    }
  }

  @Test
  void anExitIsLoggedWithTheLastWords() throws IOException {
    try (Bench bench = new Bench(directory)) {
      Function f =
          bench.python(
              "f",
              """
              import os
              def handler(event, context):
                  print('last words', flush=True)
                  os._exit(9)
              """);
      for (String id : List.of("id-1", "id-2", "id-3")) {
        Bench.error(bench.invoke(f, id, "{}"), Outcome.Cause.EXIT);
        assertThat(bench.runner.logs(f, id).stream().map(LogLine::message).toList())
            .satisfiesExactly(
                line -> assertThat(line).startsWith("START RequestId: " + id),
                line -> assertThat(line).isEqualTo("last words"),
                line -> assertThat(line).endsWith("Runtime exited with error: exit status 9"),
                line -> assertThat(line).isEqualTo("END RequestId: " + id),
                line -> assertThat(line).endsWith("Status: error\tError Type: Runtime.ExitError"));
      }
    }
  }

  @Test
  void killingOftenLeavesNoProcessDescriptorOrThread() throws IOException {
    try (Bench bench = new Bench(directory)) {
      Function f = bench.shell("f", "sleep 1000 & while next; do exit 1; done");
      Bench.error(bench.invoke(f, "{}"), Outcome.Cause.EXIT);
      await().until(() -> bench.runner.processes() == 0);
      long descriptors = descriptors();
      for (int i = 0; i < 30; i++) {
        Bench.error(bench.invoke(f, "{}"), Outcome.Cause.EXIT);
      }
      await().until(() -> bench.runner.processes() == 0);
      await()
          .untilAsserted(() -> {
            assertThat(descriptors()).isLessThanOrEqualTo(descriptors);
            assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("tutti-output-"));
            assertThat(bench.temporaryFolders()).isZero();
            assertThat(marked(directory.toString())).isEmpty();
          });
    }
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  /** The processes with a text in their environment. */
  private static List<Path> marked(String text) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc"))) {
      return files.filter(file -> environment(file).contains(text)).toList();
    }
  }

  private static String environment(Path process) {
    try {
      return Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // not a process, or gone
    }
  }

  @Test
  void logsAreReadByRequest() throws IOException {
    try (Bench bench = Bench.ofOne(directory)) {
      Function f =
          bench.python("f", "print('loading')\ndef handler(event, context):\n  print(event)\n");
      bench.invoke(f, "id-1", "\"one\"");
      bench.invoke(f, "id-2", "\"two\"");
      assertThat(bench.runner.logs(f, "id-1").stream().map(LogLine::message).toList())
          .satisfiesExactly(
              line -> assertThat(line).isEqualTo("loading"),
              line -> assertThat(line).isEqualTo("START RequestId: id-1 Version: $LATEST"),
              line -> assertThat(line).isEqualTo("one"),
              line -> assertThat(line).isEqualTo("END RequestId: id-1"),
              line ->
                  assertThat(line)
                      .matches(
                          "REPORT RequestId: id-1\tDuration: [0-9.]+ ms\tBilled Duration: [0-9]+"
                              + " ms\tMemory Size: 256 MB\tMax Memory Used: [1-9][0-9]* MB\tInit"
                              + " Duration: [0-9.]+ ms\t"));
      List<LogLine> second = bench.runner.logs(f, "id-2");
      assertThat(second).hasSize(4);
      assertThat(second.get(1).message()).isEqualTo("two");
      assertThat(bench.runner.logs(f, "id")).isEmpty();
    }
  }

  private static long size(Path folder) throws IOException {
    long size = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        size += Files.size(file);
      }
    }
    return size;
  }
}
