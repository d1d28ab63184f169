package dev.tutti.runner.os;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much memory one process uses, from {@code /proc/PID/status}; 0 where that can't be known.
 *
 * @param privateKilobytes resident memory of its own (not shared files), in KiB
 * @param peakKilobytes the most that was ever resident, in KiB
 */
public record Memory(long privateKilobytes, long peakKilobytes) {
  private static final Logger LOG = LoggerFactory.getLogger(Memory.class);
  private static final Memory UNKNOWN = new Memory(0, 0);

  public static Memory of(long pid) {
    try {
      byte[] status = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "status"));
      String text = new String(status, StandardCharsets.ISO_8859_1);
      return new Memory(field(text, "RssAnon:"), field(text, "VmHWM:"));
    } catch (IOException e) {
      LOG.trace("process {} is gone", pid, e);
      return UNKNOWN;
    }
  }

  /** The number after a name: {@code "VmHWM: 12345 kB"}. */
  private static long field(String status, String name) {
    int at = status.indexOf(name);
    if (at < 0) {
      return 0;
    }
    long value = 0;
    for (int i = at + name.length(); status.charAt(i) != '\n'; i++) {
      char c = status.charAt(i);
      if (c >= '0' && c <= '9') {
        value = value * 10 + (c - '0');
      }
    }
    return value;
  }
}
