package dev.tutti.torture;

import dev.tutti.torture.disk.Disk;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Tortures runtimes, and holds what they did against what they promised. A run stops at the first
 * violation and keeps its folder; its seed leads to the same requests and, as far as processes
 * allow, to the same moments.
 */
public final class Torture {
  private static final int CYCLES_PER_FOLDER = 100;
  private static final int MOST_LANES = 2;

  private final List<String> command;
  private final Path folder;
  private final PrintStream out;

  /**
   * A torturer.
   *
   * @param command what runs {@code tutti}, without arguments
   * @param folder for everything that a run writes
   */
  public Torture(List<String> command, Path folder, PrintStream out) {
    this.command = List.copyOf(command);
    this.folder = folder;
    this.out = out;
  }

  /** Runs some cycles of a kind; returns whether everything held. */
  public boolean run(Kind kind, int cycles, long seed) throws InterruptedException {
    long start = System.nanoTime();
    out.printf("torture %s: %d cycles, seed %d%n", kind.text(), cycles, seed);
    try {
      SplittableRandom random = new SplittableRandom(seed);
      String figures =
          switch (kind) {
            case KILL -> ordeals(cycles, random, Kill::new);
            case KILL_AT -> killAt(cycles, random);
            case POWER -> power(cycles, random);
            case DAMAGE -> damage(cycles, random);
            case DISK_FULL -> diskFull(cycles, random);
            case IO_ERROR -> ioError(cycles, random);
            case CHOREOGRAPHY -> choreography(cycles, random);
            case ISOLATION -> isolation(cycles, random);
            case SLOW_DISK -> slowDisk(cycles, random);
          };
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      out.printf("held: %d cycles in %d s, seed %d; %s%n", cycles, took.toSeconds(), seed, figures);
      delete(folder);
      return true;
    } catch (Violation violation) {
      out.printf("FAILED with seed %d: %s%n", seed, violation.getMessage());
      out.printf("everything is kept in %s%n", folder);
      return false;
    }
  }

  private Disk disk() throws InterruptedException {
    try {
      return Disk.compile(folder);
    } catch (IOException e) {
      throw new Violation(e.getMessage() + " (this kind needs gcc)");
    }
  }

  private String killAt(int cycles, SplittableRandom random) throws InterruptedException {
    Disk disk = disk();
    return ordeals(cycles, random, () -> new KillAt(disk));
  }

  private String ioError(int cycles, SplittableRandom random) throws InterruptedException {
    Disk disk = disk();
    return ordeals(cycles, random, () -> new IoError(disk));
  }

  /** Ordeals side by side, as a runtime mostly waits; the first violation ends them all. */
  private String ordeals(int cycles, SplittableRandom random, Supplier<Fault> faults)
      throws InterruptedException {
    int lanes = Math.min(cycles, Math.min(MOST_LANES, Runtime.getRuntime().availableProcessors()));
    try (ExecutorService threads = Executors.newFixedThreadPool(lanes)) {
      CompletionService<String> running = new ExecutorCompletionService<>(threads);
      for (int lane = 0; lane < lanes; lane++) {
        Path place = folder.resolve("lane-" + (lane + 1));
        int share = cycles / lanes + (lane < cycles % lanes ? 1 : 0);
        SplittableRandom chance = random.split();
        var _ = running.submit(() -> lane(place, share, chance, faults.get()));
      }
      List<String> figures = new ArrayList<>();
      try {
        for (int lane = 0; lane < lanes; lane++) {
          figures.add(running.take().get());
        }
      } catch (ExecutionException e) {
        var _ = threads.shutdownNow();
        throw e.getCause() instanceof Violation violation
            ? violation
            : new IllegalStateException(e.getCause());
      }
      return String.join("; and ", figures);
    }
  }

  private String lane(Path of, int cycles, SplittableRandom random, Fault fault)
      throws InterruptedException {
    long entries = 0;
    long acknowledged = 0;
    for (int done = 0, nth = 1; done < cycles; nth++) {
      int now = Math.min(CYCLES_PER_FOLDER, cycles - done);
      Path place = create(of.resolve("ordeal-" + nth));
      try (Ordeal ordeal = ordeal(place, random)) {
        ordeal.setUp();
        for (int cycle = 1; cycle <= now; cycle++) {
          fault.strike(ordeal, random.split());
          ordeal.promises("after cycle " + (done + cycle));
          progress(of, done + cycle, cycles, ordeal);
        }
        ordeal.rest();
        entries += ordeal.entries();
        acknowledged += ordeal.load().acknowledged();
      }
      done += now;
      delete(place);
    }
    return "%d requests acknowledged, %d facts; %s"
        .formatted(acknowledged, entries, fault.figures());
  }

