package dev.tutti.bench.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.bench.client.Aws;
import dev.tutti.bench.report.Figure;
import dev.tutti.bench.server.Cost;
import dev.tutti.core.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One execution whose Map state has many items, each through one Pass state. From sending
 * StartExecution to the DescribeExecution that says SUCCEEDED. An inline Map's history must stay
 * below 25,000 events, as on AWS, so that it may have some 6,000 items; more need a distributed
 * one. The items are numbers that the state counts up itself; each results in a 0, as all results
 * together may have 256 KiB.
 */
public final class MapItems implements Workload {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int MOST_INLINE = 6000;
  private static final double NANOS = 1e9;

  @Override
  public String name() {
    return "map";
  }

  @Override
  public String what() {
    return "items of one Map state, inline and distributed, to the execution's end";
  }

  @Override
  public void run(Site site, Plan plan, Consumer<Figure> figures) throws IOException {
    figures.accept(run(site, "map inline", "INLINE", Math.min(plan.count(), MOST_INLINE)));
    figures.accept(run(site, "map distributed", "DISTRIBUTED", plan.count()));
  }

  private static Figure run(Site site, String series, String mode, int count) throws IOException {
    try (Aws aws = site.aws()) {
      String machine = Definition.create(aws, "bench-" + mode, "STANDARD", definition(mode));
      run(site, aws, machine, Math.min(count, 100));
      @Nullable Cost before = site.cost();
      long began = System.nanoTime();
      List<String> faults = run(site, aws, machine, count);
      double seconds = (System.nanoTime() - began) / NANOS;
      @Nullable Cost after = site.cost();
      return new Figure(
          series,
          "items",
          1,
          seconds,
          1,
          count,
          new Histogram(3),
          before == null || after == null ? null : after.since(before),
          site.memory(),
          faults,
          Map.of("s for " + count + " items", seconds));
    }
  }

  private static List<String> run(Site site, Aws aws, String machine, int count)
      throws IOException {
    ObjectNode input = Json.object().put("count", count);
    String arn =
        aws.states(
                "StartExecution",
                Json.object().put("stateMachineArn", machine).put("input", Json.write(input)))
            .path("executionArn")
            .textValue();
    long until = System.nanoTime() + PATIENCE.toNanos();
    JsonNode execution;
    do {
      Ends.pause();
      execution = aws.states("DescribeExecution", Json.object().put("executionArn", arn));
    } while (execution.path("status").asText().equals("RUNNING") && System.nanoTime() < until);
    List<String> faults = new ArrayList<>();
    if (!execution.path("status").asText().equals("SUCCEEDED")) {
      faults.add(
          execution.path("status").asText()
              + " "
              + execution.path("error").asText("")
              + " "
              + execution.path("cause").asText("")
              + " on "
              + site.endpoint());
    }
    return faults;
  }

  private static ObjectNode definition(String mode) {
    ObjectNode states = Json.object();
    ObjectNode map = states.putObject("Each").put("Type", "Map").put("QueryLanguage", "JSONata");
    map.put("Items", "{% [1..$states.input.count] %}");
    ObjectNode processor = map.putObject("ItemProcessor");
    ObjectNode config = processor.putObject("ProcessorConfig").put("Mode", mode);
    if (mode.equals("DISTRIBUTED")) {
      config.put("ExecutionType", "STANDARD");
    }
    processor.put("StartAt", "Item");
    ObjectNode item = processor.putObject("States").putObject("Item").put("Type", "Pass");
    item.put("Result", 0).put("End", true);
    map.put("Output", "{% $states.input %}").put("End", true);
    return Definition.machine("Each", states);
  }
}
