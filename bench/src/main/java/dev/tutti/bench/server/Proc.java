package dev.tutti.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** What the kernel says of a process (proc(5)). */
final class Proc {
  /** USER_HZ, which is 100 on every Linux that runs Java. */
  private static final long MICROS_PER_TICK = 10_000;

  private Proc() {}

  /** User and system time so far, in microseconds; 0 of a process that is gone. */
  static long cpuMicros(long pid) {
    return micros(pid, 11);
  }

  /** The same of its children that have ended. */
  static long endedCpuMicros(long pid) {
    return micros(pid, 13);
  }

  /** The sum of two neighbouring times. */
  private static long micros(long pid, int field) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return (Long.parseLong(fields[field]) + Long.parseLong(fields[field + 1])) * MICROS_PER_TICK;
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * What all processors together did so far, in microseconds.
   *
   * @param stolenMicros what a virtual machine's host gave to others
   */
  record Machine(long stolenMicros, long allMicros) {}

  static Machine machine() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
      long[] ticks =
          Arrays.stream(lines.findFirst().orElseThrow().split(" +", -1))
              .skip(1)
              .limit(8) // what guests had is in user time already
              .mapToLong(Long::parseLong)
              .toArray();
      return new Machine(ticks[7] * MICROS_PER_TICK, Arrays.stream(ticks).sum() * MICROS_PER_TICK);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /**
   * A size from its status, in megabytes; 0 of a process that is gone.
   *
   * @param name for example {@code VmRSS}, {@code VmHWM}
   */
  static double megabytes(long pid, String name) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith(name + ":")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
        }
      }
      return 0;
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
