package dev.tutti.bench.workload;

import dev.tutti.bench.client.Answer;
import dev.tutti.bench.client.Aws;
import dev.tutti.bench.client.Caller;
import dev.tutti.bench.client.Requests.Target;
import dev.tutti.bench.report.Figure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Express executions of five Pass states by StartSyncExecution: each answer must say SUCCEEDED. */
public final class Express implements Workload {
  private static final byte[] SUCCEEDED =
      "\"status\":\"SUCCEEDED\"".getBytes(StandardCharsets.UTF_8);

  @Override
  public String name() {
    return "express";
  }

  @Override
  public String what() {
    return "Express executions of five Pass states, StartSyncExecution";
  }

  @Override
  public void run(Site site, Plan plan, Consumer<Figure> figures) throws IOException {
    byte[] start;
    try (Aws aws = site.aws()) {
      String machine = Definition.create(aws, "bench-express", "EXPRESS", Definition.passes(5));
      aws.states("StartSyncExecution", Inputs.start(machine));
      start = site.requests().json(Target.STATES, "StartSyncExecution", Inputs.start(machine));
    }
    new Drive(site, plan)
        .all(
            "express",
            "executions",
            (callers, tally) ->
                Stream.generate(() -> new Starter(start, tally)).limit(callers).toList(),
            figures);
  }

  private record Starter(byte[] next, Tally tally) implements Caller {
    @Override
    public void answered(Answer answer, long sent, long now) {
      if (!tally.isGood(answer)) {
        return;
      }
      if (answer.has(SUCCEEDED)) {
        tally.request();
        tally.done(1, now - sent);
      } else {
        tally.fault("didn't succeed: " + answer.excerpt());
      }
    }
  }
}
