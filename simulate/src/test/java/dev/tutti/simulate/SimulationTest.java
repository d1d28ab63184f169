package dev.tutti.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The engine as it is meant to be, in a few runs: always the same ones, and always others. */
final class SimulationTest {
  private static final int RUNS = 150;

  private static void isGood(long seed) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    boolean good =
        new Simulator(Disk::inMemory, new PrintStream(said, true, StandardCharsets.UTF_8))
            .run(new Simulator.Extent(RUNS, Long.MAX_VALUE, seed, 1));
    assertThat(good).as(said.toString(StandardCharsets.UTF_8)).isTrue();
  }

  @Test
  void theRunsOfAKnownSeedAreGood() {
    isGood(1);
  }

  @Test
  void theRunsOfARandomSeedAreGood() {
    long seed = new SecureRandom().nextLong(1L << 40);
    System.out.println("simulating from seed " + seed);
    isGood(seed);
  }

  @Test
  void aSeedGivesTheSameRunEachTime() {
    for (long seed = 1; seed <= 20; seed++) {
      Verdict first = Simulation.run(Generator.scenario(seed), Build.HONEST);
      Verdict second = Simulation.run(Generator.scenario(seed), Build.HONEST);
      assertThat(second).as("seed " + seed).isEqualTo(first);
    }
  }

  @Test
  void everythingComesUp() {
    Verdict all = new Verdict(new java.util.ArrayList<>(), new java.util.TreeMap<>(), List.of());
    for (long seed = 1; seed <= RUNS; seed++) {
      Simulation.run(Generator.scenario(seed), Build.HONEST)
          .happened()
          .forEach((name, times) -> all.happened().merge(name, times, Long::sum));
    }
    assertThat(all.happened())
        .containsKeys(
            "crashes",
            "delivery Delivered",
            "delivery Parked",
            "delivery DeadLettered",
            "delivery AttemptFailed",
            "execution TaskTimedOut",
            "execution Redriven",
            "execution RetryScheduled",
            "execution IterationAborted",
            "execution HeartbeatCame",
            "execution WatcherTold",
            "execution TimedOut",
            "execution Aborted",
            "express Ended",
            "express Ran",
            "invocation Attempted",
            "mapRun ItemsRead",
            "mapRun Updated",
            "mapRun WritingBegan",
            "notice Published");
  }

  @Test
  void aFailureIsShrunkToWhatMatters() {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    Build writesNoMail =
        new Build() {
          @Override
          public dev.tutti.host.Store store(dev.tutti.host.Store disk) {
            return new WrappedStore(disk, (owed, put) -> put && owed.contains("\0tell/"));
          }
        };

    assertThat(
            new Simulator(writesNoMail, Disk::inMemory, out)
                .run(new Simulator.Extent(200, Long.MAX_VALUE, 7, 1)))
        .isFalse();

    String text = said.toString(StandardCharsets.UTF_8);
    assertThat(text).contains("fails after", "the smallest that still fails", "\"seed\"");
    assertThat(text.substring(text.indexOf("smallest")).split("Crash\\[", -1).length - 1)
        .as("mail that isn't written is lost with a process, so one has to die, and few do")
        .isBetween(1, 2);
  }
}
