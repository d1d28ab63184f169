package dev.tutti.simulate;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Runs scenarios, as many at once as it has threads, and tells of one that fails. A scenario is run
 * by one thread and depends on its seed alone.
 */
public final class Simulator {
  private static final int SHOWN_FAULTS = 8;
  private static final long NEWS_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** What differs between two faults of one kind: names with figures, and values that are shown. */
  private static final Pattern PARTICULAR = Pattern.compile("(?<=\\s)\\S*\\d\\S*|(?s)[\\[{\"].*");

  private final Build build;
  private final Supplier<Disk> disks;
  private final PrintStream out;

  /**
   * What to run.
   *
   * @param runs at most so many
   * @param machines no further run once there were so many state machines in them
   * @param seed of the first run; the others' follow
   */
  public record Extent(long runs, long machines, long seed, int threads) {}

  /**
   * A simulator of the engine as it is meant to be.
   *
   * @param disks makes an empty disk for each run
   */
  public Simulator(Supplier<Disk> disks, PrintStream out) {
    this(Build.HONEST, disks, out);
  }

  Simulator(Build build, Supplier<Disk> disks, PrintStream out) {
    this.build = build;
    this.disks = disks;
    this.out = out;
  }

  /**
   * Runs scenarios; prints how many there were each second, what happened, and of one that fails
   * its seed, its faults and the smallest scenario that still fails.
   *
   * @return whether none failed
   */
  public boolean run(Extent extent) {
    Progress progress = new Progress(extent);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < extent.threads(); i++) {
      threads.add(
          Thread.ofPlatform()
              .name("simulate-" + i)
              .uncaughtExceptionHandler((_, defect) -> progress.breakOff(defect))
              .start(() -> work(progress)));
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      threads.forEach(Thread::interrupt);
      Thread.currentThread().interrupt();
      return false;
    }
    Failure failure = progress.failure();
    if (failure == null && progress.brokenOff() != null) {
      out.println("the simulation broke off: " + progress.brokenOff());
      return false;
    }
    if (failure == null) {
      out.println(progress.text() + ", no difference; " + progress.details());
      return true;
    }
    long seed = failure.scenario().seed();
    out.printf(
        "seed %d fails after %d good runs (again: ./tutti simulate --runs 1 --seed %d):%n",
        seed, progress.runs(), seed);
    show(failure.verdict());
    explain(failure.scenario(), failure.verdict());
    return false;
  }

  private void work(Progress progress) {
    for (Long seed = progress.next(); seed != null; seed = progress.next()) {
      Scenario scenario = Generator.scenario(seed);
      Verdict verdict = Simulation.run(scenario, build, disks.get());
      String news = progress.ran(scenario, verdict);
      if (news != null) {
        out.println(news);
      }
    }
  }

  private record Failure(Scenario scenario, Verdict verdict) {}

  /** How far all threads have come together. */
  private static final class Progress {
    private final Extent extent;
    private final long began = System.nanoTime();
    private final Map<String, Long> happened = new TreeMap<>();
    private long handedOut;
    private long runs;
    private long told = began;
    private @Nullable Failure failure;
    private @Nullable Throwable brokenOff;

    Progress(Extent extent) {
      this.extent = extent;
    }

    /** The seed of the next run; null where there is none any more. */
    synchronized @Nullable Long next() {
      boolean enough =
          handedOut == extent.runs()
              || happened("machines") >= extent.machines()
              || failure != null
              || brokenOff != null
              || Thread.currentThread().isInterrupted();
      return enough ? null : (Long) (extent.seed() + handedOut++);
    }

    /** Takes a run in; returns the news, where it is time for them. */
    synchronized @Nullable String ran(Scenario scenario, Verdict verdict) {
      if (!verdict.passed()) {
        failure = failure == null ? new Failure(scenario, verdict) : failure;
        return null;
      }
      runs++;
      verdict.happened().forEach((name, times) -> happened.merge(name, times, Long::sum));
      long now = System.nanoTime();
      if (now - told < NEWS_NANOS) {
        return null;
      }
      told = now;
      return text() + " so far, no difference";
    }

    private long happened(String name) {
      return happened.getOrDefault(name, 0L);
    }

    synchronized @Nullable Failure failure() {
      return failure;
    }

    /** A thread ended of a defect; no further run is begun. */
    synchronized void breakOff(Throwable defect) {
      brokenOff = defect;
    }

    synchronized @Nullable Throwable brokenOff() {
      return brokenOff;
    }

    synchronized long runs() {
      return runs;
    }

    /** How much of each, and how much each second. */
    synchronized String text() {
      double seconds = (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
      StringBuilder text = new StringBuilder();
      text.append("%d runs from seed %d in %.0f s".formatted(runs, extent.seed(), seconds));
      add(text, "machines", happened("machines"), seconds);
      add(text, "executions", happened("execution Started"), seconds);
      add(text, "facts", happened("facts"), seconds);
      add(text, "crashes", happened("crashes"), seconds);
      return text.append(" (%.1f runs/s, %d threads)".formatted(runs / seconds, extent.threads()))
          .toString();
    }

    private static void add(StringBuilder to, String what, long count, double seconds) {
      to.append(", %d %s (%.0f/s)".formatted(count, what, count / seconds));
    }

    synchronized String details() {
      return happened.toString();
    }
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
                  Verdict again = Simulation.run(candidate, build, disks.get());
                  return !again.passed() && kind(again).equals(kind);
                })
            .shrink(scenario);
    out.println("the smallest that still fails like this:");
    out.println(small.json().toPrettyString());
    Verdict smallest = Simulation.run(small, build, disks.get());
    show(smallest);
    out.println("its log:");
    smallest.log().forEach(line -> out.println("  " + line));
  }

  /** What the first fault is about: its invariant and what it says, without names and figures. */
  private static String kind(Verdict verdict) {
    return PARTICULAR.matcher(verdict.faults().getFirst()).replaceAll("_");
  }
}
