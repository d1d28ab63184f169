package dev.tutti.bench.workload;

import dev.tutti.bench.client.Answer;
import dev.tutti.bench.client.Aws;
import dev.tutti.bench.client.Caller;
import dev.tutti.bench.client.Requests.Target;
import dev.tutti.bench.report.Figure;
import dev.tutti.core.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Standard executions of five Pass states. Nothing waits in them, so the commit that acknowledges
 * StartExecution holds the whole execution, its end included, and the call's latency is the
 * execution's. Each caller checks that on every 64th: DescribeExecution must say SUCCEEDED at once.
 */
public final class Pass implements Workload {
  private static final int CHECK_EVERY = 64;
  private static final byte[] ARN = "\"executionArn\":\"".getBytes(StandardCharsets.UTF_8);
  private static final byte[] SUCCEEDED =
      "\"status\":\"SUCCEEDED\"".getBytes(StandardCharsets.UTF_8);

  @Override
  public String name() {
    return "pass";
  }

  @Override
  public String what() {
    return "Standard executions of five Pass states, from StartExecution to their end";
  }

  @Override
  public void run(Site site, Plan plan, Consumer<Figure> figures) throws IOException {
    String machine;
    try (Aws aws = site.aws()) {
      machine = Definition.create(aws, "bench-pass", "STANDARD", Definition.passes(5));
    }
    new Drive(site, plan).all("pass", "executions", crew(site, machine), figures);
  }

  /** Callers that start a machine whose executions don't wait. */
  static Drive.Crew crew(Site site, String machine) {
    byte[] start = site.requests().json(Target.STATES, "StartExecution", Inputs.start(machine));
    return (callers, tally) ->
        Stream.generate(() -> new Starter(site, start, tally)).limit(callers).toList();
  }

  private static final class Starter implements Caller {
    private final Site site;
    private final byte[] start;
    private final Tally tally;
    private byte[] check = {};
    private long started;

    Starter(Site site, byte[] start, Tally tally) {
      this.site = site;
      this.start = start;
      this.tally = tally;
    }

    @Override
    public byte[] next() {
      return check.length == 0 ? start : check;
    }

    @Override
    public void answered(Answer answer, long sent, long now) {
      boolean good = tally.isGood(answer);
      if (check.length > 0) {
        check = new byte[0];
        if (good && !answer.has(SUCCEEDED)) {
          tally.fault("not ended when acknowledged: " + answer.excerpt());
        }
      } else if (good) {
        tally.request();
        tally.done(1, now - sent);
        if (started++ % CHECK_EVERY == 0) {
          check = describe(String.valueOf(answer.text(ARN)));
        }
      }
    }

    private byte[] describe(String arn) {
      return site.requests()
          .json(Target.STATES, "DescribeExecution", Json.object().put("executionArn", arn));
    }
  }
}
