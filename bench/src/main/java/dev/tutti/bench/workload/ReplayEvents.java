package dev.tutti.bench.workload;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.bench.client.Aws;
import dev.tutti.bench.client.Requests;
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
 * The log of a bus, replayed into one subscriber that is new: {@code --count} events, numbered; a
 * rule to a queue that is read empty meanwhile; {@code kill -9} when a third has come and when two
 * thirds have. Each number has to come at least once.
 */
public final class ReplayEvents implements Workload {
  private static final String BUS = "bench-replayed";
  private static final String NAME = "bench-replay";
  private static final int BATCH = 10;
  private static final int EVENT_BYTES = 200;
  private static final long POLL_MILLIS = 100;
  private static final long PATIENCE_NANOS = 180_000_000_000L;
  private static final double NANOS = 1e9;

  @Override
  public String name() {
    return "replay-events";
  }

  @Override
  public String what() {
    return "a bus's log replayed into a new subscriber, with two kill -9 meanwhile";
  }

  @Override
  public void run(Site site, Plan plan, Consumer<Figure> figures)
      throws IOException, InterruptedException {
    if (site.server() == null) {
      throw new Site.Unfit("needs a server of its own: leave --endpoint away");
    }
    int count = plan.count() / BATCH * BATCH;
    long began = System.nanoTime();
    long fromSeconds = System.currentTimeMillis() / 1000;
    fill(site, count);
    double filling = (System.nanoTime() - began) / NANOS;
    String queueUrl = subscribe(site);
    start(site, fromSeconds);
    figures.accept(replayed(site, queueUrl, count, filling));
  }

  private static void fill(Site site, int count) throws IOException {
    try (Aws aws = site.aws()) {
      aws.events("CreateEventBus", Json.object().put("Name", BUS));
    }
    Requests requests = site.requests();
    Fill.with(
        site,
        count / BATCH,
        request -> {
          ObjectNode input = Json.object();
          ArrayNode entries = input.putArray("Entries");
          for (int i = 0; i < BATCH; i++) {
            ObjectNode detail = Json.object().put("n", request * BATCH + i);
            entries.add(Inputs.entry(BUS, detail.put("filling", "x".repeat(EVENT_BYTES))));
          }
          return requests.json(Target.EVENTS, "PutEvents", input);
        });
  }

  /** A rule that matches all, and its queue; returns the queue's URL. */
  private static String subscribe(Site site) throws IOException {
    try (Aws aws = site.aws()) {
      ObjectNode rule = Json.object().put("Name", "all").put("EventBusName", BUS);
      aws.events("PutRule", rule.put("EventPattern", "{\"source\":[\"bench\"]}"));
      String url =
          aws.sqs("CreateQueue", Json.object().put("QueueName", BUS)).path("QueueUrl").asText();
      ObjectNode put = Json.object().put("Rule", "all").put("EventBusName", BUS);
      put.putArray("Targets")
          .addObject()
          .put("Id", "queue")
          .put("Arn", "arn:aws:sqs:us-east-1:" + Site.ACCOUNT + ":" + BUS);
      aws.events("PutTargets", put);
      return url;
    }
  }

  private static void start(Site site, long fromSeconds) throws IOException {
    String bus = "arn:aws:events:us-east-1:" + Site.ACCOUNT + ":event-bus/" + BUS;
    ObjectNode start =
        Json.object()
            .put("ReplayName", NAME)
            .put("EventSourceArn", bus)
            .put("EventStartTime", fromSeconds)
            .put("EventEndTime", System.currentTimeMillis() / 1000 + 1);
    start.putObject("Destination").put("Arn", bus);
    try (Aws aws = site.aws()) {
      aws.events("StartReplay", start);
    }
  }

  private static Figure replayed(Site site, String queueUrl, int count, double filling)
      throws IOException, InterruptedException {
    List<String> faults = new ArrayList<>();
    List<Integer> kills = new ArrayList<>(List.of(count / 3, count / 3 * 2));
    double peak = 0;
    double slowestStart = 0;
    long began = System.nanoTime();
    Map<String, Double> more = new LinkedHashMap<>();
    more.put("seconds to put the events", filling);
    try (Readers readers = new Readers(site.endpoint(), queueUrl)) {
      int seen = 0;
      long progress = began;
      while (seen < count && System.nanoTime() - progress < PATIENCE_NANOS) {
        Thread.sleep(POLL_MILLIS);
        int now = readers.distinct();
        progress = now > seen ? System.nanoTime() : progress;
        seen = now;
        if (!kills.isEmpty() && seen >= kills.getFirst()) {
          kills.removeFirst();
          peak = Math.max(peak, peak(site));
          ServerProcess again = site.restart();
          slowestStart = Math.max(slowestStart, again.readyMillis());
          readers.moved(site.endpoint());
        }
      }
      double seconds = (System.nanoTime() - began) / NANOS;
      peak = Math.max(peak, peak(site));
      check(site, count, seen, faults);
      more.put("more than once", (double) (readers.received() - seen));
      more.put("ms of the slower restart", slowestStart);
      more.put("MB at most", peak);
      return new Figure(
          "replay-events",
          "events",
          1,
          seconds,
          0,
          seen,
          new Histogram(3),
          null,
          site.memory(),
          faults,
          more);
    }
  }

  private static double peak(Site site) {
    ServerProcess server = site.server();
    return server == null ? 0 : server.peakMegabytes();
  }

  private static void check(Site site, int count, int seen, List<String> faults)
      throws IOException {
    if (seen < count) {
      faults.add((count - seen) + " of " + count + " events did not come");
    }
    try (Aws aws = site.aws()) {
      String state =
          aws.events("DescribeReplay", Json.object().put("ReplayName", NAME))
              .path("State")
              .asText();
      if (!state.equals("COMPLETED")) {
        faults.add("the replay is " + state);
      }
    }
  }
}
