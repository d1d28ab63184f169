package dev.tutti.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** AWS's client for Java, by a function that a JVM of its own runs. */
final class JavaTest {
  @TempDir Path directory;

  /** A handler; its class file is the function's code. */
  public static final class Doubler implements RequestHandler<Map<String, Integer>, Object> {
    @Override
    public Object handleRequest(Map<String, Integer> input, Context context) {
      Integer n = input.get("n");
      if (n == null) {
        throw new IllegalArgumentException("no n");
      }
      context.getLogger().log("doubling " + n + "\n");
      return Map.of("n", 2 * n, "id", context.getAwsRequestId());
    }
  }

  /** A handler that tells where its process has the client's native library from. */
  public static final class Libraries implements RequestHandler<Map<String, Integer>, Object> {
    @Override
    public Object handleRequest(Map<String, Integer> input, Context context) {
      try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
        return maps.filter(line -> line.contains("libaws-lambda-jni"))
            .map(line -> line.substring(line.indexOf('/')))
            .distinct()
            .toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private Function function(Bench bench, Class<?> handler) throws IOException {
    String file = handler.getName().replace('.', '/') + ".class";
    Path target = directory.resolve("code").resolve("f").resolve(file);
    Files.createDirectories(target.getParent());
    try (InputStream in = handler.getClassLoader().getResourceAsStream(file)) {
      Files.copy(in, target);
    }
    return bench.function("f", "java21", handler.getName() + "::handleRequest", "x.txt", "");
  }

  @Test
  void processesShareNoFileThatTheirStartRewrites() throws IOException {
    try (Bench bench = Bench.ofOne(directory)) {
      Outcome outcome = bench.invoke(function(bench, Libraries.class), "{}");

      JsonNode libraries = Bench.success(outcome);
      assertThat(libraries).hasSize(1);
      assertThat(libraries.get(0).asText()).startsWith(directory.toRealPath().toString());
    }
  }

  @Test
  void aHandlerAnswersAndFails() throws IOException {
    try (Bench bench = Bench.ofOne(directory)) {
      Function f = function(bench, Doubler.class);
      Outcome outcome = bench.invoke(f, "id-1", "{\"n\":21}");
      assertThat(Bench.success(outcome))
          .isEqualTo(Bench.json("{\"n\":42,\"id\":\"id-1\"}".getBytes(StandardCharsets.UTF_8)));
      assertThat(Bench.tail(outcome)).contains("doubling 21\n");
      Outcome failed = bench.invoke(f, "{}");
      JsonNode error = Bench.error(failed, Outcome.Cause.HANDLER);
      assertThat(Bench.tail(failed)).contains("java.lang.IllegalArgumentException: no n\n");
      assertThat(error.path("errorType").asText()).isEqualTo("java.lang.IllegalArgumentException");
      assertThat(error.path("errorMessage").asText()).isEqualTo("no n");
      assertThat(error.path("stackTrace").get(0).asText()).contains("Doubler.handleRequest");
      assertThat(bench.runner.processes()).isEqualTo(1);
    }
  }

  @Test
  void aClassThatIsntThereIsNamed() throws IOException {
    try (Bench bench = new Bench(directory)) {
      Function f = bench.function("f", "java21", "no.Such::handle", "x.txt", "");
      JsonNode error = Bench.error(bench.invoke(f, "{}"), Outcome.Cause.HANDLER);
      assertThat(error.path("errorType").asText()).isEqualTo("java.lang.ClassNotFoundException");
      assertThat(error.path("errorMessage").asText()).isEqualTo("Class not found: no.Such");
    }
  }
}
