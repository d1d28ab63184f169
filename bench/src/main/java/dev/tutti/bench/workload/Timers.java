package dev.tutti.bench.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.bench.client.Aws;
import dev.tutti.bench.client.Requests.Target;
import dev.tutti.bench.report.Figure;
import dev.tutti.bench.server.ServerProcess;
import dev.tutti.core.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * Executions that all wait for the same moment. How late each ended comes from its stop date, which
 * is the engine's own time of the commit that ended it. Then the same again with a server that is
 * killed before the moment and started after it: how long until all that is overdue has ended.
 */
public final class Timers implements Workload {
  private static final Duration LEAST_AHEAD = Duration.ofSeconds(5);
  private static final int STARTS_PER_SECOND = 1000;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int PAGE = 1000;
  private static final double NANOS = 1e9;

  @Override
  public String name() {
    return "timers";
  }

  @Override
  public String what() {
    return "executions that wait for the same moment: how late, and how fast after a restart";
  }

  @Override
  public void run(Site site, Plan plan, Consumer<Figure> figures)
      throws IOException, InterruptedException {
    figures.accept(onTime(site, plan.count()));
    if (site.server() != null) {
      figures.accept(overdue(site, plan.count()));
    }
  }

  private static Figure onTime(Site site, int count) throws IOException, InterruptedException {
    String machine = create(site, "bench-timers");
    Instant due = start(site, machine, count);
    Thread.sleep(Math.max(0, Duration.between(Instant.now(), due).toMillis()));
    List<String> faults = awaitEnd(site, machine);
    Histogram lateness = new Histogram(3);
    List<Instant> stops = stops(site, machine, faults);
    stops.forEach(stop -> lateness.recordValue(nanos(due, stop)));
    if (stops.stream().anyMatch(stop -> stop.isBefore(due))) {
      faults.add("an execution ended before its time");
    }
    double seconds = stops.stream().mapToLong(stop -> nanos(due, stop)).max().orElse(0) / NANOS;
    return figure(site, "timers lateness", seconds, stops.size(), lateness, faults, Map.of());
  }

  private static Figure overdue(Site site, int count) throws IOException, InterruptedException {
    String machine = create(site, "bench-timers-overdue");
    Instant due = start(site, machine, count);
    ServerProcess running = site.server();
    if (running != null) {
      running.kill();
    }
    Thread.sleep(Math.max(0, Duration.between(Instant.now(), due).toMillis()) + 1);
    double readyMillis = site.restart().readyMillis();
    long began = System.nanoTime();
    List<String> faults = awaitEnd(site, machine);
    double seconds = (System.nanoTime() - began) / NANOS;
    int ended = stops(site, machine, faults).size();
    if (ended != count) {
      faults.add(ended + " of " + count + " ended after the restart");
    }
    Map<String, Double> more = new LinkedHashMap<>();
    more.put("ms from start to first answer", readyMillis);
    return figure(
        site, "timers overdue at restart", seconds, ended, new Histogram(3), faults, more);
  }

  private static Figure figure(
      Site site,
      String series,
      double seconds,
      long count,
      Histogram latency,
      List<String> faults,
      Map<String, Double> more) {
    return new Figure(
        series, "timers", 1, seconds, 0, count, latency, null, site.memory(), faults, more);
  }

  private static String create(Site site, String name) throws IOException {
    ObjectNode states = Json.object();
    states.putObject("Wait").put("Type", "Wait").put("TimestampPath", "$.at").put("End", true);
    try (Aws aws = site.aws()) {
      return Definition.create(aws, name, "STANDARD", Definition.machine("Wait", states));
    }
  }

  /** Starts all; returns the moment, which is still to come. */
  private static Instant start(Site site, String machine, int count) throws IOException {
    Instant due =
        Instant.now()
            .plus(LEAST_AHEAD)
            .plusSeconds(count / STARTS_PER_SECOND)
            .truncatedTo(ChronoUnit.SECONDS);
    String input = Json.write(Json.object().put("at", due.toString()));
    byte[] request =
        site.requests()
            .json(
                Target.STATES,
                "StartExecution",
                Json.object().put("stateMachineArn", machine).put("input", input));
    Fill.with(site, count, i -> request);
    if (Instant.now().isAfter(due)) {
      throw new Site.Unfit("starting took so long that the moment is over: take a smaller --count");
    }
    return due;
  }

  private static List<String> awaitEnd(Site site, String machine) throws IOException {
    Tally tally = new Tally();
    new Ends(site, machine).check(tally, PATIENCE);
    return new ArrayList<>(tally.faults());
  }

  private static List<Instant> stops(Site site, String machine, List<String> faults)
      throws IOException {
    List<Instant> stops = new ArrayList<>();
    ObjectNode request =
        Json.object()
            .put("stateMachineArn", machine)
            .put("statusFilter", "SUCCEEDED")
            .put("maxResults", PAGE);
    try (Aws aws = site.aws()) {
      boolean more = true;
      while (more) {
        JsonNode page = aws.states("ListExecutions", request);
        for (JsonNode execution : page.path("executions")) {
          stops.add(Instant.ofEpochMilli(millis(execution.path("stopDate"))));
        }
        more = page.hasNonNull("nextToken");
        request.put("nextToken", page.path("nextToken").asText());
      }
    }
    if (stops.isEmpty()) {
      faults.add("no execution has ended");
    }
    return stops;
  }

  /** Dates are epoch seconds with decimals. */
  private static long millis(JsonNode date) {
    return date.decimalValue().movePointRight(3).longValue();
  }

  private static long nanos(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toNanos());
  }
}
