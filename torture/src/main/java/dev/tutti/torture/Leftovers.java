package dev.tutti.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a runtime may not leave behind: processes (I28), and secrets in its files (I26). */
final class Leftovers {
  private Leftovers() {}

  static List<String> find(Path data, String secret) {
    List<String> faults = new ArrayList<>();
    try (Stream<Path> files = Files.walk(data)) {
      files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().equals("ballast"))
          .filter(file -> holds(file, secret))
          .forEach(file -> faults.add("I26: " + file + " holds a request's signature"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    faults.addAll(orphans(data));
    return faults;
  }

  /** Processes that were started with a data directory, or something in it, as an argument. */
  static List<String> orphans(Path data) {
    List<String> faults = new ArrayList<>();
    try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
      processes
          .filter(process -> process.pid() != ProcessHandle.current().pid())
          .filter(process -> commandLine(process.pid()).contains(data.toString()))
          .forEach(process ->
              faults.add(
                  "I28: process " + process.pid() + " is left: " + commandLine(process.pid())));
    }
    return faults;
  }

  private static String commandLine(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1)
          .replace('\0', ' ');
    } catch (IOException gone) {
      // It ended meanwhile.
      return "";
    }
  }

  private static boolean holds(Path file, String secret) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).contains(secret);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
