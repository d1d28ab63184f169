package dev.tutti.simulate;

import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs scenarios one after the other, and tells of the first that fails. */
public final class Simulator {
  private static final int SHOWN_FAULTS = 8;

  private static final Pattern NAME = Pattern.compile("I\\d+|[a-z]+");

  private final Build build;
  private final PrintStream out;

  /** A simulator of the engine as it is meant to be. */
  public Simulator(PrintStream out) {
    this(Build.HONEST, out);
  }

  Simulator(Build build, PrintStream out) {
    this.build = build;
    this.out = out;
  }

  /**
   * Runs scenarios; prints how many there were each second, what happened, and of the first that
   * fails its seed, its faults and the smallest scenario that still fails.
   *
   * @param seed of the first; the others' follow
   * @return whether none failed
   */
  public boolean run(long runs, long seed) {
    long began = System.nanoTime();
    Map<String, Long> happened = new TreeMap<>();
    for (long i = 0; i < runs; i++) {
      Scenario scenario = Generator.scenario(seed + i);
      Verdict verdict = Simulation.run(scenario, build);
      verdict.happened().forEach((name, times) -> happened.merge(name, times, Long::sum));
      if (!verdict.passed()) {
        out.printf(
            "seed %d fails after %d good runs (again: ./tutti simulate --runs 1 --seed %d):%n",
            seed + i, i, seed + i);
        show(verdict);
        explain(scenario, verdict);
        return false;
      }
    }
    double seconds = (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
    out.printf(
        "%d runs from seed %d, no difference; %.0f runs/s; %s%n",
        runs, seed, runs / seconds, happened);
    return true;
  }

  private void show(Verdict verdict) {
    verdict.faults().stream().limit(SHOWN_FAULTS).forEach(fault -> out.println("  " + fault));
    if (verdict.faults().size() > SHOWN_FAULTS) {
      out.println("  and " + (verdict.faults().size() - SHOWN_FAULTS) + " more");
    }
  }

  private void explain(Scenario scenario, Verdict verdict) {
    String kind = kind(verdict);
    Scenario small =
        new Shrinker(
                candidate -> {
                  Verdict again = Simulation.run(candidate, build);
                  return !again.passed() && kind(again).equals(kind);
                })
            .shrink(scenario);
    out.println("the smallest that still fails like this:");
    out.println(small.json().toPrettyString());
    show(Simulation.run(small, build));
  }

  /** The invariant that the first fault is about. */
  private static String kind(Verdict verdict) {
    String first = verdict.faults().getFirst();
    Matcher name = NAME.matcher(first);
    return name.find() ? name.group() : first;
  }
}
