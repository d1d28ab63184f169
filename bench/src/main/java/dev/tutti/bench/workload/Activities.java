package dev.tutti.bench.workload;

import dev.tutti.bench.client.Answer;
import dev.tutti.bench.client.Aws;
import dev.tutti.bench.client.Caller;
import dev.tutti.bench.client.Loop;
import dev.tutti.bench.client.Requests;
import dev.tutti.bench.client.Requests.Target;
import dev.tutti.bench.client.Template;
import dev.tutti.bench.report.Figure;
import dev.tutti.core.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Standard executions of five Task states that one activity's workers do: callers of the same loop,
 * as many as there are starters, at least 2 and at most 64. The fifth SendTaskSuccess is
 * acknowledged by the commit that ends the execution; the latency runs from sending StartExecution
 * until then. Each run has an activity of its own, because a poll that is hung up on may still be
 * given a task.
 */
public final class Activities implements Workload {
  private static final int TASKS = 5;
  private static final int FEWEST_WORKERS = 2;
  private static final int MOST_WORKERS = 64;

  @Override
  public String name() {
    return "five-activity";
  }

  @Override
  public String what() {
    return "Standard executions of five Task states, done by activity workers, to their end";
  }

  @Override
  public void run(Site site, Plan plan, Consumer<Figure> figures) throws IOException {
    try (Aws aws = site.aws()) {
      aws.states("CreateActivity", Json.object().put("name", "bench-probe"));
    }
    new Drive(site, plan).all("five-activity", "executions", new Crew(site), figures);
  }

  private static final class Crew implements Drive.Crew {
    private final Site site;
    private final Signals signals = new Signals();
    private final AtomicInteger runs = new AtomicInteger();
    private final List<Starter> starters = new ArrayList<>();
    private String machine = "";

    Crew(Site site) {
      this.site = site;
    }

    @Override
    public List<? extends Caller> of(int callers, Tally tally) throws IOException {
      String activity;
      String name = "bench-activity-" + runs.incrementAndGet();
      try (Aws aws = site.aws()) {
        activity =
            aws.states("CreateActivity", Json.object().put("name", name))
                .path("activityArn")
                .textValue();
        machine =
            Definition.create(aws, name, "STANDARD", Definition.numberedTasks(activity, TASKS));
      }
      starters.clear();
      for (int i = 0; i < callers; i++) {
        starters.add(new Starter(site.requests(), machine, signals, i, tally));
      }
      List<Caller> all = new ArrayList<>(starters);
      for (int i = 0; i < Math.clamp(callers, FEWEST_WORKERS, MOST_WORKERS); i++) {
        all.add(new Worker(site.requests(), activity, signals, tally));
      }
      return all;
    }

    @Override
    public void on(Loop loop) {
      signals.to(loop);
    }

    @Override
    public void stop() {
      starters.forEach(starter -> starter.stopped = true);
    }

    @Override
    public boolean isDone() {
      return starters.stream().noneMatch(starter -> starter.waiting);
    }

    @Override
    public void check(Tally tally) throws IOException {
      new Ends(site, machine).check(tally);
    }
  }

  private static final class Starter implements Caller {
    private final Signals signals;
    private final int index;
    private final Tally tally;
    private final Template start;
    private long mark;
    private long started;
    private boolean waiting;
    private boolean stopped;

    Starter(Requests requests, String machine, Signals signals, int index, Tally tally) {
      this.signals = signals;
      this.index = index;
      this.tally = tally;
      var input = Json.object().put("mark", Signals.MARK);
      var request = Json.object().put("stateMachineArn", machine).put("input", Json.write(input));
      this.start =
          new Template(requests.json(Target.STATES, "StartExecution", request), Signals.MARK);
    }

    @Override
    public long waitNanos(long now) {
      if (waiting && signals.has(index, mark)) {
        waiting = false;
        tally.done(1, now - started);
      }
      return waiting || stopped ? NEVER : 0;
    }

    @Override
    public byte[] next() {
      mark = signals.mark(index);
      waiting = true;
      return start.with(mark);
    }

    @Override
    public void answered(Answer answer, long sent, long now) {
      started = sent;
      if (tally.isGood(answer)) {
        tally.request();
      } else {
        waiting = false;
      }
    }
  }

  /** Asks for a task, does it, asks for the next; its last poll is hung up on. */
  private static final class Worker implements Caller {
    private static final byte[] TOKEN = "\"taskToken\":\"".getBytes(StandardCharsets.UTF_8);
    private static final byte[] MARK = "\\\"mark\\\":\\\"".getBytes(StandardCharsets.UTF_8);
    private static final byte[] LAST = ("\\\"step\\\":" + TASKS).getBytes(StandardCharsets.UTF_8);

    private final Requests requests;
    private final byte[] poll;
    private final Signals signals;
    private final Tally tally;
    private byte[] report = {};
    private long endsMark = -1;

    Worker(Requests requests, String activity, Signals signals, Tally tally) {
      this.requests = requests;
      this.signals = signals;
      this.tally = tally;
      this.poll =
          requests.json(
              Target.STATES, "GetActivityTask", Json.object().put("activityArn", activity));
    }

    @Override
    public boolean isPatient() {
      return report.length == 0;
    }

    @Override
    public byte[] next() {
      return report.length > 0 ? report : poll;
    }

    @Override
    public void answered(Answer answer, long sent, long now) {
      boolean good = tally.isGood(answer);
      if (report.length > 0) {
        report = new byte[0];
        if (good && endsMark >= 0) {
          signals.told(endsMark, 0);
        }
      } else if (good) {
        take(answer);
      }
    }

    private void take(Answer answer) {
      String token = answer.text(TOKEN);
      String mark = answer.text(MARK);
      if (token == null || mark == null) {
        return;
      }
      String digits = mark.replace("\\", "");
      endsMark = answer.has(LAST) ? Long.parseLong(digits) : -1;
      String output = Json.write(Json.object().put("mark", digits));
      report =
          requests.json(
              Target.STATES,
              "SendTaskSuccess",
              Json.object().put("taskToken", token).put("output", output));
    }
  }
}
