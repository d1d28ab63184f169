package dev.tutti.app;

import dev.tutti.simulate.Disk;
import dev.tutti.simulate.Simulator;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the engine in virtual time; exit code 1 where a run fails. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Run the whole engine in virtual time on random machines, with crashes and other faults,",
      "and judge what it did. Prints runs per second; on a failure the seed and the smallest",
      "scenario that still fails."
    })
final class SimulateCommand implements Callable<Integer> {
  private static final long DEFAULT_RUNS = 1000;
  private static final long MOST_RANDOM_SEED = 1L << 40;

  /** The simulated processes die with an error each time; that is no news. */
  private static final Logger HOST = Logger.getLogger("dev.tutti.host");

  @Option(
      names = "--runs",
      description = "how many, each of some state machines (1000, or as --machines says)")
  private @Nullable Long runs;

  @Option(names = "--machines", description = "go on until so many state machines have run")
  private @Nullable Long machines;

  @Option(names = "--threads", description = "runs at once (one for each processor)")
  private @Nullable Integer threads;

  @Option(names = "--seed", description = "of the first run; random unless given")
  private @Nullable Long seed;

  @Option(
      names = "--store",
      defaultValue = "memory",
      description = "where each run keeps its data: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE})")
  private Kind store = Kind.memory;

  /** Names as they are typed. */
  private enum Kind {
    memory,
    rocksdb
  }

  @Override
  public Integer call() {
    HOST.setLevel(Level.OFF);
    long first = seed == null ? new SecureRandom().nextLong(MOST_RANDOM_SEED) : seed;
    long most = runs != null ? runs : machines != null ? Long.MAX_VALUE : DEFAULT_RUNS;
    Simulator.Extent extent =
        new Simulator.Extent(
            most,
            machines == null ? Long.MAX_VALUE : machines,
            first,
            threads == null ? Runtime.getRuntime().availableProcessors() : threads);
    Supplier<Disk> disks =
        switch (store) {
          case memory -> Disk::inMemory;
          case rocksdb -> RocksDisk::new;
        };
    return new Simulator(disks, System.out).run(extent) ? 0 : 1;
  }
}
