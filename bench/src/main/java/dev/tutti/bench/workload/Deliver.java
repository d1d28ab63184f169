package dev.tutti.bench.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.bench.client.Answer;
import dev.tutti.bench.client.Aws;
import dev.tutti.bench.client.Caller;
import dev.tutti.bench.client.Loop;
import dev.tutti.bench.client.Requests.Target;
import dev.tutti.bench.client.Template;
import dev.tutti.bench.report.Figure;
import dev.tutti.core.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Events on their way from PutEvents to the start of a function: by a rule of the bus, and by a
 * rule that passes them on to another context's bus and a rule there. A caller publishes one, waits
 * until the function tells of its start, and publishes the next; the latency runs from sending
 * PutEvents to the function's first line, both by the machine's clock.
 *
 * <p>Then once more at half of the best rate, on a schedule that waits for nobody ({@link
 * Schedule}): what a publisher sees who doesn't slow down because deliveries do.
 */
public final class Deliver implements Workload {
  private static final String NEAR = "bench-near";
  private static final String FAR = "bench-far";
  private static final String CLOSED = "closed";
  private static final String PACED = "paced";
  private static final String DELIVERIES = "deliveries";
  private static final int CONNECTIONS = 64;
  private static final Duration LOST = Duration.ofSeconds(20);
  private static final long NANOS_PER_MICRO = 1000;

  @Override
  public String name() {
    return "deliver";
  }

  @Override
  public String what() {
    return "events from PutEvents to the start of a warm function, directly and over another bus";
  }

  @Override
  public void run(Site site, Plan plan, Consumer<Figure> figures)
      throws IOException, InterruptedException {
    Signals signals = new Signals();
    Schedule schedule = new Schedule();
    try (Pipe pipe = Pipe.open(site.folder(), "deliver", signals);
        Pipe paced = Pipe.open(site.folder(), "deliver-paced", schedule)) {
      try (Aws aws = site.aws()) {
        aws.events("CreateEventBus", Json.object().put("Name", NEAR));
        setUp(aws, pipe, CLOSED);
        setUp(aws, paced, PACED);
      }
      setUpFar(site, pipe);
      Drive drive = new Drive(site, plan);
      Best best = new Best(figures);
      drive.all("deliver to function", DELIVERIES, new Publishers(site, NEAR, signals), best);
      drive.all("deliver over a bus", DELIVERIES, new Publishers(site, FAR, signals), figures);
      Paced publishers = new Paced(request(site, NEAR, PACED), best.rate / 2, schedule, plan);
      Figure half = drive.measure("deliver at half load", DELIVERIES, CONNECTIONS, publishers);
      figures.accept(half.with(schedule.latency()));
    }
  }

  /** Remembers the best rate. */
  private static final class Best implements Consumer<Figure> {
    private final Consumer<Figure> next;
    private double rate;

    Best(Consumer<Figure> next) {
      this.next = next;
    }

    @Override
    public void accept(Figure figure) {
      rate = Math.max(rate, figure.rate());
      next.accept(figure);
    }
  }

  /** Publishers on a schedule; the first fifth of the run is not measured. */
  private record Paced(Template request, double rate, Schedule schedule, Plan plan)
      implements Drive.Crew {
    @Override
    public List<? extends Caller> of(int callers, Tally tally) {
      return schedule.publishers(callers, request, tally);
    }

    @Override
    public void on(Loop loop) {
      schedule.begin(rate, (long) (rate * plan.time().toSeconds() / 5));
    }

    @Override
    public void check(Tally tally) {
      long until = System.nanoTime() + LOST.toNanos();
      while (schedule.missing() > 0 && System.nanoTime() < until) {
        Ends.pause();
      }
      if (schedule.missing() > 0) {
        tally.fault(schedule.missing() + " events didn't arrive within " + LOST);
      }
    }
  }

  /** Events of a kind go to a function that tells. */
  private static void setUp(Aws aws, Pipe pipe, String kind) throws IOException {
    String function = Functions.tell(aws, Site.ACCOUNT, "bench-" + kind, pipe.path());
    Functions.allowEvents(aws, "bench-" + kind);
    rule(aws, NEAR, kind, Json.object().put("Id", "function").put("Arn", function));
  }

