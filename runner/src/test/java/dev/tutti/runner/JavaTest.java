package dev.tutti.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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

  @Test
  void aHandlerAnswersAndFails() throws IOException {
    String file = Doubler.class.getName().replace('.', '/') + ".class";
    Path code = directory.resolve("code").resolve("f");
    Path target = code.resolve(file);
    Files.createDirectories(target.getParent());
    try (InputStream in = Doubler.class.getClassLoader().getResourceAsStream(file);
        Bench bench = Bench.ofOne(directory)) {
      Files.copy(in, target);
      Function f =
          bench.function("f", "java21", Doubler.class.getName() + "::handleRequest", "x.txt", "");
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
