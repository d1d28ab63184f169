package dev.tutti.bench.server;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How this program starts itself again: the same JVM, options and class path. */
public final class Java {
  private Java() {}

  /** The command line of a class of ours, with this process's own JVM options. */
  public static List<String> command(String mainClass, List<String> arguments) {
    return command(ManagementFactory.getRuntimeMXBean().getInputArguments(), mainClass, arguments);
  }

  /** The same with other JVM options. */
  public static List<String> command(
      List<String> options, String mainClass, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(mainClass);
    command.addAll(arguments);
    return command;
  }
}
