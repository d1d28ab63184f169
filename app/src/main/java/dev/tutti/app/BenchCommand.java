package dev.tutti.app;

import dev.tutti.bench.Bench;
import dev.tutti.bench.Options;
import dev.tutti.bench.client.Endpoint;
import dev.tutti.bench.client.Loop;
import dev.tutti.bench.inner.Inner;
import dev.tutti.bench.server.ServerProcess.Launch;
import dev.tutti.bench.workload.Plan;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures a server over the wire; exit code 1 where a result is wrong. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Drive a server over the wire, and print beside each figure what the machine itself can do.",
      "Without --endpoint it starts a server of its own for each workload, on fresh data, and",
      "removes both. What the workloads do and the columns mean is in docs/performance.md.",
      "",
      "Workloads: five, five-activity, pass, express, putevents, deliver, timers, map, history,",
      "replay; all where none is named. Slopes, of what grows with the data: slope-closed,",
      "slope-open, slope-rules, slope-events, or slope for all four. And alone: inner [PATTERN],",
      "JMH's benchmarks of the inner paths."
    })
final class BenchCommand implements Callable<Integer> {
  @Parameters(arity = "0..*", paramLabel = "WORKLOAD", description = "what to measure")
  private List<String> workloads = List.of();

  @Option(names = "--json", description = "print one JSON document")
  private boolean json;

  @Option(
      names = "--callers",
      split = ",",
      defaultValue = "1,8,64,512",
      description = "how many at once, one run each (${DEFAULT-VALUE})")
  private List<Integer> callers = List.of();

  @Option(
      names = "--seconds",
      defaultValue = "5",
      description = "how long each run is measured (${DEFAULT-VALUE})")
  private int seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "5",
      description = "seconds for which a fresh server is driven before (${DEFAULT-VALUE})")
  private int warmUp;

  @Option(
      names = "--warm-requests",
      defaultValue = "20000",
      description = "requests that it has to have answered by then (${DEFAULT-VALUE})")
  private int warmRequests;

  @Option(
      names = "--rules",
      split = ",",
      defaultValue = "1,1000",
      description = "rules on the bus, for putevents (${DEFAULT-VALUE})")
  private List<Integer> rules = List.of();

  @Option(
      names = "--sizes",
      split = ",",
      defaultValue = "1000,10000",
      description = "to which a slope's quantity grows (${DEFAULT-VALUE})")
  private List<Integer> sizes = List.of();

  @Option(
      names = "--count",
      defaultValue = "10000",
      description = "of what is counted: items, timers, executions (${DEFAULT-VALUE})")
  private int count;

  @Option(names = "--endpoint", paramLabel = "URL", description = "a server that runs already")
  private @Nullable String endpoint;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = ".tutti/bench",
      description = "where servers of its own keep their data; a disk (${DEFAULT-VALUE})")
  private Path data = Path.of(".tutti/bench");

  @Option(
      names = "--server-options",
      paramLabel = "OPTIONS",
      description = "JVM options of servers of its own, instead of this process's")
  private @Nullable String serverOptions;

  @Override
  public Integer call() throws InterruptedException {
    try {
      if (!workloads.isEmpty() && workloads.getFirst().equals("inner")) {
        Inner.run(workloads.subList(1, workloads.size()));
        return 0;
      }
      return new Bench(options(), System.out).run().isGood() ? 0 : 1;
    } catch (IllegalArgumentException | IOException | Loop.Broken e) {
      throw new Complaint(String.valueOf(e.getMessage()), e);
    }
  }

  private Options options() {
    List<String> jvm =
        serverOptions == null
            ? ManagementFactory.getRuntimeMXBean().getInputArguments()
            : List.of(serverOptions.trim().split("\\s+"));
    return new Options(
        workloads,
        new Plan(
            callers,
            Duration.ofSeconds(seconds),
            Duration.ofSeconds(warmUp),
            warmRequests,
            rules,
            sizes,
            count),
        json,
        endpoint == null ? null : Endpoint.of(endpoint),
        data.toAbsolutePath(),
        new Launch(Main.class.getName(), jvm));
  }
}
