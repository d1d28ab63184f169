package dev.tutti.bench.workload;

import dev.tutti.bench.client.Answer;
import dev.tutti.bench.client.Aws;
import dev.tutti.bench.client.Caller;
import dev.tutti.bench.client.Loop;
import dev.tutti.bench.client.Requests.Target;
import dev.tutti.bench.client.Template;
import dev.tutti.bench.report.Figure;
import dev.tutti.core.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Standard executions of five Task states, a function of its own for each. A caller starts one,
 * waits until it has ended, and starts the next. So that waiting costs next to nothing, the fifth
 * function tells of its start; the caller then asks DescribeExecution when the one before had ended
 * by then, or nearly, and again ever later. The latency runs from sending StartExecution to the
 * answer that says SUCCEEDED.
 */
public final class Five implements Workload {
  private static final int TASKS = 5;
  private static final byte[] ARN = "\"executionArn\":\"".getBytes(StandardCharsets.UTF_8);
  private static final byte[] STATUS = "\"status\":\"".getBytes(StandardCharsets.UTF_8);

  @Override
  public String name() {
    return "five";
  }

  @Override
  public String what() {
    return "Standard executions of five Task states, each a function's process, to their end";
  }

  @Override
  public void run(Site site, Plan plan, Consumer<Figure> figures)
      throws IOException, InterruptedException {
    Signals signals = new Signals();
    try (Pipe pipe = Pipe.open(site.folder(), "five", signals)) {
      String machine;
      try (Aws aws = site.aws()) {
        List<String> functions = new ArrayList<>();
        for (int i = 1; i < TASKS; i++) {
          functions.add(Functions.echo(aws, Site.ACCOUNT, "bench-five-" + i));
        }
        functions.add(Functions.tell(aws, Site.ACCOUNT, "bench-five-" + TASKS, pipe.path()));
        machine = Definition.create(aws, "bench-five", "STANDARD", Definition.tasks(functions));
      }
      new Drive(site, plan)
          .all("five", "executions", new Starters(site, machine, signals), figures);
    }
  }

  private static final class Starters implements Drive.Crew {
    private final Site site;
    private final String machine;
    private final Signals signals;
    private List<Starter> starters = List.of();
    private boolean stopped;

    Starters(Site site, String machine, Signals signals) {
      this.site = site;
      this.machine = machine;
      this.signals = signals;
    }

    @Override
    public List<? extends Caller> of(int callers, Tally tally) {
      stopped = false;
      starters = IntStream.range(0, callers).mapToObj(i -> new Starter(this, i, tally)).toList();
      return starters;
    }

    @Override
    public void stop() {
      stopped = true;
    }

    @Override
    public boolean isDone() {
      return starters.stream().noneMatch(Starter::isUnderWay);
    }

    @Override
    public int warmCallers() {
      return Functions.WARM_CALLERS;
    }

    @Override
    public void on(Loop loop) {
      signals.to(loop);
    }

    @Override
    public void check(Tally tally) throws IOException {
      new Ends(site, machine).check(tally);
    }

    private Template start() {
      var input = Json.object().put("mark", Signals.MARK).put("order", 4711);
      byte[] request =
          site.requests()
              .json(
                  Target.STATES,
                  "StartExecution",
                  Json.object().put("stateMachineArn", machine).put("input", Json.write(input)));
      return new Template(request, Signals.MARK);
    }
  }

  /** Starts, waits to be told, asks until it has ended. */
  private static final class Starter implements Caller {
    private static final long ASK_SOON = Duration.ofNanos(300_000).toNanos();
    private static final long ASK_LATE = Duration.ofMillis(5).toNanos();

    /** Asks even though nothing was told: the execution may have failed before. */
    private static final long LOST = Duration.ofSeconds(5).toNanos();

    private final Starters crew;
    private final int index;
    private final Tally tally;
    private final Template start;
    private byte[] ask = {};
    private long mark;
    private long started;
    private long told;
    private long asked;
    private long pause = ASK_SOON;

    /** How long the last one took to end, after its fifth function had told. */
    private long rest;

    Starter(Starters crew, int index, Tally tally) {
      this.crew = crew;
      this.index = index;
      this.tally = tally;
      this.start = crew.start();
    }

    private boolean isUnderWay() {
      return ask.length > 0;
    }

    @Override
    public long waitNanos(long now) {
      if (!isUnderWay()) {
        return crew.stopped ? NEVER : 0;
      }
      if (asked > 0) {
        return Math.max(0, asked + pause - now);
      }
      if (told == 0 && crew.signals.has(index, mark)) {
        told = now;
      }
      return told > 0
          ? Math.max(0, told + Math.max(ASK_SOON, rest - rest / 8) - now)
          : Math.max(0, started + LOST - now);
    }

    @Override
    public byte[] next() {
      if (isUnderWay()) {
        return ask;
      }
      mark = crew.signals.mark(index);
      return start.with(mark);
    }

    @Override
    public void answered(Answer answer, long sent, long now) {
      boolean good = tally.isGood(answer);
      if (!isUnderWay()) {
        if (good) {
          tally.request();
          started = sent;
          ask = describe(String.valueOf(answer.text(ARN)));
        }
      } else {
        ended(String.valueOf(answer.text(STATUS)), now);
      }
    }

    private void ended(String status, long now) {
      switch (status) {
        case "RUNNING" -> {
          pause = asked == 0 ? ASK_SOON : Math.min(ASK_LATE, 2 * pause);
          asked = now;
        }
        case "SUCCEEDED" -> {
          tally.done(1, now - started);
          rest = told == 0 ? rest : now - told;
          forget();
        }
        default -> {
          tally.fault("an execution ended as " + status);
          forget();
        }
      }
    }

    private void forget() {
      ask = new byte[0];
      asked = 0;
      told = 0;
    }

    private byte[] describe(String arn) {
      return crew.site
          .requests()
          .json(Target.STATES, "DescribeExecution", Json.object().put("executionArn", arn));
    }
  }
}
