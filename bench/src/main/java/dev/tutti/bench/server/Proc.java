package dev.tutti.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What the kernel says of a process (proc(5)). */
final class Proc {
  /** USER_HZ, which is 100 on every Linux that runs Java. */
  private static final long MICROS_PER_TICK = 10_000;

  private Proc() {}

  /** User and system time so far, in microseconds; 0 of a process that is gone. */
  static long cpuMicros(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MICROS_PER_TICK;
    } catch (IOException e) {
      return 0;
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
