package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.bench.Bench;
import dev.tutti.bench.Options;
import dev.tutti.bench.server.ServerProcess.Launch;
import dev.tutti.bench.workload.Plan;
import dev.tutti.core.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bench runs, everything that it sends is done, and nothing is left; never how fast. */
final class BenchTest {
  private static final Path DATA =
      Path.of("target", "bench-" + ProcessHandle.current().pid()).toAbsolutePath();

  @Test
  void everythingIsAcknowledgedAndStandsBesideTheMachinesLimits() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Plan plan =
        new Plan(
            List.of(1), Duration.ofSeconds(1), Duration.ofMillis(100), 1, List.of(3), List.of(), 1);
    Options options =
        new Options(
            List.of("pass", "putevents"),
            plan,
            true,
            null,
            DATA,
            new Launch(
                Main.class.getName(), List.of("-Xmx512m", "--enable-native-access=ALL-UNNAMED")));

    boolean good = new Bench(options, out).run().isGood();

    JsonNode document = Json.parse(bytes.toString(StandardCharsets.UTF_8));
    assertThat(good).as(document.toPrettyString()).isTrue();
    assertThat(document.path("limits").path("fsyncsPerSecond").doubleValue()).isPositive();
    assertThat(document.path("starts")).hasSize(2);
    assertThat(document.path("figures").findValuesAsText("series"))
        .containsExactly("pass", "putevents x1 rules=3", "putevents x10 rules=3");
    assertThat(document.path("figures"))
        .allSatisfy(figure -> {
          assertThat(figure.path("faults")).isEmpty();
          assertThat(figure.path("units").longValue()).isPositive();
          assertThat(figure.path("ofGroupCommits").doubleValue()).isPositive();
          assertThat(figure.path("ofHttpRoundTrips").doubleValue()).isPositive();
          assertThat(figure.path("serverCpuMicrosEach").isNumber()).isTrue();
        });
    assertThat(DATA).isEmptyDirectory();
  }
}
