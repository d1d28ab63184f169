package dev.tutti.bench.inner;

import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the benchmarks of this package by JMH, in a JVM of their own; JMH prints. */
public final class Inner {
  private static final int ITERATIONS = 5;

  private Inner() {}

  /**
   * Runs those whose names match one of the regular expressions; all where there is none.
   *
   * @throws IllegalArgumentException where JMH can't run, for example because none matches
   */
  public static void run(List<String> patterns) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .forks(1)
            .warmupIterations(ITERATIONS)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(ITERATIONS)
            .measurementTime(TimeValue.seconds(1))
            .shouldFailOnError(true)
            .addProfiler(GCProfiler.class);
    patterns.forEach(options::include);
    try {
      var _ = new Runner(options.build()).run();
    } catch (RunnerException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
