package dev.tutti.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** A runner in a folder of its own, and functions written down in a test. */
final class Bench implements AutoCloseable {
  static final String ACCOUNT = "111122223333";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  final Path directory;
  final Runner runner;

  Bench(Path directory) throws IOException {
    this(directory, options(directory));
  }

  Bench(Path directory, RunnerOptions options) throws IOException {
    this.directory = directory;
    this.runner = new Runner(options);
  }

  static ProcessBounds processes(int most, int maxWaiting, Duration maxWait) {
    return new ProcessBounds(most, maxWaiting, maxWait, Duration.ofMinutes(5));
  }

  static RunnerOptions options(Path directory) {
    return RunnerOptions.standard(directory.resolve("runner"), "http://127.0.0.1:1");
  }

  /** A runner of one process, so that one after the other meets the same, however slow it is. */
  static Bench ofOne(Path directory) throws IOException {
    return new Bench(
        directory, options(directory).withProcesses(processes(1, 100, Duration.ofSeconds(60))));
  }

  /** A function of one file. A bootstrap is made executable. */
  Function function(String name, String runtime, String handler, String file, String text)
      throws IOException {
    Path code = directory.resolve("code").resolve(name);
    Path path = code.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    if (file.equals("bootstrap")) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return new Function(
        "arn:aws:lambda:eu-west-1:" + ACCOUNT + ":function:" + name,
        "1",
        "$LATEST",
        runtime,
        handler,
        code,
        20,
        256,
        Map.of(),
        "/aws/lambda/" + name);
  }

  Function node(String name, String text) throws IOException {
    return function(name, "nodejs22.x", "app.handler", "app.js", text);
  }

  Function python(String name, String text) throws IOException {
    return function(name, "python3.12", "app.handler", "app.py", text);
  }

  /** A function in shell, with commands to ask for work and to answer it at hand. */
  Function shell(String name, String text) throws IOException {
    String head =
        """
        #!/bin/sh
        api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime"
        next() {
          body=$(curl -sS -D "$TMPDIR/head" "$api/invocation/next")
          id=$(grep -i '^lambda-runtime-aws-request-id' "$TMPDIR/head" | tr -d '\\r' | cut -d' ' -f2)
        }
        answer() { curl -sS -o /dev/null -w '%{http_code}' -d "$2" "$api/invocation/$1/response"; }
        """;
    return function(name, "provided.al2023", "x", "bootstrap", head + text);
  }

  static Function timeout(Function f, int seconds) {
    return new Function(
        f.arn(),
        f.revision(),
        f.version(),
        f.runtime(),
        f.handler(),
        f.code(),
        seconds,
        f.memoryMegabytes(),
        f.environment(),
        f.logGroup());
  }

  static Function memory(Function f, int megabytes) {
    return new Function(
        f.arn(),
        f.revision(),
        f.version(),
        f.runtime(),
        f.handler(),
        f.code(),
        f.timeoutSeconds(),
        megabytes,
        f.environment(),
        f.logGroup());
  }

  static Function revision(Function f, String revision) {
    return new Function(
        f.arn(),
        revision,
        f.version(),
        f.runtime(),
        f.handler(),
        f.code(),
        f.timeoutSeconds(),
        f.memoryMegabytes(),
        f.environment(),
        f.logGroup());
  }

  static Function handler(Function f, String handler) {
    return new Function(
        f.arn(),
        f.revision(),
        f.version(),
        f.runtime(),
        handler,
        f.code(),
        f.timeoutSeconds(),
        f.memoryMegabytes(),
        f.environment(),
        f.logGroup());
  }

  static Function environment(Function f, Map<String, String> environment) {
    return new Function(
        f.arn(),
        f.revision(),
        f.version(),
        f.runtime(),
        f.handler(),
        f.code(),
        f.timeoutSeconds(),
        f.memoryMegabytes(),
        environment,
        f.logGroup());
  }

  Outcome invoke(Function function, String payload) {
    return invoke(function, UUID.randomUUID().toString(), payload);
  }

  Outcome invoke(Function function, String requestId, String payload) {
    try {
      return runner.invoke(
          function, Invocation.of(requestId, payload.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The answer of an invocation that has to succeed. */
  JsonNode succeed(Function function, String payload) {
    return success(invoke(function, payload));
  }

  static JsonNode success(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Success(byte[] payload, Report report) -> json(payload);
      case Outcome.FunctionError(Outcome.Cause cause, byte[] payload, Report report) ->
          fail(
              "%s %s%n%s",
              cause,
              new String(payload, StandardCharsets.UTF_8),
              new String(report.logTail(), StandardCharsets.UTF_8));
      case Outcome.RuntimeMissing(String message) ->
          fail("install what this test needs: %s", message);
      case Outcome.Throttled(String message) -> fail(message);
    };
  }

  /** The error of an invocation that has to fail for this cause. */
  static JsonNode error(Outcome outcome, Outcome.Cause cause) {
    if (outcome instanceof Outcome.RuntimeMissing(String message)) {
      return fail("install what this test needs: %s", message);
    }
    assertThat(outcome).isInstanceOf(Outcome.FunctionError.class);
    Outcome.FunctionError error = (Outcome.FunctionError) outcome;
    assertThat(error.cause())
        .as(new String(error.payload(), StandardCharsets.UTF_8))
        .isEqualTo(cause);
    return json(error.payload());
  }

  static Report report(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Success success -> success.report();
      case Outcome.FunctionError error -> error.report();
      case Outcome.RuntimeMissing(String message) -> fail(message);
      case Outcome.Throttled(String message) -> fail(message);
    };
  }

  static String tail(Outcome outcome) {
    return new String(report(outcome).logTail(), StandardCharsets.UTF_8);
  }

  static JsonNode json(byte[] bytes) {
    try {
      return MAPPER.readTree(bytes);
    } catch (IOException e) {
      throw new AssertionError(new String(bytes, StandardCharsets.UTF_8), e);
    }
  }

  /** Whether a process runs; one that is dead and waits for init to collect it doesn't. */
  static boolean isAlive(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException e) {
      return false; // gone
    }
  }

  /** Folders of processes that are left. */
  long temporaryFolders() throws IOException {
    Path all = directory.resolve("runner").resolve("tmp");
    try (Stream<Path> files = Files.walk(all, 2)) {
      return files.filter(path -> path.getNameCount() == all.getNameCount() + 2).count();
    }
  }

  @Override
  public void close() throws IOException {
    runner.close();
  }
}
