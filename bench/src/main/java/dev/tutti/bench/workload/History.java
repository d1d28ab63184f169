package dev.tutti.bench.workload;

import dev.tutti.bench.client.Answer;
import dev.tutti.bench.client.Aws;
import dev.tutti.bench.client.Caller;
import dev.tutti.bench.client.Requests.Target;
import dev.tutti.bench.report.Figure;
import dev.tutti.core.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Whole histories of closed executions, read one after the other, while other callers start
 * executions all the time.
 */
public final class History implements Workload {
  private static final int EXECUTIONS = 2000;
  private static final int WRITERS = 4;
  private static final byte[] ENDED =
      "\"type\":\"ExecutionSucceeded\"".getBytes(StandardCharsets.UTF_8);

  @Override
  public String name() {
    return "history";
  }

  @Override
  public String what() {
    return "GetExecutionHistory of closed executions, while others are started";
  }

  @Override
  public void run(Site site, Plan plan, Consumer<Figure> figures) throws IOException {
    List<byte[]> requests = new ArrayList<>();
    String machine;
    try (Aws aws = site.aws()) {
      machine = Definition.create(aws, "bench-history", "STANDARD", Definition.passes(5));
      for (int i = 0; i < EXECUTIONS; i++) {
        String arn =
            aws.states("StartExecution", Inputs.start(machine)).path("executionArn").textValue();
        requests.add(
            site.requests()
                .json(
                    Target.STATES,
                    "GetExecutionHistory",
                    Json.object().put("executionArn", arn).put("maxResults", 100)));
      }
    }
    byte[] start = site.requests().json(Target.STATES, "StartExecution", Inputs.start(machine));
    new Drive(site, plan)
        .all(
            "history",
            "reads",
            (callers, tally) -> callers(callers, requests, start, tally),
            figures);
  }

  private static List<Caller> callers(
      int readers, List<byte[]> requests, byte[] start, Tally tally) {
    List<Caller> callers = new ArrayList<>();
    for (int i = 0; i < readers; i++) {
      callers.add(new Reader(requests, i * EXECUTIONS / readers, tally));
    }
    for (int i = 0; i < WRITERS; i++) {
      callers.add(new Writer(start, tally));
    }
    return callers;
  }

  private static final class Reader implements Caller {
    private final List<byte[]> requests;
    private final Tally tally;
    private int next;

    Reader(List<byte[]> requests, int first, Tally tally) {
      this.requests = requests;
      this.next = first;
      this.tally = tally;
    }

    @Override
    public byte[] next() {
      next = (next + 1) % requests.size();
      return requests.get(next);
    }

    @Override
    public void answered(Answer answer, long sent, long now) {
      if (!tally.isGood(answer)) {
        return;
      }
      if (answer.has(ENDED)) {
        tally.request();
        tally.done(1, now - sent);
      } else {
        tally.fault("a history without an end: " + answer.excerpt());
      }
    }
  }

  /** Counts nothing but faults. */
  private record Writer(byte[] next, Tally tally) implements Caller {
    @Override
    public void answered(Answer answer, long sent, long now) {
      tally.isGood(answer);
    }
  }
}
