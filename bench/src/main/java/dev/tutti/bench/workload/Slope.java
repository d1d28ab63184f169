package dev.tutti.bench.workload;

import dev.tutti.bench.client.Aws;
import dev.tutti.bench.report.Figure;
import dev.tutti.bench.server.ServerProcess;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What grows with the data: a quantity is brought from size to size, and at each the same load is
 * measured, and then a restart. A flat line is what is wanted.
 */
public final class Slope implements Workload {
  private static final int CALLERS = 8;
  private static final int EVENTS_EACH = 10;
  private static final long REST_MILLIS = 2000;
  private static final String BUS = "bench-slope";

  private final Quantity quantity;

  /** What is made to grow. */
  public enum Quantity {
    CLOSED("closed", "closed executions"),
    OPEN("open", "open executions"),
    RULES("rules", "rules of a bus"),
    EVENTS("events", "events in a bus's log");

    private final String word;
    private final String what;

    Quantity(String word, String what) {
      this.word = word;
      this.what = what;
    }
  }

  public Slope(Quantity quantity) {
    this.quantity = quantity;
  }

  @Override
  public String name() {
    return "slope-" + quantity.word;
  }

  @Override
  public String what() {
    return "the cost of one, start-up and memory by number of " + quantity.what;
  }

  @Override
  public void run(Site site, Plan plan, Consumer<Figure> figures)
      throws IOException, InterruptedException {
    if (isOfBus()) {
      PutEvents.createBus(site, BUS, 1);
    }
    int reached = quantity == Quantity.RULES ? 1 : 0;
    for (int size : plan.sizes()) {
      grow(site, reached, size);
      reached = Math.max(reached, size);
      Drive.Crew crew = load(site);
      Drive drive = new Drive(site, plan);
      drive.warmUp(crew);
      String unit = isOfBus() ? "events" : "executions";
      Figure figure = drive.measure(name() + " " + size, unit, CALLERS, crew);
      figures.accept(figure.with(restarted(site)));
    }
  }

  private boolean isOfBus() {
    return quantity == Quantity.RULES || quantity == Quantity.EVENTS;
  }

  /** Starts executions of Pass states, or publishes single events; the warm-up adds to the size. */
  private Drive.Crew load(Site site) throws IOException {
    if (isOfBus()) {
      return PutEvents.crew(site, BUS, 1);
    }
    try (Aws aws = site.aws()) {
      return Pass.crew(
          site, Definition.create(aws, "bench-slope", "STANDARD", Definition.passes(5)));
    }
  }

  private void grow(Site site, int from, int to) throws IOException {
    if (to <= from) {
      return;
    }
    switch (quantity) {
      case CLOSED -> Replay.close(site, to - from);
      case OPEN -> Replay.open(site, to - from);
      case RULES -> PutEvents.putRules(site, BUS, from, to);
      case EVENTS -> {
        byte[] ten = PutEvents.request(site, BUS, EVENTS_EACH);
        Fill.with(site, (to - from) / EVENTS_EACH, i -> ten);
      }
    }
  }

  private static Map<String, Double> restarted(Site site) throws IOException, InterruptedException {
    Map<String, Double> more = new LinkedHashMap<>();
    if (site.server() != null) {
      ServerProcess server = site.restart();
      more.put("ms from kill -9 to first answer", server.readyMillis());
      Thread.sleep(REST_MILLIS);
      more.put("MB at rest after it", server.megabytes());
    }
    return more;
  }
}
