package dev.tutti.runner.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads how much memory one process uses, from {@code /proc}; 0 where that can't be known. */
public final class Memory {
  private static final Logger LOG = LoggerFactory.getLogger(Memory.class);

  private Memory() {}

  /** Resident memory of its own (not shared files), in KiB. */
  public static long privateKilobytes(long pid) {
    return field(pid, "RssAnon:");
  }

  /** The most that was ever resident, in KiB. */
  public static long peakKilobytes(long pid) {
    return field(pid, "VmHWM:");
  }

  private static long field(long pid, String name) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
        if (line.startsWith(name)) {
          return Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    } catch (IOException e) {
      LOG.trace("process {} is gone", pid, e);
    }
    return 0;
  }
}
