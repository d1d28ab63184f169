package dev.tutti.torture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.torture.Singers.Mood;
import dev.tutti.torture.check.Evidence;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What one target that is dead, or slow, costs the forty-nine others: the time from PutEvents to
 * their receipt, in turns of all being well and of one being not, so that what else the machine
 * does falls on both alike. The 99th percentiles of the turns are compared by their medians.
 */
final class Isolation {
  private static final double MOST = 1.2;

  /** What a machine that does other things may add to a percentile of a few thousand. */
  private static final long NOISE_MILLIS = 25;

  private static final long TURN_MILLIS = 10_000;
  private static final long SETTLE_MILLIS = 2_000;
  private static final int WARM_TURNS = 2;
  private static final String BAD = Choir.target(0);

  private final Choreography choreography;
  private final Path folder;
  private final PrintStream out;
  private final SplittableRandom random;

  /** A stretch of time and how the bad target was in it. */
  private record Turn(Mood mood, long from, long until) {}

  Isolation(Choreography choreography, Path folder, PrintStream out, SplittableRandom random) {
    this.choreography = choreography;
    this.folder = folder;
    this.out = out;
    this.random = random;
  }

  /** Measures; returns the figures. */
  String run(int cycles) throws InterruptedException {
    choreography.setUp();
    choreography.singers().heal();
    List<Turn> turns = new ArrayList<>();
    try (Victim victim = choreography.start()) {
      Conductor conductor =
          new Conductor(
              choreography.port(),
              choreography.acks(),
              random.split(),
              2,
              20,
              (detail, _, chance) -> Choir.address(detail, Choir.some(chance, 10)));
      conductor.start();
      for (int i = 0; i < WARM_TURNS; i++) {
        turn(Mood.WELL);
      }
      for (int i = 0; i < cycles; i++) {
        for (Mood mood : List.of(Mood.WELL, Mood.DEAD, Mood.WELL, Mood.SLOW)) {
          turns.add(turn(mood));
        }
      }
      conductor.stop();
      Thread.sleep(SETTLE_MILLIS);
      if (!victim.isAlive()) {
        throw new Violation("the runtime ended with " + victim.exitValue());
      }
    }
    List<JsonNode> receipts = Evidence.read(folder).receiptLines("sung");
    double well = median(turns, Mood.WELL, receipts);
    StringBuilder figures = new StringBuilder("p99 of the others: %.0f ms".formatted(well));
    List<String> faults = new ArrayList<>();
    for (Mood mood : List.of(Mood.DEAD, Mood.SLOW)) {
      double bad = median(turns, mood, receipts);
      figures.append(
          ", %.0f ms (%.2f times) beside a %s one"
              .formatted(bad, bad / well, mood.name().toLowerCase(java.util.Locale.ROOT)));
      if (bad > well * MOST && bad - well > NOISE_MILLIS) {
        faults.add(
            "R14: one " + mood + " target changes the others' p99 from " + well + " to " + bad);
      }
    }
    out.println("  " + figures);
    Violation.throwIfAny("isolation", faults);
    return figures.toString();
  }

  private Turn turn(Mood mood) throws InterruptedException {
    choreography.singers().mood(BAD, mood);
    Thread.sleep(SETTLE_MILLIS);
    long from = System.currentTimeMillis();
    Thread.sleep(TURN_MILLIS);
    return new Turn(mood, from, System.currentTimeMillis());
  }

  private static double median(List<Turn> turns, Mood mood, List<JsonNode> receipts) {
    double[] each =
        turns.stream()
            .filter(turn -> turn.mood() == mood)
            .mapToDouble(turn -> p99(turn, receipts))
            .sorted()
            .toArray();
    return each[each.length / 2];
  }

  private static long p99(Turn turn, List<JsonNode> receipts) {
    long[] took =
        receipts.stream()
            .filter(line -> !line.path("body").path("target").asText().equals(BAD))
            .filter(line -> sent(line) >= turn.from() && sent(line) < turn.until())
            .mapToLong(line -> line.path("at").longValue() - sent(line))
            .toArray();
    if (took.length == 0) {
      throw new Violation("nothing was told in a turn: nothing is shown");
    }
    Arrays.sort(took);
    return took[(int) (took.length * 99L / 100)];
  }

  private static long sent(JsonNode line) {
    return line.path("body").path("event").path("detail").path("sent").longValue();
  }
}