  /** A bus that passes everything on to another context, where a function tells. */
  private static void setUpFar(Site site, Pipe pipe) throws IOException {
    String far;
    try (Aws other = site.aws(Site.OTHER)) {
      far =
          other
              .events("CreateEventBus", Json.object().put("Name", FAR))
              .path("EventBusArn")
              .textValue();
      other.events(
          "PutPermission",
          Json.object()
              .put("EventBusName", FAR)
              .put("StatementId", "bench")
              .put("Action", "events:PutEvents")
              .put("Principal", Site.ACCOUNT));
      String function = Functions.tell(other, Site.OTHER, "bench-far", pipe.path());
      Functions.allowEvents(other, "bench-far");
      rule(other, FAR, CLOSED, Json.object().put("Id", "function").put("Arn", function));
    }
    try (Aws aws = site.aws()) {
      aws.events("CreateEventBus", Json.object().put("Name", FAR));
      ObjectNode target =
          Json.object()
              .put("Id", "bus")
              .put("Arn", far)
              .put("RoleArn", "arn:aws:iam::" + Site.ACCOUNT + ":role/bench");
      rule(aws, FAR, CLOSED, target);
    }
  }

  private static void rule(Aws aws, String bus, String kind, ObjectNode target) throws IOException {
    ObjectNode pattern = Json.object();
    pattern.putArray("source").add("bench");
    pattern.putObject("detail").putArray("kind").add(kind);
    String rule = "bench-" + kind;
    aws.events(
        "PutRule",
        Json.object()
            .put("Name", rule)
            .put("EventBusName", bus)
            .put("EventPattern", Json.write(pattern)));
    ObjectNode targets = Json.object().put("Rule", rule).put("EventBusName", bus);
    targets.putArray("Targets").add(target);
    aws.events("PutTargets", targets);
  }

  /** A request for an event of a kind, with a mark. */
  static Template request(Site site, String bus, String kind) {
    ObjectNode detail = Json.object().put("mark", Signals.MARK).put("kind", kind);
    detail.put("filling", "x".repeat(200));
    byte[] request =
        site.requests()
            .json(Target.EVENTS, "PutEvents", Inputs.events(Inputs.entry(bus, detail), 1));
    return new Template(request, Signals.MARK);
  }

  static long nowMicros() {
    Instant now = Instant.now();
    return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + now.getNano() / NANOS_PER_MICRO;
  }

  private static final class Publishers implements Drive.Crew {
    private final Site site;
    private final String bus;
    private final Signals signals;
    private List<Publisher> publishers = List.of();
    private boolean stopped;

    Publishers(Site site, String bus, Signals signals) {
      this.site = site;
      this.bus = bus;
      this.signals = signals;
    }

    @Override
    public List<? extends Caller> of(int callers, Tally tally) {
      stopped = false;
      publishers =
          IntStream.range(0, callers).mapToObj(i -> new Publisher(this, i, tally)).toList();
      return publishers;
    }

    @Override
    public void stop() {
      stopped = true;
    }

    @Override
    public boolean isDone() {
      return publishers.stream().noneMatch(publisher -> publisher.waiting);
    }

    @Override
    public int warmCallers() {
      return Functions.WARM_CALLERS;
    }

    @Override
    public void on(Loop loop) {
      signals.to(loop);
    }
  }

  /** Publishes, and waits to be told. */
  private static final class Publisher implements Caller {
    private final Publishers crew;
    private final int index;
    private final Tally tally;
    private final Template request;
    private long mark;
    private long sentMicros;
    private long sent;
    private boolean waiting;

    Publisher(Publishers crew, int index, Tally tally) {
      this.crew = crew;
      this.index = index;
      this.tally = tally;
      this.request = request(crew.site, crew.bus, CLOSED);
    }

    @Override
    public long waitNanos(long now) {
      if (waiting && crew.signals.has(index, mark)) {
        long micros = crew.signals.startedMicros(index) - sentMicros;
        tally.done(1, micros * NANOS_PER_MICRO);
        waiting = false;
      }
      if (waiting && now - sent > LOST.toNanos()) {
        tally.fault("an event didn't arrive within " + LOST);
        waiting = false;
      }
      if (!waiting) {
        return crew.stopped ? NEVER : 0;
      }
      return sent + LOST.toNanos() - now + 1;
    }

    @Override
    public byte[] next() {
      mark = crew.signals.mark(index);
      sentMicros = nowMicros();
      waiting = true;
      return request.with(mark);
    }

    @Override
    public void answered(Answer answer, long sentNanos, long now) {
      sent = sentNanos;
      if (tally.isGood(answer) && answer.has(PutEvents.NONE_FAILED)) {
        tally.request();
      } else {
        tally.fault("not accepted: " + answer.excerpt());
        waiting = false;
      }
    }
  }
}