  private Ordeal ordeal(Path place, SplittableRandom random) {
    return new Ordeal(command, place, place.resolve("data"), Load.MIXED, random.nextLong());
  }

  private String power(int cycles, SplittableRandom random) throws InterruptedException {
    Disk disk = disk();
    int controls = Math.max(1, cycles / 10);
    Path place = create(folder.resolve("control"));
    try (Ordeal ordeal = ordeal(place, random)) {
      ordeal.setUp();
      for (int control = 1; control <= controls; control++) {
        ordeal.forgetAcks();
        new Power(disk, true).strike(ordeal, random.split());
        expectLoss(ordeal, control);
      }
    }
    delete(place);
    out.printf(
        "  the control without fsync lost what it acknowledged, %d of %1$d times%n", controls);
    return ordeals(cycles, random, () -> new Power(disk, false))
        + "; by a library between the runtime and libc that drops what was not fsynced";
  }

  /** The control has to break I1 or I2; where it doesn't, power failures aren't felt here. */
  private static void expectLoss(Ordeal ordeal, int control) {
    try {
      ordeal.promises("control");
    } catch (Violation violation) {
      if (String.valueOf(violation.getMessage())
          .matches("(?s).*\\bI[12]: .* is acknowledged and.*")) {
        return;
      }
      throw violation;
    }
    throw new Violation("control " + control + " lost nothing without fsync: nothing is shown");
  }

  private String damage(int cycles, SplittableRandom random) throws InterruptedException {
    Path place = create(folder.resolve("ordeal"));
    try (Ordeal ordeal = ordeal(place, random)) {
      ordeal.setUp();
      for (int life = 1; life <= 3; life++) {
        new Kill().strike(ordeal, random.split());
      }
      Path older = place.resolve("older");
      Damage.copy(ordeal.data(), older);
      new Kill().strike(ordeal, random.split());
      ordeal.rest();
      Damage damage = new Damage(ordeal.data(), older, place.resolve("copy"));
      for (int cycle = 1; cycle <= cycles; cycle++) {
        damage.flip(random.split());
      }
      for (int round = 1; round <= Math.max(1, cycles / 200); round++) {
        damage.eachFile(random.split());
      }
      return damage.figures();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String diskFull(int cycles, SplittableRandom random) throws InterruptedException {
    Path place = create(folder.resolve("ordeal"));
    Path small = create(folder.resolve("disk"));
    try (DiskFull fault = DiskFull.mount(small);
        Ordeal ordeal =
            new Ordeal(command, place, small.resolve("data"), Load.LARGE, random.nextLong())) {
      ordeal.setUp();
      for (int cycle = 1; cycle <= cycles; cycle++) {
        fault.strike(ordeal, random.split());
        ordeal.promises("after cycle " + cycle);
      }
      ordeal.rest();
      return fault.figures();
    }
  }

  private String choreography(int cycles, SplittableRandom random) throws InterruptedException {
    Path place = create(folder.resolve("choreography"));
    try (Choreography choreography = new Choreography(command, place, random.split())) {
      choreography.setUp();
      for (int cycle = 1; cycle <= cycles; cycle++) {
        choreography.strike(cycle, random.split());
        if (cycle % 10 == 0) {
          out.printf("  cycle %d: %s%n", cycle, choreography.figures());
        }
      }
      choreography.rest();
      return choreography.figures();
    }
  }

  private String isolation(int cycles, SplittableRandom random) throws InterruptedException {
    Path place = create(folder.resolve("isolation"));
    try (Choreography choreography = new Choreography(command, place, random.split())) {
      return new Isolation(choreography, place, out, random.split()).run(cycles);
    }
  }

  private String slowDisk(int cycles, SplittableRandom random) throws InterruptedException {
    SlowDisk fault = new SlowDisk(disk());
    Path place = create(folder.resolve("ordeal"));
    try (Ordeal ordeal =
        new Ordeal(command, place, place.resolve("data"), Load.REMARKS, random.nextLong())) {
      ordeal.setUp();
      for (int cycle = 1; cycle <= cycles; cycle++) {
        fault.strike(ordeal, random.split());
        ordeal.promises("after cycle " + cycle);
      }
      ordeal.rest();
      return fault.figures();
    }
  }

  private void progress(Path lane, int cycle, int cycles, Ordeal ordeal) {
    if (cycle % 10 == 0 || cycle == cycles) {
      out.printf(
          "  %s, cycle %d: %d requests acknowledged, %d facts%n",
          lane.getFileName(), cycle, ordeal.load().acknowledged(), ordeal.entries());
    }
  }

  private static Path create(Path place) {
    try {
      return Files.createDirectories(place);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path place) {
    try (var files = Files.walk(place)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
