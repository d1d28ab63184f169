package dev.tutti.bench.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.bench.client.Aws;
import dev.tutti.bench.client.Requests.Target;
import dev.tutti.bench.report.Figure;
import dev.tutti.bench.server.ServerProcess;
import dev.tutti.core.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * Restart after a crash: so many closed executions of five Pass states and a hundredth of them
 * open, then {@code kill -9}, and how long until the first answer, and until an execution that was
 * open answers.
 */
public final class Replay implements Workload {
  private static final int OPEN_SHARE = 100;
  private static final double MILLIS = 1e3;
  private static final double MEGABYTE = 1 << 20;

  @Override
  public String name() {
    return "replay";
  }

  @Override
  public String what() {
    return "restart after kill -9 with closed and open executions in the data";
  }

  @Override
  public void run(Site site, Plan plan, Consumer<Figure> figures)
      throws IOException, InterruptedException {
    if (site.server() == null) {
      throw new Site.Unfit("needs a server of its own: leave --endpoint away");
    }
    int open = Math.max(1, plan.count() / OPEN_SHARE);
    close(site, plan.count());
    String waiting = open(site, open);
    double megabytes = site.bytes() / MEGABYTE;
    ServerProcess server = site.restart();
    List<String> faults = new ArrayList<>();
    try (Aws aws = site.aws()) {
      String status =
          aws.states("DescribeExecution", Json.object().put("executionArn", waiting))
              .path("status")
              .asText();
      if (!status.equals("RUNNING")) {
        faults.add("an open execution is " + status + " after the restart");
      }
    }
    Map<String, Double> more = new LinkedHashMap<>();
    more.put("ms from start to first answer", server.readyMillis());
    more.put("closed executions", (double) plan.count());
    more.put("open executions", (double) open);
    more.put("MB of data", megabytes);
    figures.accept(
        new Figure(
            "replay",
            "executions",
            1,
            server.readyMillis() / MILLIS,
            0,
            plan.count() + open,
            new Histogram(3),
            null,
            site.memory(),
            faults,
            more));
  }

  /** Leaves closed executions. */
  static void close(Site site, int count) throws IOException {
    try (Aws aws = site.aws()) {
      String machine = Definition.create(aws, "bench-closed", "STANDARD", Definition.passes(5));
      byte[] start = site.requests().json(Target.STATES, "StartExecution", Inputs.start(machine));
      Fill.with(site, count, i -> start);
    }
  }

  /** Leaves executions that wait for a day; returns the ARN of one more. */
  static String open(Site site, int count) throws IOException {
    ObjectNode states = Json.object();
    states.putObject("Wait").put("Type", "Wait").put("Seconds", 86_400).put("End", true);
    try (Aws aws = site.aws()) {
      String machine =
          Definition.create(aws, "bench-open", "STANDARD", Definition.machine("Wait", states));
      byte[] start = site.requests().json(Target.STATES, "StartExecution", Inputs.start(machine));
      Fill.with(site, count, i -> start);
      return aws.states("StartExecution", Inputs.start(machine)).path("executionArn").textValue();
    }
  }
}
