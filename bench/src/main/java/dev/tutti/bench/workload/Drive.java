package dev.tutti.bench.workload;

import dev.tutti.bench.client.Caller;
import dev.tutti.bench.client.Loop;
import dev.tutti.bench.report.Figure;
import dev.tutti.bench.server.Cost;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs callers for a time: a while to settle, the measured time, then until all is answered. */
final class Drive {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration SLICE = Duration.ofMillis(20);
  private static final int WARM_CALLERS = 32;
  private static final int MOST_ROUNDS = 12;
  private static final double NANOS = 1e9;

  private final Site site;
  private final Plan plan;

  Drive(Site site, Plan plan) {
    this.site = site;
    this.plan = plan;
  }

  /** Makes the callers of a run, which count on its tally. */
  interface Crew {
    List<? extends Caller> of(int callers, Tally tally) throws IOException;

    /** How many callers warm the server up. */
    default int warmCallers() {
      return WARM_CALLERS;
    }

    /** Told which loop its callers are on. */
    default void on(Loop loop) {}

    /** Begins nothing new from now on. */
    default void stop() {}

    /** Whether all is done that was begun. */
    default boolean isDone() {
      return true;
    }

    /** Looks, after a run, for what the callers couldn't see. */
    default void check(Tally tally) throws IOException {}

    /** Further figures of the run. */
    default Map<String, Double> more() {
      return Map.of();
    }
  }

  /** Warms the server up, then measures each number of callers. */
  void all(String series, String unit, Crew crew, Consumer<Figure> figures) throws IOException {
    warmUp(crew);
    for (int callers : plan.callers()) {
      figures.accept(measure(series, unit, callers, crew));
    }
  }

  /**
   * For the planned time, and on where the machine is too busy to get enough done: compiled code is
   * what is measured.
   */
  void warmUp(Crew crew) throws IOException {
    Tally tally = new Tally();
    tally.open();
    try (Loop loop = Loop.open(site.endpoint(), crew.of(crew.warmCallers(), tally))) {
      crew.on(loop);
      int rounds = 0;
      do {
        loop.run(plan.warmUp());
      } while (++rounds < MOST_ROUNDS && tally.requests() < plan.warmRequests());
      finish(loop, crew, tally);
    }
  }

  /** Lets everything end that was begun; notes what doesn't. */
  private static void finish(Loop loop, Crew crew, Tally tally) throws IOException {
    crew.stop();
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!crew.isDone() && System.nanoTime() < until) {
      loop.run(SLICE);
    }
    int missing = loop.drain(PATIENCE);
    if (missing > 0 || !crew.isDone()) {
      tally.fault("not everything was answered; requests under way: " + missing);
    }
  }

  Figure measure(String series, String unit, int callers, Crew crew) throws IOException {
    Tally tally = new Tally();
    try (Loop loop = Loop.open(site.endpoint(), crew.of(callers, tally))) {
      crew.on(loop);
      loop.run(plan.time().dividedBy(5));
      @Nullable Cost before = site.cost();
      tally.open();
      long began = System.nanoTime();
      int rounds = 0;
      do {
        loop.run(plan.time());
      } while (tally.units() == 0 && ++rounds < MOST_ROUNDS);
      double seconds = (System.nanoTime() - began) / NANOS;
      tally.close();
      @Nullable Cost after = site.cost();
      finish(loop, crew, tally);
      crew.check(tally);
      if (tally.units() == 0) {
        tally.fault("nothing was done in the measured time");
      }
      return new Figure(
          series,
          unit,
          callers,
          seconds,
          tally.requests(),
          tally.units(),
          tally.latency(),
          before == null || after == null ? null : after.since(before),
          site.memory(),
          tally.faults(),
          new LinkedHashMap<>(crew.more()));
    }
  }
}
